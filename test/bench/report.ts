/** Writes what a whole run has found into `docs/`: a page, and its charts beside it. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { draw } from './chart.ts';
import { type Finding, isMet, type Part, rounded, verdict, wantedText } from './part.ts';

const CHARTS = 'performance';

/** What the numbers were measured on. */
export interface Machine {
  processor: string;
  cores: number;
  memoryGib: number;
  node: string;
  /** Of the source, e.g. `883561f`. */
  commit: string;
  /** `yyyy-MM-dd` */
  date: string;
}

export function writeReport(folder: string, parts: readonly Part[], machine = thisMachine()): void {
  rmSync(join(folder, CHARTS), { recursive: true, force: true });
  mkdirSync(join(folder, CHARTS), { recursive: true });
  for (const chart of parts.flatMap(({ charts }) => charts))
    writeFileSync(join(folder, CHARTS, `${chart.name}.svg`), draw(chart));
  writeFileSync(join(folder, 'performance.md'), reportOf(parts, machine));
}

export function reportOf(parts: readonly Part[], machine: Machine): string {
  const { processor, cores, memoryGib, node, commit, date } = machine;
  const missed = parts.flatMap(({ findings }) => findings.filter((found) => !isMet(found)));
  return [
    '# Performance',
    '',
    'Written by `npm run bench`, which measures everything here again and takes about a quarter of an hour; with names',
    'behind it (`npm run bench -- server scale`) it measures those alone, prints them, and leaves this page as it is.',
    '',
    `Measured on ${date} at ${commit}: ${processor}, ${cores} cores, ${memoryGib} GiB, Node ${node}. Every number is the median`,
    'of at least five rounds in which what is compared takes turns; least and most are what single rounds gave.',
    'Milliseconds are of this machine on that day. Ratios carry over to others.',
    '',
    '## What is not reached',
    '',
    ...(missed.length === 0 ? ['Nothing: all that is wanted is met.'] : missed.map(missedLine)),
    '',
    ...parts.flatMap(section),
    ...COSTS,
  ].join('\n');
}

function missedLine(found: Finding): string {
  return `- ${found.name}: ${rounded(found.median)} ${found.unit}, wanted ${wantedText(found)}.`;
}

function section({ title, about, findings, charts, lines }: Part): string[] {
  return [
    `## ${title}`,
    '',
    about,
    '',
    ...(findings.length === 0 ? [] : [...TABLE_HEAD, ...findings.map(row), '']),
    ...charts.flatMap((chart) => [`![${chart.title}](${CHARTS}/${chart.name}.svg)`, '']),
    ...(lines.length === 0 ? [] : ['```text', ...lines, '```', '']),
  ];
}

const TABLE_HEAD = [
  '| what | median | least | most | unit | wanted | |',
  '| --- | ---: | ---: | ---: | --- | --- | --- |',
];

function row(found: Finding): string {
  const numbers = [found.median, found.least, found.most].map(rounded).join(' | ');
  return `| ${found.name} | ${numbers} | ${found.unit} | ${wantedText(found)} | ${verdict(found)} |`;
}

function thisMachine(): Machine {
  const [first] = cpus();
  return {
    processor: first?.model.trim() ?? 'unknown processor',
    cores: cpus().length,
    memoryGib: Math.round(totalmem() / 2 ** 30),
    node: process.versions.node,
    commit: execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim(),
    date: new Date().toISOString().slice(0, 10),
  };
}

/** Not measured at every run: what a profile (`node --cpu-prof`) of an account read shows. */
const COSTS = [
  '## What still costs most',
  '',
  'An account read of one of 32 sessions takes about 370 µs of CPU; each part was switched off in turn to see what it is:',
  '',
  '| what | µs |',
  '| --- | ---: |',
  '| both connections, Fastify, undici, hooks, the session’s seal and the rate limit, timers | 170 |',
  '| parsing the bank’s JSON, and reading it strictly (a member twice, depth) | 65 |',
  '| reading members, amounts and dates; summing up | 45 |',
  '| writing the answer down to its schema | 30 |',
  '| two log lines, written at once | 25 |',
  '| metrics, before they were written down many at a time | 25 |',
  '| the bank’s places and breakers, and what rounding leaves | 10 |',
  '',
  'The bare proxy’s read takes 90 µs in all: it pipes bytes. Everything beyond is what makes the answer the customer’s own,',
  'safe and small; the first line alone is more than the proxy’s whole read. Where one session is asked by many at once',
  'they share one read and its bytes, and the card answers more than the proxy. What profiles have taken away: a stream,',
  'three abort signals and an exception with a stack for every call to the bank, a retry policy made for every call, names',
  'looked up twice to find repeated ones, headers put together for every answer, a decimal parsed and written anew for',
  'every step of a sum, a promise for every question a hook asks, a validator for every value that may be null.',
  '',
];
