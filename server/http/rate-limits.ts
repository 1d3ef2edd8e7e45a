/** How often one address may sign in and one session may call, each at its institution and by its limits. */
import { hash } from 'node:crypto';
import type { FastifyRateLimitStore, FastifyRateLimitStoreCtor, RateLimitOptions } from '@fastify/rate-limit';
import type { FastifyRequest } from 'fastify';
import { CardError } from '../errors.ts';
import { EXPANDED_PATH, FACE_PATH } from '../manifest.ts';
import { isProxy, networkOf, peerOf } from './peer-address.ts';
import type { RateCounters } from './rate-counters.ts';

/** Has the limits below count there. */
export function countIn(counters: RateCounters): FastifyRateLimitStoreCtor {
  return class Counting implements FastifyRateLimitStore {
    incr(key: string, callback: Parameters<FastifyRateLimitStore['incr']>[1], windowMs: number): void {
      const [institutionId = ''] = key.split(' ', 1);
      counters.count(institutionId, key, windowMs).then(
        ({ count, leftMs }) => callback(null, { current: count, ttl: leftMs }),
        (error: Error) => callback(error),
      );
    }

    child(): Counting {
      return this;
    }
  };
}

/** Begins with the institution's id; what is done counts for itself, wherever it is done. */
function keyOf(request: FastifyRequest, what: string, who: string): string {
  return `${request.institution().id} ${what} ${who}`;
}

/** Either entry begins a sign-in: who has used up one has used up both. */
function documentOf({ routeOptions: { url = '' } }: FastifyRequest): string {
  return url === EXPANDED_PATH ? FACE_PATH : url;
}

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

export const signInLimit: RateLimitOptions = {
  ...perMinute,
  keyGenerator: (request) => keyOf(request, documentOf(request), networkOf(peerOf(request))),
  max: (request) => {
    const { signInsPerMinute, signInsPerMinuteOfAProxy } = request.institution().limits;
    return isProxy(peerOf(request)) ? signInsPerMinuteOfAProxy : signInsPerMinute;
  },
};

/**
 * Counts the handle, hashed: no secret is kept. Calls without one are of no session, and cost nothing to refuse. All
 * that is read counts together; the end of a session, which is a method of its own, is never used up by reading.
 */
export const apiLimit: RateLimitOptions = {
  ...perMinute,
  allowList: (request) => credentialsOf(request) === undefined,
  keyGenerator: (request) =>
    keyOf(request, request.method, hash('sha256', credentialsOf(request) ?? '', 'base64url')),
  max: (request) => request.institution().limits.apiCallsPerMinute,
};

export const refreshLimit: RateLimitOptions = {
  ...apiLimit,
  max: (request) => request.institution().limits.refreshesPerMinute,
};

/** Without the scheme's name, which has as many spellings as it has cases. */
function credentialsOf({ headers }: FastifyRequest): string | undefined {
  return /^bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1];
}
