/** Counts requests in windows of time, for each route of each institution apart: a flood at one pushes out no counter of another. */

export interface RateCounters {
  /**
   * Counts one more in the window of `key`, which begins with its first; answers how many, and what is left of the
   * window. The last word of `key` says who is counted, those before it at what.
   */
  count(institutionId: string, key: string, windowMs: number): Promise<Counted>;
  /** Forgets an institution that is no longer served, or no longer as it was. */
  drop(institutionId: string): void;
}

export interface Counted {
  count: number;
  leftMs: number;
}

/** The oldest windows go first, and those that have ended before all; of one route, or of that with the most. */
export const MOST_COUNTERS = { ofOne: 5_000, ofAll: 100_000 };

interface Counter {
  endsAtMs: number;
  count: number;
}

/** The counters in this process's memory. No clock that is set moves a window. */
export function createMemoryCounters(now: () => number = () => performance.now()): RateCounters {
  const groups = new Map<string, Map<string, Counter>>();
  let total = 0;

  function drop(institutionId: string): void {
    for (const [name, { size }] of groups) {
      if (!name.startsWith(`${institutionId} `)) continue;
      total -= size;
      groups.delete(name);
    }
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
    let largest = counters;
    for (const group of groups.values()) if (group.size > largest.size) largest = group;
    dropOldest(largest, () => total < MOST_COUNTERS.ofAll);
  }

  return {
    async count(institutionId, key, windowMs) {
      const group = `${institutionId} ${key.split(' ').slice(0, -1).join(' ')}`;
      const counters = groups.get(group) ?? new Map<string, Counter>();
      groups.set(group, counters);
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
