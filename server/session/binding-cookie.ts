/** The binding cookie: ties a sign-in, and the session it ends in, to the browser that began it. */
import { hash, randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Institution } from '../institution.ts';
import '@fastify/cookie';

const NAME = '__Host-card';

/** `duplicate`: two cookies of the name arrived, which no honest browser state explains. */
export type BindingCookie = { kind: 'absent' } | { kind: 'duplicate' } | { kind: 'present'; value: string };

/** Looked for from where blanks begin alone: begun anew at each of them, a header of 8 KB would take 50 ms. */
const BLANKS_AROUND = /^[ \t]+|(?<![ \t])[ \t]+$/g;

/**
 * Reads the raw header: a cookie parser would silently take the first of two, and trim `\xA0` from a name
 * (RFC 6265 section 5.4 separates by `;` and space alone).
 */
export function readBindingCookie(request: FastifyRequest): BindingCookie {
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.replace(BLANKS_AROUND, ''));
  const values = pairs
    .filter((pair) => pair.startsWith(`${NAME}=`))
    .map((pair) => pair.slice(NAME.length + 1));
  const [value] = values;
  if (value === undefined) return { kind: 'absent' };
  return values.length > 1 ? { kind: 'duplicate' } : { kind: 'present', value };
}

/** The browser's own cookie when it is one of ours by form, else a fresh value that must be set. */
export function chooseBinding(cookie: BindingCookie): { value: string; isNew: boolean } {
  if (cookie.kind === 'present' && /^[A-Za-z0-9_-]{43}$/.test(cookie.value)) {
    return { value: cookie.value, isNew: false };
  }
  return { value: randomBytes(32).toString('base64url'), isNew: true };
}

/** Lasts as long as the browser runs. On the bank's own site `Lax` is enough; elsewhere only a partitioned cookie has a chance. */
export function setBindingCookie(reply: FastifyReply, value: string, isFirstParty: boolean): void {
  reply.setCookie(NAME, value, {
    path: '/',
    secure: true,
    httpOnly: true,
    ...(isFirstParty ? { sameSite: 'lax' } : { sameSite: 'none', partitioned: true }),
  });
}

/**
 * SHA-256, base64url: what attempts and sessions remember instead of the cookie itself. Institutions that share a
 * host share its cookie; what one of them remembers is of no use to another.
 */
export function hashBinding({ id }: Institution, cookie: string): string {
  return hash('sha256', JSON.stringify([id, cookie]), 'base64url');
}
