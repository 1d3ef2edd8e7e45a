/** The longest that this process's event loop stood still: by the clock, and what the loop's thread really did meanwhile. */

export interface Pause {
  /** Also what the machine did for others. */
  clockMs: number;
  /** CPU of the loop's thread, collections of garbage included: no other process makes it longer. */
  cpuMs: number;
}

const TICK_MS = 1;

/** From now on; answers the longest so far. */
export function watchPauses(): () => Pause {
  const longest = { clockMs: 0, cpuMs: 0 };
  let atMs = performance.now();
  let cpu = process.threadCpuUsage();
  setInterval(() => {
    const { user, system } = process.threadCpuUsage(cpu);
    longest.cpuMs = Math.max(longest.cpuMs, (user + system) / 1_000);
    longest.clockMs = Math.max(longest.clockMs, performance.now() - atMs - TICK_MS);
    cpu = process.threadCpuUsage();
    atMs = performance.now();
  }, TICK_MS).unref();
  return () => longest;
}
