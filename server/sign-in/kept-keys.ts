/** The bank's signing keys outlive an outage: while their endpoint fails, the last good copy answers for a day. */
import type { OpenidFetch } from './openid-fetch.ts';

const KEEP_MS = 86_400_000;

/** For a configuration whose discovery is done: from then on the only GET is for the keys. */
export function keepKeys(fetch: OpenidFetch, now: () => number): OpenidFetch {
  let kept: { url: string; answer: Response; atMs: number } | undefined;
  return async (url, options) => {
    if (options.method !== 'GET') return fetch(url, options);
    const copy = kept?.url === url && now() - kept.atMs < KEEP_MS ? kept.answer : undefined;
    const answer = await fetch(url, options).catch((error: unknown) => {
      if (copy === undefined) throw error;
      return copy;
    });
    if (!(await holdsKeys(answer))) return copy?.clone() ?? answer;
    if (answer !== copy) kept = { url, answer, atMs: now() };
    return answer.clone();
  };
}

async function holdsKeys(answer: Response): Promise<boolean> {
  if (answer.status !== 200) return false;
  try {
    const { keys } = JSON.parse(await answer.clone().text());
    return Array.isArray(keys) && keys.length > 0;
  } catch {
    return false;
  }
}
