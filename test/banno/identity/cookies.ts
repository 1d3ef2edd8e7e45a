/** The attributes of the bank's cookies, and a twin for clients that keep no `Secure` cookie over http. */
import type { IncomingMessage } from 'node:http';
import type { BankState } from '../bank-state.ts';

const PREFIX = 'banno-';
const TWIN = '-over-http';

/**
 * As the switches have it; `Secure` because `SameSite=None` is nothing without it. Browsers trust `localhost` and keep
 * such a cookie over http. Cookie jars of Python, Java and many libraries do not, so whoever sends no Fetch Metadata
 * gets the same value once more without `Secure`. `Strict`: it never travels where the first would not.
 */
export function bankCookies(
  bank: Pick<BankState, 'origin' | 'switches'>,
  request: IncomingMessage,
  cookie: string,
): string[] {
  const bare = cookie.replace(/;\s*(samesite=[^;]*|secure)(?=;|$)/gi, '');
  const secure = `${bare}; Secure; SameSite=${bank.switches.sessionCookieSameSite}`;
  const hasMetadata = request.headers['sec-fetch-mode'] !== undefined;
  if (hasMetadata || bank.origin.startsWith('https:')) return [secure];
  return [secure, `${bare.replace('=', `${TWIN}=`)}; SameSite=Strict`];
}

/** From here on a twin that came alone is the cookie itself. */
export function adoptTwins(request: IncomingMessage): void {
  const pairs = pairsOf(request);
  const names = new Set(pairs.map(([name]) => name));
  for (const pair of pairs) {
    const name = pair[0].slice(0, -TWIN.length);
    if (pair[0].startsWith(PREFIX) && pair[0].endsWith(TWIN) && !names.has(name)) pair[0] = name;
  }
  if (pairs.length > 0) write(request, pairs);
}

export function cookieOf(request: IncomingMessage, name: string): string | undefined {
  return pairsOf(request).find(([key]) => key === name)?.[1];
}

/** As if the browser had never got it. */
export function dropCookie(request: IncomingMessage, name: string): void {
  write(
    request,
    pairsOf(request).filter(([key]) => key !== name),
  );
}

function pairsOf(request: IncomingMessage): [name: string, value: string][] {
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim());
  return pairs.filter(Boolean).map((pair) => {
    const [name = '', ...value] = pair.split('=');
    return [name, value.join('=')];
  });
}

function write(request: IncomingMessage, pairs: [string, string][]): void {
  request.headers.cookie = pairs.map((pair) => pair.join('=')).join('; ');
}
