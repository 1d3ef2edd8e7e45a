/** The shelf gives back every text as it was put, of any length, and fills again what was dropped. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createShelf } from '../../../server/session/shelf.ts';

test.each([0, 1, 239, 240, 241, 491, 492, 493, 1_600, 300_000])('a text of %i bytes comes back', (length) => {
  const shelf = createShelf();
  const text = 'abcdefg'.repeat(length).slice(0, length);
  const places = [shelf.put('before', 1), shelf.put(text, 2), shelf.put('after', 3)];
  expect(places.map(shelf.read)).toEqual(['before', text, 'after']);
  expect(places.map(shelf.expiryOf)).toEqual([1, 2, 3]);
});

test('an end is changed, and nothing else', () => {
  const shelf = createShelf();
  const place = shelf.put('text', 1);
  const other = shelf.put('other', 2);
  shelf.setExpiry(place, 1_795_000_000_123);
  expect([shelf.read(place), shelf.expiryOf(place)]).toEqual(['text', 1_795_000_000_123]);
  expect([shelf.read(other), shelf.expiryOf(other)]).toEqual(['other', 2]);
});

test('a shelf from which all was dropped begins anew', () => {
  const shelf = createShelf();
  const texts = Array.from({ length: 3_000 }, (_, index) => `${index}`.repeat(100));
  for (let round = 0; round < 3; round += 1) {
    const places = texts.map((text) => shelf.put(text, round));
    expect(places.map(shelf.read)).toEqual(texts);
    expect(Math.max(...places)).toBeLessThan(16 * 1_024);
    for (const place of places) shelf.drop(place);
  }
});

test('what was dropped is filled again before the shelf grows', () => {
  const shelf = createShelf();
  shelf.put('stays', 1);
  const highest = () => {
    const places = Array.from({ length: 500 }, () => shelf.put('x'.repeat(1_000), 1));
    for (const place of places) shelf.drop(place);
    return Math.max(...places);
  };
  const first = highest();
  for (let round = 0; round < 20; round += 1) expect(highest()).toBe(first);
});

test('whatever is put and dropped in whatever order, the rest stays as it was', () => {
  // One to four bytes each: the longest fill several of a shelf's blocks.
  const text = fc.string({ unit: fc.constantFrom('a', 'é', '€', '😀'), maxLength: 1_000 });
  const step = fc.oneof(fc.record({ put: text }), fc.record({ drop: fc.nat() }));
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const shelf = createShelf();
      const kept = new Map<number, string>();
      for (const each of steps) {
        if ('put' in each) kept.set(shelf.put(each.put, each.put.length), each.put);
        else {
          const place = [...kept.keys()][each.drop % Math.max(1, kept.size)];
          if (place === undefined) continue;
          shelf.drop(place);
          kept.delete(place);
        }
      }
      const found = [...kept.keys()].map((place) => [shelf.read(place), shelf.expiryOf(place)]);
      expect(found).toEqual([...kept.values()].map((value) => [value, value.length]));
    }),
  );
});
