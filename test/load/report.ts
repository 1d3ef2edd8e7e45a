/** What a run is judged by, and how it is told. */
import { column } from '../bench/table.ts';
import type { Fleet } from './fleet.ts';
import { memoryGrowth, openFilesWhenQuiet, type RunResult } from './run.ts';
import { mean, percentile } from './tally.ts';

const MOST_GROWTH = 0.05;
/** In less there may be no process that is old enough to be looked at. */
const JUDGED_FROM_MS = 60_000;
/** A connection that is just being closed. */
const SPARE_FILES = 2;

export function stepTable({ tally, tookMs }: RunResult): string[] {
  const rows = [...tally.timesMs].map(([step, times]) =>
    column([
      step,
      times.length,
      (times.length / (tookMs / 1_000)).toFixed(1),
      `${percentile(times, 0.5).toFixed(1)} ms`,
      `${percentile(times, 0.99).toFixed(1)} ms`,
    ]),
  );
  return [column(['', 'answers', 'a second', 'p50', 'p99']), ...rows];
}

/**
 * Ends the fleet, and answers what is wrong, nothing if all is well. `filesBefore`: descriptors of an instance that
 * nobody asked; undefined where that was not looked at.
 */
export async function findingsOf(
  fleet: Fleet,
  { tally, memory, tookMs }: RunResult,
  filesBefore: number | undefined,
  say: (line: string) => void,
): Promise<string[]> {
  const problems = tally.wrong.map((what) => `WRONG ${what}`);
  say(column(['wrong', tally.wrongCount]));
  for (const [what, count] of tally.told) say(column([`  ${what}`, count]));
  const trespasses = await fleet.bank.ask<number>('trespasses');
  if (trespasses > 0) problems.push(`WRONG ${trespasses} calls with another customer's token`);
  for (const { alarms } of fleet.instances) for (const line of alarms) problems.push(`ALARM ${line}`);
  const growth = memoryGrowth(memory, tookMs) - 1;
  const heldMb = mean(memory.map(({ bytes }) => bytes)) / 1_048_576;
  const isTooShort = tookMs < JUDGED_FROM_MS && Number.isNaN(growth);
  if (memory.length > 0) say(column(['held by an instance', `${heldMb.toFixed(1)} MB`]));
  say(column(['memory, last third', isTooShort ? 'too short a run' : `${(100 * growth).toFixed(1)} %`]));
  if (!(Math.abs(growth) <= MOST_GROWTH || isTooShort))
    problems.push(`MEMORY grew by ${(100 * growth).toFixed(1)} %`);
  if (filesBefore !== undefined) {
    const open = await openFilesWhenQuiet(fleet, filesBefore + SPARE_FILES);
    say(column(['descriptors', filesBefore, ...open]));
    if (Math.max(...open) > filesBefore + SPARE_FILES) problems.push(`HANDLES ${filesBefore} became ${open}`);
  }
  const codes = await fleet.stop();
  if (codes.some((code) => code !== 0)) problems.push(`EXIT ${codes}`);
  return problems;
}
