/** Reads a token answer: what is safe to keep of it, within limits. */
import { CardError } from '../errors.ts';

export interface TokenAnswer {
  accessToken: string;
  issuedAtMs: number;
  accessExpiresAtMs: number;
  refreshToken: string | null;
}

const DEFAULT_LIFE_SECONDS = 300;
const MAX_LIFE_SECONDS = 3_600;
const MAX_TOKEN_LENGTH = 8_192;
/** RFC 6750 section 2.1, `b64token`. */
const BEARER = /^[A-Za-z0-9._~+/-]+=*$/;
/** RFC 6749 appendix A.17: a refresh token is visible ASCII. */
const VISIBLE = /^[\x20-\x7e]+$/;

/** `expires_in` is clamped to 1 s to 1 h, 5 min when absent. @throws {CardError} `SIGN_IN_FAILED` */
export function readTokens(answer: Readonly<Record<string, unknown>>, nowMs: number): TokenAnswer {
  const { access_token: accessToken, refresh_token: refreshToken } = answer;
  // RFC 6749 sections 5.1 and 5.2: tokens, or an error; some write what they do not have as null.
  if ((answer['error'] ?? null) !== null) throw new CardError('SIGN_IN_FAILED', { reason: 'error' });
  // openid-client lets DPoP through; we would send it as Bearer.
  if (String(answer['token_type']).toLowerCase() !== 'bearer')
    throw new CardError('SIGN_IN_FAILED', { reason: 'token_type' });
  if (typeof accessToken !== 'string' || accessToken.length > MAX_TOKEN_LENGTH || !BEARER.test(accessToken)) {
    throw new CardError('SIGN_IN_FAILED', { reason: 'access_token' });
  }
  const usable =
    typeof refreshToken === 'string' && refreshToken.length <= MAX_TOKEN_LENGTH && VISIBLE.test(refreshToken);
  return {
    accessToken,
    issuedAtMs: nowMs,
    accessExpiresAtMs: nowMs + lifeSeconds(answer['expires_in']) * 1_000,
    refreshToken: usable ? refreshToken : null,
  };
}

function lifeSeconds(expiresIn: unknown): number {
  if (expiresIn === undefined) return DEFAULT_LIFE_SECONDS;
  const seconds = Number(expiresIn);
  if (Number.isNaN(seconds)) throw new CardError('SIGN_IN_FAILED', { reason: 'expires_in' });
  return Math.min(Math.max(seconds, 1), MAX_LIFE_SECONDS);
}
