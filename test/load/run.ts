/** Has customers visit a fleet for a while, and watches its memory and its descriptors meanwhile. */
import { setTimeout as delay } from 'node:timers/promises';
import { seededRandom } from '../support/seeded-random.ts';
import { visitAgainAndAgain } from './customer.ts';
import type { Fleet } from './fleet.ts';
import { createTally, mean, type Tally } from './tally.ts';

export interface RunOptions {
  fleet: Fleet;
  customers: number;
  durationMs: number;
  seed: number;
  mayFail: (sinceMs: number) => boolean;
  /** What happens beside the visits, until the signal. */
  meanwhile?: (random: () => number, over: AbortSignal) => Promise<void>;
}

export interface RunResult {
  tally: Tally;
  tookMs: number;
  cpuMs: number;
  /** What the instances hold in all, garbage collected, over time. */
  memory: { atMs: number; bytes: number }[];
}

const SAMPLES = 60;
/** To collect all garbage takes a process some 40 ms of everybody's time. */
const LEAST_PAUSE_MS = 2_500;
/** A new process still compiles what it runs, for a while: where instances are killed, each sample has some of other ages. */
const GROWN_UP_MS = 30_000;

export async function run(options: RunOptions): Promise<RunResult> {
  const { fleet, customers, durationMs, seed, mayFail, meanwhile } = options;
  const tally = createTally();
  const startedAtMs = performance.now();
  const over = AbortSignal.timeout(durationMs);
  const random = seededRandom(seed);
  const world = {
    instance: () => {
      const instance = fleet.instances[Math.floor(random() * fleet.instances.length)];
      if (instance === undefined) throw new Error('no instance');
      return instance;
    },
    bankIssuer: fleet.bankIssuer,
    tally,
    random,
    mayFail,
    isOver: () => over.aborted,
  };
  const cpuMs = () => fleet.instances.reduce((sum, instance) => sum + instance.cpuMs(), 0);
  const cpuBeforeMs = cpuMs();
  const [memory] = await Promise.all([
    watchMemory(fleet, durationMs, over),
    meanwhile?.(seededRandom(seed + 1), over),
    ...Array.from({ length: customers }, (_, customer) => visitAgainAndAgain(1_000 + customer, world)),
  ]);
  return { tally, memory, tookMs: performance.now() - startedAtMs, cpuMs: cpuMs() - cpuBeforeMs };
}

async function watchMemory(
  fleet: Fleet,
  durationMs: number,
  over: AbortSignal,
): Promise<RunResult['memory']> {
  const memory: RunResult['memory'] = [];
  const startedAtMs = performance.now();
  while (!over.aborted) {
    await delay(Math.max(LEAST_PAUSE_MS, durationMs / SAMPLES), undefined, { signal: over }).catch(
      () => undefined,
    );
    const grown = fleet.instances.filter((one) => performance.now() - one.startedAtMs > GROWN_UP_MS);
    const held = await Promise.all(grown.map((instance) => instance.heldBytes()));
    const bytes = mean(held.filter((one) => !Number.isNaN(one)));
    if (!Number.isNaN(bytes)) memory.push({ atMs: performance.now() - startedAtMs, bytes });
  }
  return memory;
}

/** The last third beside the middle third: 1 is flat. */
export function memoryGrowth(memory: RunResult['memory'], tookMs: number): number {
  const third = (number: number) =>
    mean(memory.filter(({ atMs }) => Math.floor((3 * atMs) / tookMs) === number).map(({ bytes }) => bytes));
  return third(2) / third(1);
}

const QUIET_WITHIN_MS = 30_000;
const LOOK_MS = 500;

/** Descriptors of each instance once nobody asks: as soon as they are no more than `wanted`, or after a while. */
export async function openFilesWhenQuiet(fleet: Fleet, wanted: number): Promise<number[]> {
  await Promise.all(fleet.instances.map((instance) => instance.disconnect()));
  const giveUpAtMs = performance.now() + QUIET_WITHIN_MS;
  for (;;) {
    await delay(LOOK_MS);
    const open = fleet.instances.map((instance) => instance.openFiles());
    if (Math.max(...open) <= wanted || performance.now() > giveUpAtMs) return open;
  }
}
