/** `npm run load`: customers visit three instances for a while; throughput, times, errors and memory are told. */
import { parseArgs } from 'node:util';
import { column } from '../bench/table.ts';
import { watchMachine } from './busy-machine.ts';
import { startFleet } from './fleet.ts';
import { findingsOf, stepTable } from './report.ts';
import { run } from './run.ts';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    customers: { type: 'string', default: '12' },
    instances: { type: 'string', default: '3' },
    seed: { type: 'string', default: '1' },
  },
});
const WARM_UP_MS = 5_000;
const TOKEN_SECONDS = 300;
const say = (line: string) => void process.stdout.write(`${line}\n`);

const fleet = await startFleet(Number(values.instances), TOKEN_SECONDS, 'direct');
const machine = watchMachine(fleet.valkey.admin);
const common = { fleet, customers: Number(values.customers), mayFail: machine.since };
await run({ ...common, durationMs: WARM_UP_MS, seed: Number(values.seed) + 100 });
await fleet.valkey.admin.flushdb();
const usedBefore = await usedBytes();
const result = await run({
  ...common,
  durationMs: 1_000 * Number(values.seconds),
  seed: Number(values.seed),
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
