/** How often one address may sign in and one session may call. */
import { createHash } from 'node:crypto';
import { BlockList, isIP } from 'node:net';
import type { RateLimitOptions } from '@fastify/rate-limit';
import type { FastifyRequest } from 'fastify';
import { CardError } from './errors.ts';

const SIGN_INS_PER_MINUTE = 20;
/** A private or loopback peer is a proxy or a load balancer: it stands for everybody behind it. */
const SIGN_INS_PER_MINUTE_OF_A_PROXY = 2_000;
const API_CALLS_PER_MINUTE = 60;
const REFRESHES_PER_MINUTE = 4;

const proxies = new BlockList();
proxies.addSubnet('127.0.0.0', 8);
proxies.addSubnet('10.0.0.0', 8);
proxies.addSubnet('172.16.0.0', 12);
proxies.addSubnet('192.168.0.0', 16);
proxies.addAddress('::1', 'ipv6');
proxies.addSubnet('fc00::', 7, 'ipv6');

const none = {
  'x-ratelimit-limit': false,
  'x-ratelimit-remaining': false,
  'x-ratelimit-reset': false,
} as const;

const perMinute = {
  // How much is left is nobody's business; how long to wait is said with the refusal.
  addHeaders: none,
  addHeadersOnExceeding: none,
  timeWindow: '1 minute',
  errorResponseBuilder: (_request: FastifyRequest, { ttl }: { ttl: number }) =>
    new CardError('TOO_MANY_REQUESTS', { retryAfterSeconds: Math.ceil(ttl / 1_000) }),
};

/** Counts the real peer: `X-Forwarded-For` from anybody is anybody's word. */
export const signInLimit: RateLimitOptions = {
  ...perMinute,
  keyGenerator: (request) => `${request.institutionOrNone?.id} ${peerOf(request)}`,
  max: (request) => (isProxy(peerOf(request)) ? SIGN_INS_PER_MINUTE_OF_A_PROXY : SIGN_INS_PER_MINUTE),
};

/** Counts the handle, hashed: no secret is kept. Calls without one are of no session, and cost nothing to refuse. */
export const apiLimit: RateLimitOptions = {
  ...perMinute,
  allowList: (request) => credentialsOf(request) === undefined,
  keyGenerator: (request) =>
    createHash('sha256')
      .update(credentialsOf(request) ?? '')
      .digest('base64url'),
  max: API_CALLS_PER_MINUTE,
};

/** The bank's core is somebody's mainframe: a customer's finger may ask it this often. */
export const refreshLimit: RateLimitOptions = { ...apiLimit, max: REFRESHES_PER_MINUTE };

/** Without the scheme's name, which has as many spellings as it has cases. */
function credentialsOf({ headers }: FastifyRequest): string | undefined {
  return /^bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1];
}

/** An IPv4 peer of a dual-stack socket shows as `::ffff:…`. */
function peerOf(request: FastifyRequest): string {
  return (request.raw.socket.remoteAddress ?? '').replace(/^::ffff:/, '');
}

function isProxy(address: string): boolean {
  const version = isIP(address);
  return version !== 0 && proxies.check(address, version === 6 ? 'ipv6' : 'ipv4');
}
