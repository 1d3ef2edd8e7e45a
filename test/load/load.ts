/** `npm run load`: customers visit three instances for a while; throughput, times, errors and memory are told. */
import { column } from '../bench/table.ts';
import { watchMachine } from './busy-machine.ts';
import { commandLineOrExit } from './command-line.ts';
import { startFleet } from './fleet.ts';
import { findingsOf, stepTable } from './report.ts';
import { run } from './run.ts';

const { numbers } = commandLineOrExit({
  title: 'Customers visit several instances for a while: throughput, times, errors and memory are told.',
  command: 'npm run load',
  numbers: {
    seconds: { unset: 60, least: 1, says: 'how long; memory is judged from 60 on' },
    customers: { unset: 12, least: 1, says: 'how many at once' },
    instances: { unset: 3, least: 1, says: 'how many servers' },
    seed: { unset: 1, least: 0, says: 'what is done by chance is the same for the same one' },
  },
  flags: {},
});
const WARM_UP_MS = 5_000;
const TOKEN_SECONDS = 300;
const say = (line: string) => void process.stdout.write(`${line}\n`);

const fleet = await startFleet(numbers.instances, TOKEN_SECONDS, 'direct');
const machine = watchMachine(fleet.valkey.admin);
const common = { fleet, customers: numbers.customers, mayFail: machine.since };
await run({ ...common, durationMs: WARM_UP_MS, seed: numbers.seed + 100 });
await fleet.valkey.admin.flushdb();
const usedBefore = await usedBytes();
const result = await run({
  ...common,
  durationMs: 1_000 * numbers.seconds,
  seed: numbers.seed,
});
const sessions = (await fleet.valkey.keys('card:session:')).length;
const usedAfter = await usedBytes();
for (const line of stepTable(result)) say(line);
const { answers, visits } = countsOf();
say(column(['answers a second', (answers / (result.tookMs / 1_000)).toFixed(0)]));
say(column(['answers, core, s', (answers / (result.cpuMs / 1_000)).toFixed(0)]));
say(column(['CPU of a visit', `${(result.cpuMs / visits).toFixed(2)} ms`]));
say(column(['Valkey, a session', `${((usedAfter - usedBefore) / sessions).toFixed(0)} B`]));
machine.stop();
say(column(['machine busy', `${(100 * machine.share()).toFixed(0)} %`]));
const problems = await findingsOf(fleet, result, undefined, say);
for (const problem of problems) say(problem);
process.exit(problems.length === 0 ? 0 : 1);

function countsOf(): { answers: number; visits: number } {
  const { timesMs } = result.tally;
  const answers = [...timesMs.values()].reduce((sum, { length }) => sum + length, 0);
  return { answers, visits: timesMs.get('sign-in')?.length ?? 0 };
}

async function usedBytes(): Promise<number> {
  const info = await fleet.valkey.admin.info('memory');
  return Number(/used_memory:(\d+)/.exec(info)?.[1]);
}
