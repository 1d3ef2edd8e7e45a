/** What came of every step: how often, how quickly, and what should not have been. */
export interface Tally {
  /** By step. */
  timesMs: Map<string, number[]>;
  /** Answers that a fault explains, by what they said. */
  told: Map<string, number>;
  /** What nothing explains; the first few in words. */
  wrong: string[];
  wrongCount: number;
  right(step: string, tookMs: number): void;
  explained(what: string): void;
  isWrong(what: string): void;
}

const MOST_WORDS = 20;

export function createTally(): Tally {
  const tally: Tally = {
    timesMs: new Map(),
    told: new Map(),
    wrong: [],
    wrongCount: 0,
    right(step, tookMs) {
      const times = tally.timesMs.get(step) ?? [];
      times.push(tookMs);
      tally.timesMs.set(step, times);
    },
    explained: (what) => void tally.told.set(what, (tally.told.get(what) ?? 0) + 1),
    isWrong(what) {
      tally.wrongCount += 1;
      if (tally.wrong.length < MOST_WORDS) tally.wrong.push(what);
    },
  };
  return tally;
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
