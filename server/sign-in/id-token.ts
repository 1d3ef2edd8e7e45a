/**
 * Our rules for an ID token, on top of what openid-client checks (signature, `iss`, `aud`, `exp`, `nonce`):
 * `typ`, `alg`, `azp`, the age of `iat`, `nbf`, the alphabet of `sub`, `at_hash`.
 */
import { createHash } from 'node:crypto';
import { CardError } from '../errors.ts';

/** Claims as they came; nothing in them may be trusted before `checkIdToken` has passed. */
export type UntrustedClaims = Readonly<Record<string, unknown>>;

export interface IdTokenExpectation {
  issuer: string;
  clientId: string;
  accessToken: string;
  /** The sign-in began then: an older token was not made for it. */
  startedAtMs: number;
  nowMs: number;
  /** At a refresh: the customer the session belongs to (OIDC Core section 12.2). */
  subject?: string;
}

export interface VerifiedClaims {
  subject: string;
  givenName: string | null;
  locale: string | null;
  bankInstitutionId: string | null;
}

/** Banno signs with these; `none` and every HS algorithm are no signatures of the bank. */
export const ALGORITHMS = ['ES256', 'PS256', 'RS256'];
/** As in the official example. */
export const CLOCK_TOLERANCE_SECONDS = 300;
const MAX_BYTES = 16_384;
const INSTITUTION_ID_CLAIM = 'https://api.banno.com/consumer/claim/institution_id';

/** @throws {CardError} `SIGN_IN_FAILED`; its reason names the rule that was broken. */
export function checkIdToken(
  idToken: string,
  claims: UntrustedClaims,
  expected: IdTokenExpectation,
): VerifiedClaims {
  const refuse = (rule: string): never => {
    throw new CardError('SIGN_IN_FAILED', { reason: `id_token ${rule}` });
  };
  const nowSeconds = expected.nowMs / 1000;
  if (idToken.length > MAX_BYTES) refuse('size');
  const header = readHeader(idToken) ?? refuse('header');
  if (header['typ'] !== undefined && header['typ'] !== 'JWT') refuse('typ');
  if (!ALGORITHMS.includes(String(header['alg']))) refuse('alg');
  if (header['crit'] !== undefined) refuse('crit');

  const { iss, aud, azp, exp, iat, nbf, sub } = claims;
  if (iss !== expected.issuer) refuse('iss');
  if (aud !== expected.clientId && !(Array.isArray(aud) && aud.includes(expected.clientId))) refuse('aud');
  // OIDC Core section 3.1.3.7, rules 4 and 5.
  if (azp !== undefined && azp !== expected.clientId) refuse('azp');
  if (Array.isArray(aud) && aud.length > 1 && azp === undefined) refuse('azp');
  if (!isDate(exp) || exp + CLOCK_TOLERANCE_SECONDS <= nowSeconds) return refuse('exp');
  if (!isDate(iat) || iat > nowSeconds + CLOCK_TOLERANCE_SECONDS) return refuse('iat');
  if (iat < expected.startedAtMs / 1000 - CLOCK_TOLERANCE_SECONDS) refuse('iat');
  if (nbf !== undefined && (!isDate(nbf) || nbf > nowSeconds + CLOCK_TOLERANCE_SECONDS)) refuse('nbf');
  // It enters API paths: RFC 3986 unreserved characters, and no dot segment.
  if (typeof sub !== 'string' || !/^[A-Za-z0-9._~-]{1,255}$/.test(sub) || /^\.+$/.test(sub))
    return refuse('sub');
  if (expected.subject !== undefined && sub !== expected.subject) refuse('sub');
  const atHash = claims['at_hash'];
  if (atHash !== undefined && atHash !== hashAccessToken(expected.accessToken)) refuse('at_hash');
  return {
    subject: sub,
    givenName: shortText(claims['given_name']),
    locale: shortText(claims['locale']),
    bankInstitutionId: institutionId(claims[INSTITUTION_ID_CLAIM]),
  };
}

function readHeader(idToken: string): Record<string, unknown> | undefined {
  const parts = idToken.split('.');
  if (parts.length !== 3) return undefined;
  try {
    const header: unknown = JSON.parse(Buffer.from(parts[0] ?? '', 'base64url').toString('utf8'));
    return typeof header === 'object' && header !== null ? (header as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** RFC 7519 section 2, NumericDate; 1e20 and the like are no dates. */
function isDate(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value <= Number.MAX_SAFE_INTEGER;
}

/** OIDC Core section 3.1.3.6: the left half of the hash that the signature's algorithm uses, SHA-256 for all of ours. */
function hashAccessToken(accessToken: string): string {
  return createHash('sha256').update(accessToken, 'ascii').digest().subarray(0, 16).toString('base64url');
}

function shortText(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const text = value.replace(/[\s\p{Cc}]+/gu, ' ').trim();
  return text === '' || text.length > 100 ? null : text;
}

/** Enters API paths, so the same alphabet as `sub`. */
function institutionId(value: unknown): string | null {
  return typeof value === 'string' && /^[A-Za-z0-9_-]{1,100}$/.test(value) ? value : null;
}
