/** Compares our clock with the bank's, by the `Date` of its answers: every token is judged by the difference. */
import type { Upstream } from '../upstream.ts';

/** Far from the tolerance for tokens (300 s), and far more than an answer takes. */
const MOST_APART_SECONDS = 60;
/** Of the servers behind one address each may have its own clock: told with every answer, that would be all a log holds. */
const QUIET_MS = 60_000;

export interface WatchedClock {
  /** So far ours was ahead at the last answer with a date; undefined before there was one. */
  readonly secondsAhead: number | undefined;
}

/** `onChange` is told when the two go apart (by so many seconds that ours is ahead) and when they agree again (0). */
export function watchClock<U extends Upstream>(
  upstream: U,
  onChange: (secondsAhead: number) => void,
  now: () => number,
): U & WatchedClock {
  let lastSecondsAhead: number | undefined;
  let isApart = false;
  let quietUntilMs = 0;
  return {
    ...upstream,
    get secondsAhead() {
      return lastSecondsAhead;
    },
    async request(wanted) {
      const response = await upstream.request(wanted);
      const secondsAhead = Math.round((now() - Date.parse(response.headers['date'] ?? '')) / 1_000);
      // Without a readable date there is nothing to compare.
      if (Number.isNaN(secondsAhead)) return response;
      lastSecondsAhead = secondsAhead;
      const areApart = Math.abs(secondsAhead) > MOST_APART_SECONDS;
      if (areApart === isApart || (areApart && performance.now() < quietUntilMs)) return response;
      isApart = areApart;
      if (areApart) quietUntilMs = performance.now() + QUIET_MS;
      onChange(areApart ? secondsAhead : 0);
      return response;
    },
  };
}
