/**
 * Our rules for an ID token, beside the signature, which openid-client verifies: what openid-client checks as well is
 * checked again where it is more lenient, at a sign-in and at a refresh alike.
 */
import { createHash } from 'node:crypto';
import { text } from '../accounts/untrusted.ts';
import { CardError } from '../errors.ts';
import { readCompactJws, type Untrusted } from './compact-jws.ts';

export interface IdTokenExpectation {
  issuer: string;
  clientId: string;
  accessToken: string;
  /** What the access token was given for; at a refresh there is neither. */
  code?: string;
  state?: string;
  /** Of the authorization request that began the session. */
  nonce: string;
  /** The sign-in began then, or the tokens before a refresh were issued: an older token was not made for it. */
  startedAtMs: number;
  nowMs: number;
  /** When it is known beforehand. */
  bankInstitutionId?: string | undefined;
  /** At a refresh: what the session's first ID token said. */
  first?: FirstIdToken;
}

/** What every later ID token of a session must repeat (OIDC Core section 12.2). */
export interface FirstIdToken {
  subject: string;
  nonce: string;
  bankInstitutionId: string | null;
  authTimeSeconds: number | null;
  namesAuthorizedParty: boolean;
}

/** What the ID token tells of a customer beside. */
export interface Customer {
  givenName: string | null;
  locale: string | null;
}

/** Banno signs with these; `none` and every HS algorithm are no signatures of the bank. */
export const ALGORITHMS = ['ES256', 'PS256', 'RS256'];
/** As in the official example. */
export const CLOCK_TOLERANCE_SECONDS = 300;
const MAX_LENGTH = 16_384;
/** 9999-12-31; what lies after it is no date, or one in milliseconds. */
const MAX_DATE_SECONDS = 253_402_300_799;
/**
 * Each would change how the token is to be read or where its key comes from (RFC 7515 section 4.1.11, RFC 7797,
 * RFC 7516 sections 4.1.2 and 4.1.3, RFC 7519 section 5.2; OIDC Core section 2 for the last four): the bank's keys are
 * known beforehand.
 */
const REFUSED_HEADERS = ['crit', 'b64', 'enc', 'zip', 'cty', 'jwk', 'jku', 'x5u', 'x5c'];
const INSTITUTION_ID_CLAIM = 'https://api.banno.com/consumer/claim/institution_id';

/** @throws {CardError} `SIGN_IN_FAILED`; its reason names the rule that was broken. */
export function checkIdToken(idToken: string, expected: IdTokenExpectation): FirstIdToken & Customer {
  if (idToken.length > MAX_LENGTH) throw broken('size');
  const read = readCompactJws(idToken);
  if (read === undefined) throw broken('form');
  checkHeader(read.header);
  checkParties(read.claims, expected);
  checkTimes(read.claims, expected);
  checkHashes(read.claims, expected);
  const { nonce, sub, given_name: givenName, locale } = read.claims;
  // OIDC Core section 12.2: at a refresh it need not be there.
  if (nonce !== expected.nonce && (nonce !== undefined || expected.first === undefined))
    throw broken('nonce');
  return {
    subject: readSubject(sub, expected),
    nonce: expected.nonce,
    givenName: shortText(givenName),
    locale: shortText(locale),
    bankInstitutionId: readInstitutionId(read.claims[INSTITUTION_ID_CLAIM], expected),
    authTimeSeconds: readAuthTime(read.claims['auth_time'], expected),
    namesAuthorizedParty: read.claims['azp'] !== undefined,
  };
}

function broken(rule: string): CardError {
  return new CardError('SIGN_IN_FAILED', { reason: `id_token ${rule}`, alert: 'security' });
}

function checkHeader(header: Untrusted): void {
  const { typ, alg } = header;
  if (typ !== undefined && typ !== 'JWT') throw broken('typ');
  if (typeof alg !== 'string' || !ALGORITHMS.includes(alg)) throw broken('alg');
  const refused = REFUSED_HEADERS.find((name) => header[name] !== undefined);
  if (refused !== undefined) throw broken(refused);
}

