/** Every state has its file, every file its state, and every cell is in it; small shifts pass, real ones do not. */
import { expect, test } from 'vitest';
import { LOCALES, placesOf } from './cells.ts';
import { differences, keptStates, readLayout } from './layout-file.ts';
import { STATES } from './states/all.ts';

test('there is a file for each state, and no other', () => {
  const names = STATES.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(keptStates().toSorted()).toEqual(names.toSorted());
});

test.each(STATES)('$name has all of its cells, and no other', ({ name, view = 'face' }) => {
  const layouts = readLayout(name);
  expect([...layouts.keys()]).toEqual([...LOCALES]);
  for (const { cells, heard } of layouts.values()) {
    expect([...cells.keys()]).toEqual(placesOf(view).map((size) => size.name));
    for (const parts of cells.values()) expect(parts.size).toBeGreaterThan(0);
    expect(heard.length).toBeGreaterThan(0);
  }
});

const KEPT = new Map([['row Savings $1.00', '16,120 328x36']]);
test.each([
  ['row Savings $1.00', '18,118 330x34', true],
  ['row Savings $1.00', '19,120 328x36', false],
  ['row Savings $1.00', '16,120 328x39', false],
  ['row Savings $1.01', '16,120 328x36', false],
  ['due Savings $1.00', '16,120 328x36', false],
])('%s at %s is as kept: %s', (part, box, isSame) => {
  expect(differences(KEPT, new Map([[part, box]])).length === 0).toBe(isSame);
});

test('a part more or less is a difference', () => {
  expect(differences(KEPT, new Map())).toHaveLength(1);
  expect(differences(new Map(), KEPT)).toHaveLength(1);
});
