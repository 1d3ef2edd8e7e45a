/** How sign-in calls travel and fail: openid-client's `fetch` over our upstream, and its errors in our words. */
import { CardError } from '../errors.ts';
import { hasRepeatedMember } from '../repeated-members.ts';
import { fromUpstream, readRetryAfter, type Upstream, UpstreamError } from '../upstream.ts';

const TIMEOUT_MS = 5_000;
const MAX_BYTES = 65_536;
const JSON_TYPE = /^application\/(jwk-set\+)?json\s*(;|$)/i;

export type OpenidFetch = (
  url: string,
  options: { method: string; headers: Record<string, string>; body?: unknown },
) => Promise<Response>;

/** A fetch that reaches the bank's origin only, follows no redirect, and hands on no answer of an ailing bank. */
export function createOpenidFetch(origin: string, upstream: Upstream): OpenidFetch {
  return async (url, options) => {
    const target = new URL(url);
    if (target.origin !== origin)
      throw new CardError('BANK_UNEXPECTED', { reason: 'endpoint on another host' });
    const { status, headers, body } = await upstream.request({
      method: options.method === 'POST' ? 'POST' : 'GET',
      path: target.pathname + target.search,
      // As at the API: openid-client would tell its version.
      headers: { ...options.headers, 'user-agent': 'account-card' },
      ...(options.body === undefined || options.body === null ? {} : { body: String(options.body) }),
      timeoutMs: TIMEOUT_MS,
      maxBytes: MAX_BYTES,
    });
    if (status === 429) {
      throw new CardError('TOO_MANY_REQUESTS', { retryAfterSeconds: readRetryAfter(headers['retry-after']) });
    }
    if (status >= 500) {
      const retryAfterSeconds = readRetryAfter(headers['retry-after']);
      throw new CardError('BANK_UNAVAILABLE', { reason: `status ${status}`, retryAfterSeconds });
    }
    // An answer, or an error that OAuth knows; a redirect is neither.
    const flaw = status === 200 || status >= 400 ? flawOf(headers, body) : 'no answer';
    if (flaw !== undefined) throw new CardError('BANK_UNEXPECTED', { reason: `status ${status}: ${flaw}` });
    // No other header is for openid-client: with a challenge it would not read the error in the body.
    return new Response(body, { status, headers: { 'content-type': 'application/json' } });
  };
}

/** openid-client would read JSON under any name; an answer that calls itself something else is not meant for us. */
function flawOf(headers: Record<string, string>, body: string): string | undefined {
  if (body === '') return undefined;
  if (!JSON_TYPE.test(headers['content-type'] ?? '')) return 'content type';
  // Upstream asks for it as it is.
  if (!/^identity$/i.test(headers['content-encoding'] ?? 'identity')) return 'content encoding';
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return 'not JSON';
  }
  // RFC 6749 section 5 and RFC 7517 section 4: which of the two is meant, nobody can say.
  return hasRepeatedMember(body, value) ? 'repeated member' : undefined;
}

/** openid-client's codes for an answer that is not OAuth at all, in contrast to one that is wrong. */
const NOT_OAUTH = ['OAUTH_RESPONSE_IS_NOT_JSON', 'OAUTH_RESPONSE_IS_NOT_CONFORM'];

/** RFC 6749 section 5.2: no customer's sign-in can succeed until somebody mends the registration or the secret. */
const REGISTRATION_ERRORS = ['invalid_client', 'unauthorized_client'];

/** Rethrows whatever a sign-in call threw as a {@link CardError}; its reason is a code, never the bank's own text. */
export function toSignInError(thrown: unknown): never {
  for (let error = thrown; error instanceof Error; error = error.cause) {
    if (error instanceof CardError) throw error;
    if (error instanceof UpstreamError) throw fromUpstream(error);
  }
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : 'unknown';
  if (NOT_OAUTH.includes(code)) throw new CardError('BANK_UNEXPECTED', { cause: thrown, reason: code });
  const reason = oauthError(thrown) ?? code;
  const alert = REGISTRATION_ERRORS.includes(reason) ? 'operator' : undefined;
  throw new CardError('SIGN_IN_FAILED', { cause: thrown, reason, alert });
}

/** RFC 6749 section 5.2: codes are words of this form; anything else is text of the bank's, which a log must not hold. */
function oauthError(thrown: unknown): string | undefined {
  const error = thrown instanceof Error && 'error' in thrown ? thrown.error : undefined;
  return typeof error === 'string' && /^[a-z_]{1,40}$/.test(error) ? error : undefined;
}
