/**
 * Tells when the machine is too busy with other things: a store that gets no turn for 350 ms is a 503, rightly, and
 * no fault of anybody here.
 */
import type { Redis } from 'ioredis';

export interface BusyMachine {
  /** Whether it was busy at any moment since then, or just before. */
  since(atMs: number): boolean;
  /** Of the whole time, as far as it was looked at. */
  share(): number;
  stop(): void;
}

const LOOK_EVERY_MS = 50;
/** Far below what makes a call fail: others wait at other moments. */
const LATE_MS = 40;
const AFTER_MS = 3_000;

/** `direct`: a connection to the store that no fault touches. */
export function watchMachine(direct: Redis): BusyMachine {
  let [looks, late, busyUntilMs, expectedAtMs] = [0, 0, 0, performance.now() + LOOK_EVERY_MS];
  const timer = setInterval(async () => {
    const askedAtMs = performance.now();
    const lagMs = askedAtMs - expectedAtMs;
    expectedAtMs = askedAtMs + LOOK_EVERY_MS;
    await direct.ping().catch(() => undefined);
    looks += 1;
    if (Math.max(lagMs, performance.now() - askedAtMs) < LATE_MS) return;
    late += 1;
    busyUntilMs = performance.now() + AFTER_MS;
  }, LOOK_EVERY_MS).unref();
  return {
    since: (atMs) => atMs < busyUntilMs,
    share: () => late / looks,
    stop: () => clearInterval(timer),
  };
}
