/** SECURITY.md keeps its word: what it names as proof is there, and every case of the threat list has its test. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const root = new URL('../../', import.meta.url);
const page = readFileSync(new URL('SECURITY.md', root), 'utf8');
const names = globSync('test/**/*.ts', { cwd: root })
  .map((file) => readFileSync(new URL(file, root), 'utf8'))
  .join('\n');

/** The cases of each group; a number that is missing was never given. */
const CASES = {
  A: [1, 2, 3, 4, 6, 7, 9, 14, 15, 17, 18, 19, 23, 24, 25, 27, 29, 30, 31, 32, 35],
  B: [1, 2, 3, 4, 5, 7, 8, 9, 11, 12, 13, 14, 15, 17, 18, 19, 20, 21, 22, 23, 24, 27, 29, 30],
  C: [1, 2, 4, 5, 6, 7, 9, 10],
  D: [1, 2, 3, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16],
  E: [1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12, 14, 16, 17, 18, 19, 20],
  F: [1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 12, 14, 15, 16, 18, 20, 21, 22, 23, 24, 25],
  G: [1, 7, 8, 9, 11, 12, 13, 14, 15, 16, 17, 19, 21],
  I: [1, 2, 3, 4, 7, 8, 9, 10, 11, 12, 14, 15, 16, 18, 19, 20, 21, 22],
  J: [1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13],
  K: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
};

test.for(Object.entries(CASES))(
  'every case of group %s has a test that says so in its name',
  ([group, numbers]) => {
    const ids = numbers.map((number) => `${group}${`${number}`.padStart(2, '0')}`);
    expect(ids.filter((id) => !new RegExp(`['"\`][^'"\`\\n]*\\b${id}\\b`).test(names))).toEqual([]);
  },
);

test('every test that the page names is there', () => {
  const named = [...page.matchAll(/`((?:server|card|journey|engines|test)\/[\w/.-]+\.ts)`/g)].map(
    ([, path = '']) => path,
  );
  expect(named.length).toBeGreaterThan(30);
  expect(
    named.filter((path) => !existsSync(new URL(`test/${path}`, root)) && !existsSync(new URL(path, root))),
  ).toEqual([]);
});

test('nothing in the table is open, or does not apply, without a reason', () => {
  const rows = [...page.matchAll(/^\| (\d+\.\d+\.\d+[^|]*)\| (met|not applicable|open) \| ([^|]*) \|$/gm)];
  expect(rows.length).toBeGreaterThan(60);
  expect(rows.filter(([, , , reason = '']) => reason.trim().length < 4)).toEqual([]);
});
