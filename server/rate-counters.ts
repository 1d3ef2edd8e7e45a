/** Counts requests in windows of time, for each institution apart: a flood at one pushes out no counter of another. */

export interface RateCounters {
  /** Counts one more in the window of `key`, which begins with its first; answers how many, and what is left of the window. */
  count(institutionId: string, key: string, windowMs: number): Promise<Counted>;
  /** Forgets an institution that is no longer served, or no longer as it was. */
  drop(institutionId: string): void;
}

export interface Counted {
  count: number;
  leftMs: number;
}

/** The oldest windows go first, and those that have ended before all; in an institution, or in the largest of them. */
export const MOST_COUNTERS = { ofOne: 5_000, ofAll: 100_000 };

interface Counter {
  endsAtMs: number;
  count: number;
}

/** The counters in this process's memory. */
export function createMemoryCounters(now: () => number = Date.now): RateCounters {
  const byInstitution = new Map<string, Map<string, Counter>>();
  let total = 0;

  function drop(institutionId: string): void {
    total -= byInstitution.get(institutionId)?.size ?? 0;
    byInstitution.delete(institutionId);
  }

  /** A map keeps the order of insertion: the oldest window stands first. */
  function dropOldest(counters: Map<string, Counter>, isEnough: (oldest: Counter) => boolean): void {
    for (const [key, counter] of counters) {
      if (isEnough(counter)) return;
      counters.delete(key);
      total -= 1;
    }
  }

  function makeRoomIn(counters: Map<string, Counter>): void {
    dropOldest(counters, ({ endsAtMs }) => endsAtMs > now() && counters.size < MOST_COUNTERS.ofOne);
    if (total < MOST_COUNTERS.ofAll) return;
    const [largest] = [...byInstitution.values()].toSorted((one, other) => other.size - one.size);
    if (largest !== undefined) dropOldest(largest, () => total < MOST_COUNTERS.ofAll);
  }

  return {
    async count(institutionId, key, windowMs) {
      const counters = byInstitution.get(institutionId) ?? new Map<string, Counter>();
      byInstitution.set(institutionId, counters);
      const known = counters.get(key);
      if (known !== undefined && known.endsAtMs > now()) {
        known.count += 1;
        return { count: known.count, leftMs: known.endsAtMs - now() };
      }
      if (counters.delete(key)) total -= 1;
      makeRoomIn(counters);
      counters.set(key, { endsAtMs: now() + windowMs, count: 1 });
      total += 1;
      return { count: 1, leftMs: windowMs };
    },
    drop,
  };
}
