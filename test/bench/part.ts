/** What a benchmark found: numbers held against what is wanted, and what else there is to tell and to draw. */
import type { Chart } from './chart.ts';
import { column, median } from './table.ts';

/** One number of several rounds. */
export interface Finding {
  name: string;
  median: number;
  least: number;
  most: number;
  unit: string;
  /** Absent where there is nothing to reach. */
  wanted?: Wanted;
}

export type Wanted = { atMost: number } | { atLeast: number };

export interface Part {
  title: string;
  /** What was measured and how, in a sentence or two. */
  about: string;
  findings: Finding[];
  charts: Chart[];
  /** Beyond the findings, for whoever looks at the terminal or at the whole report. */
  lines: string[];
}

export function finding(name: string, values: readonly number[], unit: string, wanted?: Wanted): Finding {
  const base = { name, median: median(values), least: Math.min(...values), most: Math.max(...values), unit };
  return wanted === undefined ? base : { ...base, wanted };
}

export function isMet({ median: value, wanted }: Finding): boolean {
  if (wanted === undefined) return true;
  return 'atMost' in wanted ? value <= wanted.atMost : value >= wanted.atLeast;
}

export function wantedText({ wanted }: Finding): string {
  if (wanted === undefined) return '';
  return 'atMost' in wanted ? `at most ${wanted.atMost}` : `at least ${wanted.atLeast}`;
}

export function verdict(found: Finding): string {
  if (found.wanted === undefined) return '';
  return isMet(found) ? 'met' : 'MISSED';
}

/** Three digits that count, no more than a clock can tell. */
export function rounded(value: number): string {
  const places = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toFixed(places);
}

export function linesOf({ findings, lines }: Part): string[] {
  if (findings.length === 0) return lines;
  const heads = column(['', 'median', 'least', 'most', 'wanted', '']);
  const rows = findings.flatMap((found) => [
    `${found.name}, ${found.unit}`,
    column(['', ...[found.median, found.least, found.most].map(rounded), wantedText(found), verdict(found)]),
  ]);
  return [heads, ...rows, ...lines];
}
