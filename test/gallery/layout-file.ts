/** Keeps how a state looks and sounds as text: a line for each part, a column for each size, and what is heard. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LOCALES, placesOf } from './cells.ts';
import type { Part } from './in-page/parts.ts';
import type { GalleryState } from './state.ts';

const FOLDER = join(import.meta.dirname, 'layouts');
const EXTENSION = '.txt';
const HEADING = '## ';
const COLUMN = ' | ';
const ABSENT = '-';
/** Letters are a little wider or narrower in another build of a browser. */
const TOLERANCE_PX = 2;

/** The box of each part, by the part's name and words. */
export type CellLayout = Map<string, string>;

/** A state in one language: each size's parts, and what a screen reader hears. */
export interface Layout {
  cells: Map<string, CellLayout>;
  heard: string[];
}

export function layoutOf(parts: readonly Part[]): CellLayout {
  const layout: CellLayout = new Map();
  for (const { name, x, y, width, height, words } of parts) {
    const part = `${name} ${words}`.trim();
    let key = part;
    for (let count = 2; layout.has(key); count += 1) key = `${part} (${count})`;
    layout.set(key, `${x},${y} ${width}x${height}`);
  }
  return layout;
}

/** A sentence for each difference that a customer might see. */
export function differences(kept: CellLayout = new Map(), shown: CellLayout = new Map()): string[] {
  return [...new Set([...kept.keys(), ...shown.keys()])].flatMap((key) => {
    const [before = ABSENT, now = ABSENT] = [kept.get(key), shown.get(key)];
    return isNear(before, now) ? [] : [`${key}: kept ${before}, shown ${now}`];
  });
}

function isNear(kept: string, shown: string): boolean {
  const [before, now] = [kept, shown].map((box) => box.split(/[ ,x]/).map(Number));
  return (
    kept === shown ||
    (now?.every((px, at) => Math.abs(px - (before?.[at] ?? Number.NaN)) <= TOLERANCE_PX) ?? false)
  );
}

export function readLayout(stateName: string): Map<string, Layout> {
  const layouts = new Map<string, Layout>();
  for (const block of readFileSync(fileOf(stateName), 'utf8').split(HEADING).slice(1)) {
    const [heading = '', ...lines] = block.trimEnd().split('\n');
    const [locale = '', ...sizes] = heading.split(' ');
    if (sizes[0] === 'heard') {
      const seen = layouts.get(locale);
      if (seen !== undefined) seen.heard = lines;
    } else layouts.set(locale, { cells: readCells(sizes, lines), heard: [] });
  }
  return layouts;
}

function readCells(sizes: string[], lines: string[]): Map<string, CellLayout> {
  const cells = new Map<string, CellLayout>(sizes.map((size) => [size, new Map()]));
  for (const line of lines) {
    const columns = line.split(COLUMN);
    const key = columns.slice(sizes.length).join(COLUMN);
    for (const [index, size] of sizes.entries()) {
      const box = columns[index]?.trim() ?? ABSENT;
      if (box !== ABSENT) cells.get(size)?.set(key, box);
    }
  }
  return cells;
}

export function writeLayout({ name, view = 'face' }: GalleryState, layouts: Map<string, Layout>): void {
  const sizes = placesOf(view).map((size) => size.name);
  const blocks = LOCALES.flatMap((locale) => {
    const { cells, heard } = layouts.get(locale) ?? { cells: new Map<string, CellLayout>(), heard: [] };
    const inOrder = sizes.map((size) => cells.get(size) ?? new Map<string, string>());
    return [
      [`${locale} ${sizes.join(' ')}`, ...linesOf(inOrder)],
      [`${locale} heard`, ...heard],
    ];
  });
  writeFileSync(fileOf(name), blocks.map((lines) => `${HEADING}${lines.join('\n')}\n`).join('\n'));
}

function linesOf(cells: CellLayout[]): string[] {
  const keys = [...new Set(cells.flatMap((cell) => [...cell.keys()]))];
  const widths = cells.map((cell) => Math.max(1, ...[...cell.values()].map((box) => box.length)));
  return keys.map((key) =>
    [...cells.map((cell, index) => (cell.get(key) ?? ABSENT).padEnd(widths[index] ?? 0)), key].join(COLUMN),
  );
}

export function keptStates(): string[] {
  return readdirSync(FOLDER).map((file) => file.replace(EXTENSION, ''));
}

function fileOf(stateName: string): string {
  return join(FOLDER, `${stateName}${EXTENSION}`);
}
