/** `npm run bench`: runs all benchmarks and writes their report, or runs and prints those named on the command line. */
import { join } from 'node:path';
import { measureClient } from './client.ts';
import { measureFirstSight } from './first-sight.ts';
import { measureInstitutions } from './institutions.ts';
import { measureInteraction } from './interaction.ts';
import { linesOf, type Part } from './part.ts';
import { writeReport } from './report.ts';
import { measureScale } from './scale.ts';
import { measureServer } from './server.ts';
import { measureSlowBank } from './slow-bank.ts';
import { measureStart } from './start.ts';

/** Throws what no slow machine explains: only that fails a run. */
const BENCHMARKS: Record<string, () => Promise<Part>> = {
  'first-sight': measureFirstSight,
  server: measureServer,
  scale: measureScale,
  client: measureClient,
  interaction: told(
    'Interaction',
    'From an interaction in the full page to the next paint.',
    measureInteraction,
  ),
  institutions: told(
    'Many institutions',
    'What hundreds of institutions cost one process.',
    measureInstitutions,
  ),
  start: told('Start', 'From nothing to the first answer, beside a bare Fastify server.', measureStart),
  'slow-bank': told(
    'A slow bank beside',
    'What a bank in trouble costs the customers of another one behind the same server.',
    measureSlowBank,
  ),
};

function told(title: string, about: string, measure: () => Promise<string[]>): () => Promise<Part> {
  return async () => ({ title, about, findings: [], charts: [], lines: await measure() });
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !Object.hasOwn(BENCHMARKS, name));
if (unknown.length > 0) {
  process.stderr.write(
    `There is no benchmark ${unknown.join(', ')}: ${Object.keys(BENCHMARKS).join(', ')}.\n`,
  );
  process.exit(2);
}
const parts: Part[] = [];
for (const [name, measure] of Object.entries(BENCHMARKS)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  try {
    const part = await measure();
    parts.push(part);
    process.stdout.write(
      `${name}\n${linesOf(part)
        .map((line) => `  ${line}\n`)
        .join('')}`,
    );
  } catch (error) {
    process.stderr.write(`${name} is broken: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
// Half a report would pass for a whole one.
if (parts.length === Object.keys(BENCHMARKS).length)
  writeReport(join(import.meta.dirname, '../../docs'), parts);
