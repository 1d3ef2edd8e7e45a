/** The report of the benchmarks: what was found is told as it is, missed things first, and charts are legible everywhere. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { barsOf, type Chart, draw } from '../bench/chart.ts';
import { finding, linesOf, type Part } from '../bench/part.ts';
import { type Machine, reportOf, writeReport } from '../bench/report.ts';

const MACHINE: Machine = {
  processor: 'Processor 3000',
  cores: 2,
  memoryGib: 8,
  node: '24.0.0',
  commit: 'abc1234',
  date: '2026-01-02',
};
const slow = finding('p50, card', [3, 1, 2, 9, 4], 'ms', { atMost: 1 });
const many = finding('answers, card / proxy', [0.9, 1, 1.1], '×', { atLeast: 0.9 });
const LINES: Chart = {
  kind: 'lines',
  name: 'growth',
  title: 'Cost',
  unit: 'ms',
  across: 'sessions',
  lines: [
    { label: 'a < b', points: [10, 1_000, 200_000].map((at, index) => ({ at, value: 1 + index / 10 })) },
    { label: 'other', points: [{ at: 10, value: 0 }] },
  ],
};
const PART: Part = {
  title: 'Server',
  about: 'What was measured.',
  findings: [slow, many, finding('memory', [1_234], 'bytes')],
  charts: [barsOf('p50s', 'p50', [slow], 1), LINES],
  lines: ['more to tell'],
};

test('a finding is the median of its rounds, with their spread, held against what is wanted', () => {
  expect(slow).toMatchObject({ median: 3, least: 1, most: 9 });
  const report = reportOf([PART], MACHINE);
  expect(report).toContain('| p50, card | 3.00 | 1.00 | 9.00 | ms | at most 1 | MISSED |');
  expect(report).toContain('| answers, card / proxy | 1.00 | 0.90 | 1.10 | × | at least 0.9 | met |');
  expect(report).toContain('| memory | 1234 | 1234 | 1234 | bytes |  |  |');
});

test('what is missed is said before everything else, and nothing else is', () => {
  const [, missed = ''] = /## What is not reached\n\n([^#]*)/.exec(reportOf([PART], MACHINE)) ?? [];
  expect(missed.trim()).toBe('- p50, card: 3.00 ms, wanted at most 1.');
  expect(reportOf([{ ...PART, findings: [many] }], MACHINE)).toContain('all that is wanted is met');
});

test('the page says on what it was measured, how to repeat it, and what still costs most', () => {
  const report = reportOf([PART], MACHINE);
  expect(report).toContain('2026-01-02 at abc1234: Processor 3000, 2 cores, 8 GiB, Node 24.0.0');
  expect(report).toContain('`npm run bench`');
  expect(report).toContain('## What still costs most');
  expect(report).toContain('```text\nmore to tell\n```');
});

test('each chart is a file beside the page, and those of an earlier run are gone', () => {
  const folder = mkdtempSync(join(tmpdir(), 'performance-report-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeReport(folder, [{ ...PART, charts: [{ ...LINES, name: 'earlier' }] }], MACHINE);
  writeReport(folder, [PART], MACHINE);

  expect(readdirSync(join(folder, 'performance')).sort()).toEqual(['growth.svg', 'p50s.svg']);
  const page = readFileSync(join(folder, 'performance.md'), 'utf8');
  for (const [, file = ''] of page.matchAll(/!\[[^\]]+\]\(([^)]+)\)/g))
    expect(readFileSync(join(folder, file), 'utf8')).toContain('<svg');
});

test.each([PART.charts[0], LINES] as Chart[])(
  'a chart is an image with a name, in both schemes (%#)',
  (chart) => {
    const svg = draw(chart);
    expect(svg).toContain('role="img"');
    expect(svg).toContain(`<title>${chart.title}, ms</title>`);
    expect(svg).toContain('@media (prefers-color-scheme: dark)');
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
    expect(svg).not.toContain('a < b');
  },
);

test('every value of a bar chart, and its limit, is written and within the picture', () => {
  const svg = draw(barsOf('p50s', 'p50', [slow], 12));
  expect(svg).toContain('>3.00</text>');
  expect(svg).toContain('wanted: at most 12');
  const widths = [...svg.matchAll(/(?:x[12]?|width)="([\d.]+)"/g)].map(([, width]) => Number(width));
  expect(Math.max(...widths)).toBeLessThanOrEqual(720);
});

test('the terminal is told the same numbers', () => {
  expect(linesOf(PART).join('\n')).toMatch(/p50, card, ms\n\s+3\.00\s+1\.00\s+9\.00\s+at most 1\s+MISSED/);
});
