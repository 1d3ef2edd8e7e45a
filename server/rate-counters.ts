/** Counts requests in windows of time, for each institution apart: a flood at one pushes out no counter of another. */
import type { FastifyRateLimitStore } from '@fastify/rate-limit';

interface Counter {
  startedAtMs: number;
  count: number;
}

/** Of one institution and route. The oldest windows go first, and those that have ended before all. */
const MAX_COUNTERS = 5_000;

/** A key begins with the institution's id and a space. */
export class RateCounters implements FastifyRateLimitStore {
  readonly #byInstitution = new Map<string, Map<string, Counter>>();

  incr(
    key: string,
    callback: (error: Error | null, result?: { current: number; ttl: number }) => void,
    timeWindowMs = 60_000,
  ): void {
    const nowMs = Date.now();
    const counters = this.#countersOf(key);
    const known = counters.get(key);
    const runs = known !== undefined && nowMs - known.startedAtMs < timeWindowMs;
    const counter = runs ? known : { startedAtMs: nowMs, count: 0 };
    counter.count += 1;
    if (!runs) {
      // A map keeps the order of insertion: the oldest window stands first.
      counters.delete(key);
      for (const [other, { startedAtMs }] of counters) {
        if (nowMs - startedAtMs < timeWindowMs && counters.size < MAX_COUNTERS) break;
        counters.delete(other);
      }
      counters.set(key, counter);
    }
    callback(null, { current: counter.count, ttl: timeWindowMs - (nowMs - counter.startedAtMs) });
  }

  child(): RateCounters {
    return new RateCounters();
  }

  #countersOf(key: string): Map<string, Counter> {
    const institution = key.slice(0, key.indexOf(' '));
    const counters = this.#byInstitution.get(institution) ?? new Map<string, Counter>();
    this.#byInstitution.set(institution, counters);
    return counters;
  }
}
