/** `npm run bench`: runs the benchmarks, or those named on the command line, and prints what they found. */
import { measureInstitutions } from './institutions.ts';
import { measureInteraction } from './interaction.ts';
import { measureSlowBank } from './slow-bank.ts';

/** Answers lines to print. Throws what no slow machine explains: only that fails a run. */
const BENCHMARKS: Record<string, () => Promise<string[]>> = {
  interaction: measureInteraction,
  institutions: measureInstitutions,
  'slow-bank': measureSlowBank,
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !Object.hasOwn(BENCHMARKS, name));
if (unknown.length > 0) {
  process.stderr.write(
    `There is no benchmark ${unknown.join(', ')}: ${Object.keys(BENCHMARKS).join(', ')}.\n`,
  );
  process.exit(2);
}
for (const [name, measure] of Object.entries(BENCHMARKS)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  try {
    process.stdout.write(`${name}\n${(await measure()).map((line) => `  ${line}\n`).join('')}`);
  } catch (error) {
    process.stderr.write(`${name} is broken: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
