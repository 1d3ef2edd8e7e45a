/** A spread map answers as one map would, and spreads its keys. */
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { createSpreadMap, partOf } from '../../../server/session/spread-map.ts';

test('it holds what was set, until it is deleted', () => {
  const map = createSpreadMap<number>();
  const keys = ['', 'a', 'ab', 'abc', ...Array.from({ length: 1_000 }, (_, index) => `key-${index}`)];
  for (const [index, key] of keys.entries()) map.set(key, index);
  map.set('a', -1);
  expect([map.size, map.get('a'), map.get('key-999'), map.get('key-1000')]).toEqual([
    1_004,
    -1,
    1_003,
    undefined,
  ]);
  expect([...map.keys()].toSorted()).toEqual(keys.toSorted());
  for (const key of keys) map.delete(key);
  map.delete('unknown');
  expect([map.size, [...map.keys()]]).toEqual([0, []]);
});

test('keys may be deleted and set while all are looked at', () => {
  const map = createSpreadMap<number>();
  for (let index = 0; index < 1_000; index += 1) map.set(`key-${index}`, index);
  const seen: string[] = [];
  for (const key of map.keys()) {
    seen.push(key);
    map.delete(key);
  }
  expect([new Set(seen).size, map.size]).toEqual([1_000, 0]);
});

test('of many hashes no part of the map has more than twice its share', () => {
  const shares = Array.from({ length: 64 }, () => 0);
  for (let index = 0; index < 6_400; index += 1) {
    const part = partOf(createHash('sha256').update(`${index}`).digest('base64url'));
    shares[part] = (shares[part] ?? 0) + 1;
  }
  expect(Math.max(...shares)).toBeLessThan(200);
});
