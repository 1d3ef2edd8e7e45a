/** H18, `npm run soak`: customers visit for minutes while faults come and go by a seed; with `--kill`, instances do, too. */
import { setTimeout as delay } from 'node:timers/promises';
import { column } from '../bench/table.ts';
import { watchMachine } from './busy-machine.ts';
import { commandLineOrExit } from './command-line.ts';
import { createFaults, type Faults } from './faults.ts';
import { type Fleet, startFleet } from './fleet.ts';
import { findingsOf, stepTable } from './report.ts';
import { openFilesWhenQuiet, run } from './run.ts';

const { numbers, flags } = commandLineOrExit({
  title:
    'Customers visit three instances for minutes while faults come and go: nothing may be wrong or grow.',
  command: 'npm run soak',
  numbers: {
    minutes: { unset: 10, least: 0.1, isWhole: false, says: 'how long; memory is judged from 1 on' },
    seed: { unset: 1, least: 0, says: 'what is done by chance is the same for the same one' },
    customers: { unset: 16, least: 1, says: 'how many at once' },
  },
  flags: { kill: 'also kills an instance every 20 s, and starts another' },
});
const WARM_UP_MS = 10_000;
/** Renewed at 80 % of it, again and again in the soak. */
const TOKEN_SECONDS = 5;
const INSTANCES = 3;
const FAULT_EVERY_MS = { least: 8_000, most: 24_000 };
const KILL_EVERY_MS = 20_000;
const say = (line: string) => void process.stdout.write(`${line}\n`);

const fleet = await startFleet(INSTANCES, TOKEN_SECONDS, 'faulty');
const { customers, seed } = numbers;
const machine = watchMachine(fleet.valkey.admin);
const warm = await run({
  fleet,
  customers,
  mayFail: machine.since,
  durationMs: WARM_UP_MS,
  seed: seed + 100,
});
const filesBefore = Math.max(...(await openFilesWhenQuiet(fleet, 0)));
const mayFail = (sinceMs: number) => machine.since(sinceMs) || faults.mayHaveMet(sinceMs);
const faults = createFaults(fleet.bank, fleet.store);
const result = await run({
  fleet,
  customers,
  seed,
  durationMs: 60_000 * numbers.minutes,
  mayFail,
  meanwhile: async (random, over) => {
    const kill = flags.kill ? killAgainAndAgain(fleet, faults, random, over) : undefined;
    await Promise.all([strikeAgainAndAgain(faults, random, over), kill]);
  },
});
machine.stop();
say(`seed ${seed}`);
say(column(['machine busy', `${(100 * machine.share()).toFixed(0)} %`]));
for (const [name, count] of faults.counts) say(column([name, count]));
for (const line of stepTable(result)) say(line);
const problems = [
  ...warm.tally.wrong.map((what) => `WRONG while warming up: ${what}`),
  ...(await findingsOf(fleet, result, filesBefore, say)),
];
for (const problem of problems) say(problem);
process.exit(problems.length === 0 ? 0 : 1);

async function strikeAgainAndAgain(faults: Faults, random: () => number, over: AbortSignal): Promise<void> {
  const { least, most } = FAULT_EVERY_MS;
  while (await waited(least + random() * (most - least), over)) await faults.strike(random);
}

async function killAgainAndAgain(
  fleet: Fleet,
  faults: Faults,
  random: () => number,
  over: AbortSignal,
): Promise<void> {
  while (await waited(KILL_EVERY_MS, over))
    await faults.note('kill -9', () => fleet.replace(Math.floor(random() * fleet.instances.length)));
}

/** False once all is over. */
function waited(ms: number, over: AbortSignal): Promise<boolean> {
  return delay(ms, true, { signal: over }).catch(() => false);
}