function checkParties({ iss, aud, azp }: Untrusted, { issuer, clientId, first }: IdTokenExpectation): void {
  if (iss !== issuer) throw broken('iss');
  // OIDC Core section 3.1.3.7, rule 3: no audience that we do not trust, and we trust none beside ourselves.
  const audience = Array.isArray(aud) ? aud : [aud];
  if (audience.length === 0 || audience.some((one) => one !== clientId)) throw broken('aud');
  // Rule 5; and section 12.2: as in the first ID token, or in neither.
  if (azp !== undefined && azp !== clientId) throw broken('azp');
  if (first !== undefined && first.namesAuthorizedParty !== (azp !== undefined)) throw broken('azp');
}

function checkTimes({ exp, iat, nbf }: Untrusted, { startedAtMs, nowMs }: IdTokenExpectation): void {
  const nowSeconds = nowMs / 1000;
  if (!isDate(exp) || exp + CLOCK_TOLERANCE_SECONDS <= nowSeconds) throw broken('exp');
  if (!isPast(iat, nowSeconds) || iat < startedAtMs / 1000 - CLOCK_TOLERANCE_SECONDS) throw broken('iat');
  if (nbf !== undefined && !isPast(nbf, nowSeconds)) throw broken('nbf');
}

/** OIDC Core section 3.3.2.11, FAPI 1.0 part 2 section 5.1: what the token came with, it came with here. */
function checkHashes(
  { at_hash, c_hash, s_hash }: Untrusted,
  { accessToken, code, state }: IdTokenExpectation,
): void {
  if (!isHashOf(accessToken, at_hash)) throw broken('at_hash');
  if (!isHashOf(code, c_hash)) throw broken('c_hash');
  if (!isHashOf(state, s_hash)) throw broken('s_hash');
}

/** It enters API paths: RFC 3986 unreserved characters, and no dot segment. */
function readSubject(sub: unknown, { first }: IdTokenExpectation): string {
  if (typeof sub !== 'string' || !/^[A-Za-z0-9._~-]{1,255}$/.test(sub) || /^\.+$/.test(sub))
    throw broken('sub');
  if (first !== undefined && sub !== first.subject) throw broken('sub');
  return sub;
}

/** OIDC Core section 12.2: at a refresh still the time of the sign-in itself. */
function readAuthTime(authTime: unknown, { first, nowMs }: IdTokenExpectation): number | null {
  if (authTime === undefined) return null;
  if (!isPast(authTime, nowMs / 1000)) throw broken('auth_time');
  if (first !== undefined && first.authTimeSeconds !== null && authTime !== first.authTimeSeconds)
    throw broken('auth_time');
  return authTime;
}

/** Enters API paths, so the same alphabet as `sub`. Case does not matter in a UUID. */
function readInstitutionId(value: unknown, { bankInstitutionId, first }: IdTokenExpectation): string | null {
  const id = typeof value === 'string' && /^[A-Za-z0-9_-]{1,100}$/.test(value) ? value : null;
  const isKnown = (known: string) => id?.toLowerCase() === known.toLowerCase();
  if (bankInstitutionId !== undefined && !isKnown(bankInstitutionId)) throw broken('institution_id');
  const before = first?.bankInstitutionId ?? null;
  if (before !== null && value !== undefined && !isKnown(before)) throw broken('institution_id');
  return id;
}

/** RFC 7519 section 2, NumericDate. */
function isDate(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value <= MAX_DATE_SECONDS;
}

function isPast(value: unknown, nowSeconds: number): value is number {
  return isDate(value) && value <= nowSeconds + CLOCK_TOLERANCE_SECONDS;
}

/** OIDC Core section 3.1.3.6: the left half of the hash that the signature's algorithm uses, SHA-256 for all of ours. */
function isHashOf(text: string | undefined, claim: unknown): boolean {
  if (claim === undefined || text === undefined) return claim === undefined;
  return claim === createHash('sha256').update(text, 'ascii').digest().subarray(0, 16).toString('base64url');
}

function shortText(value: unknown): string | null {
  const read = text(value);
  return read !== null && read.length > 100 ? null : read;
}
