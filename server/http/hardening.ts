/** What every answer carries and every request must be: security headers, modest headers, Fetch Metadata rules. */
import type { FastifyInstance, FastifyRequest, onRequestHookHandler } from 'fastify';
import { CardError } from '../errors.ts';
import type { Institution } from '../institution.ts';
import { countHeader, institutionOf } from './addressing.ts';
import { placeOf } from './open-answers.ts';

const OFF = [
  'accelerometer',
  'autoplay',
  'browsing-topics',
  'camera',
  'clipboard-read',
  'clipboard-write',
  'display-capture',
  'fullscreen',
  'geolocation',
  'gyroscope',
  'hid',
  'idle-detection',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'publickey-credentials-create',
  'publickey-credentials-get',
  'screen-wake-lock',
  'serial',
  'storage-access',
  'usb',
  'xr-spatial-tracking',
];

const STATIC_HEADERS = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
  'permissions-policy': OFF.map((feature) => `${feature}=()`).join(', '),
  'cache-control': 'no-store',
};

/** Node's own limit counts the target as well, and a target may be long. */
const MAX_HEADERS = 100;
const MAX_HEADERS_LENGTH = 8_192;
/** So that a proxy finds new instances. Node's own limit answers what comes behind it with a 503 without our headers. */
const MAX_REQUESTS_PER_CONNECTION = 1_000;

const kept = new WeakMap<Institution, Record<string, string>>();
const headersOfNone = { ...STATIC_HEADERS, 'content-security-policy': contentSecurityPolicy(undefined) };

/** Headers of an answer for this institution; nobody may frame an answer for none. */
export function securityHeaders(institution: Institution | undefined): Readonly<Record<string, string>> {
  if (institution === undefined) return headersOfNone;
  const headers = kept.get(institution) ?? {
    ...STATIC_HEADERS,
    'content-security-policy': contentSecurityPolicy(institution),
  };
  kept.set(institution, headers);
  return headers;
}

/** Headers of a document: the pair of COEP and CORP lets it load below a host that is itself isolated. */
export function documentHeaders(institution: Institution, styleNonce: string): Record<string, string> {
  return {
    ...STATIC_HEADERS,
    'content-security-policy': contentSecurityPolicy(institution, styleNonce),
    'cross-origin-embedder-policy': 'require-corp',
    'cross-origin-resource-policy': 'cross-origin',
  };
}

/**
 * Only the institution may frame us, not even we ourselves: a script in our page could otherwise run a hidden
 * second sign-in in a nested frame and read its callback. WebKit tells the address of a frame that it refuses to
 * show; there `default-src 'none'` is what holds, since it lets our page open no frame at all.
 */
function contentSecurityPolicy(institution: Institution | undefined, styleNonce?: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self'${styleNonce === undefined ? '' : ` 'nonce-${styleNonce}'`}`,
    "connect-src 'self'",
    "img-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${institution === undefined ? "'none'" : [institution.bankOrigin, ...institution.frameOrigins].join(' ')}`,
    "require-trusted-types-for 'script'",
    'trusted-types lit-html',
  ].join('; ');
}

/** Sets the headers before anything else can answer. */
export function registerHardening(app: FastifyInstance): void {
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers(securityHeaders(institutionOf(request.raw)));
    const { rawHeaders } = request.raw;
    let size = 0;
    for (const text of rawHeaders) size += text.length;
    if (rawHeaders.length > 2 * MAX_HEADERS || size > MAX_HEADERS_LENGTH)
      throw new CardError('BAD_REQUEST', { reason: 'header size', status: 431 });
    if (countHeader(request.raw, 'authorization') > 1)
      throw new CardError('BAD_REQUEST', { reason: 'two Authorizations' });
    const { expect, upgrade, 'transfer-encoding': encoding } = request.headers;
    // Nothing may follow what a proxy could frame otherwise than we do; behind an upgrade Node reads no request.
    const isLast = placeOf(reply.raw).onConnection >= MAX_REQUESTS_PER_CONNECTION;
    if (isLast || upgrade !== undefined || encoding !== undefined) reply.header('connection', 'close');
    if (expect !== undefined && !/^100-continue$/i.test(expect))
      throw new CardError('BAD_REQUEST', { reason: 'Expect', status: 417 });
    done();
  });
}

/** Refuses by throwing. Not asynchronous: each promise on the way of every request would be a turn that it waits. */
export type Requirement = onRequestHookHandler;

/** Documents answer navigations only; a prefetch would use up an attempt that nobody looks at. */
export async function requireNavigation(request: FastifyRequest): Promise<void> {
  const { 'sec-fetch-dest': destination, 'sec-purpose': purpose, purpose: legacyPurpose } = request.headers;
  if (destination !== undefined && destination !== 'document' && destination !== 'iframe') {
    throw new CardError('FORBIDDEN', { reason: 'Sec-Fetch-Dest' });
  }
  if (/prefetch|prerender/i.test(`${purpose} ${legacyPurpose}`))
    throw new CardError('FORBIDDEN', { reason: 'Sec-Purpose' });
}

/** The API is for our own pages: a browser that says otherwise is refused, and there is no CORS header ever. */
export const requireSameOrigin: Requirement = (request, _reply, done) => {
  const { 'sec-fetch-site': site, origin } = request.headers;
  if (site !== undefined && site !== 'same-origin')
    throw new CardError('FORBIDDEN', { reason: 'Sec-Fetch-Site' });
  // Browsers send Origin with every POST; on other methods it may be absent.
  const missing = origin === undefined && request.method === 'POST';
  if (missing || (origin !== undefined && origin !== request.institution().origin)) {
    throw new CardError('FORBIDDEN', { reason: 'Origin' });
  }
  done();
};

/** JSON under its own name, not packed: whatever else calls itself something like it is refused unread. */
export const requireJson: Requirement = (request, _reply, done) => {
  const { 'content-type': type, 'content-encoding': encoding } = request.headers;
  const isOne = countHeader(request.raw, 'content-type') <= 1;
  const isJson = type === undefined || /^application\/json(; ?charset=utf-8)?$/.test(type);
  if (!isOne || !isJson || encoding !== undefined)
    throw new CardError('BAD_REQUEST', { reason: 'content type', status: 415 });
  done();
};
