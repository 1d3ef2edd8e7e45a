/** The bank's signing keys outlive an outage: while their endpoint fails, the last good copy answers for a day. */
import { CardError } from '../errors.ts';
import type { OpenidFetch } from './openid-fetch.ts';
import { usableKeys } from './signing-keys.ts';

const KEEP_MS = 86_400_000;

/** For a configuration whose discovery is done: from then on the only GET is for the keys. Who asks at once shares a call. */
export function keepKeys(fetch: OpenidFetch, now: () => number): OpenidFetch {
  let kept: { url: string; keys: string; atMs: number } | undefined;
  const running = new Map<string, Promise<string>>();

  async function load(url: string, options: Parameters<OpenidFetch>[1]): Promise<string> {
    const copy = kept?.url === url && now() - kept.atMs < KEEP_MS ? kept.keys : undefined;
    try {
      const answer = await fetch(url, options);
      const keys = answer.status === 200 ? usableKeys(await answer.text()) : [];
      // Without a key in it, openid-client would remember the answer for a minute.
      if (keys.length === 0) throw new CardError('BANK_UNEXPECTED', { reason: 'signing keys' });
      kept = { url, keys: JSON.stringify({ keys }), atMs: now() };
      return kept.keys;
    } catch (error) {
      if (copy === undefined) throw error;
      return copy;
    }
  }

  return async (url, options) => {
    if (options.method !== 'GET') return fetch(url, options);
    const keys = running.get(url) ?? load(url, options).finally(() => running.delete(url));
    running.set(url, keys);
    // Kept as text: a Response holds on to its streams.
    return new Response(await keys, { headers: { 'content-type': 'application/jwk-set+json' } });
  };
}
