/** Reads what a bank makes of an authorization request without a customer: is its Redirect URI known? */
import type { Answer } from '../../probe.ts';

export type AuthorizationVerdict =
  /** `callback`: what came back to the Redirect URI; absent where the bank wants somebody to sign in. */
  | { kind: 'registered'; callback?: URLSearchParams }
  | { kind: 'refused'; because: 'redirect_uri' | 'unsaid' }
  | { kind: 'unclear' };

/** RFC 6749 section 4.1.2.1: with a wrong Redirect URI or client the bank must not redirect to it. */
export function judgeAuthorization(
  { status, headers, body }: Pick<Answer, 'status' | 'headers' | 'body'>,
  redirectUri: string,
  bankOrigin: string,
): AuthorizationVerdict {
  const [location] = headers['location'] ?? [];
  if (status >= 300 && status < 400 && location !== undefined) {
    const target = URL.parse(location, bankOrigin);
    if (target === null) return { kind: 'unclear' };
    if (target.origin + target.pathname === redirectUri) {
      return { kind: 'registered', callback: target.searchParams };
    }
    // Its sign-in page; a page about an error would be there too.
    const isSignIn = target.origin === bankOrigin && !/error|invalid/i.test(location);
    return isSignIn ? { kind: 'registered' } : { kind: 'unclear' };
  }
  if (status < 400 || status === 429 || status >= 500) return { kind: 'unclear' };
  return { kind: 'refused', because: /redirect[ _-]?uri/i.test(body) ? 'redirect_uri' : 'unsaid' };
}
