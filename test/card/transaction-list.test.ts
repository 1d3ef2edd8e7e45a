/** One list out of many accounts: its order, what must wait, how it is searched and cut into blocks. */
import { expect, test } from 'vitest';
import { blocksOf, holdingBack, mergeHistories, searchEntries } from '../../card/transaction-list.ts';
import { historyOf, transaction } from './support/transactions.ts';

const on = (id: string, day: string | null, changes = {}) => transaction({ id, on: day, ...changes });
const ids = (entries: readonly { transaction: { id: string } }[]) =>
  entries.map((entry) => entry.transaction.id);

test('pending first, then the newest day of any account', () => {
  const merged = mergeHistories([
    historyOf('a', [on('a1', '2026-11-20'), on('a2', '2026-11-02')]),
    historyOf('b', [on('b1', null, { isPending: true }), on('b2', '2026-11-10'), on('b3', null)]),
  ]);
  expect(ids(merged)).toEqual(['b1', 'a1', 'b2', 'a2', 'b3']);
});

test('below the oldest day of an account that goes on, the others wait for it', () => {
  const histories = [
    historyOf('a', [on('a1', '2026-11-20'), on('a2', '2026-11-10')], { next: 2 }),
    historyOf('b', [on('b1', '2026-11-15'), on('b2', '2026-11-05')]),
  ];
  expect(ids(mergeHistories(histories))).toEqual(['a1', 'b1', 'a2']);
  expect(holdingBack(histories).map(({ account }) => account.id)).toEqual(['a']);
});

test('every word is looked for, in any case and without accents, in description, category and account', () => {
  const entries = mergeHistories([
    historyOf('Diario', [
      transaction({ id: 'cafe', description: 'Café Olé', category: 'Restaurants' }),
      transaction({ id: 'water', description: 'City Water' }),
    ]),
  ]);
  expect(ids(searchEntries(entries, ' cafe  REST '))).toEqual(['cafe']);
  expect(ids(searchEntries(entries, 'diario'))).toEqual(['cafe', 'water']);
  expect(ids(searchEntries(entries, 'cafe water'))).toEqual([]);
  expect(searchEntries(entries, '  ')).toBe(entries);
});

test('fifty at a time, grouped by day; a day that began in the block before goes on without a heading', () => {
  const entries = mergeHistories([
    historyOf('a', [
      on('p', '2026-11-20', { isPending: true }),
      ...Array.from({ length: 45 }, (_, index) => on(`x${index}`, '2026-11-20')),
      ...Array.from({ length: 9 }, (_, index) => on(`y${index}`, '2026-11-19')),
      on('z', null),
    ]),
  ]);
  const outline = blocksOf(entries).map((block) =>
    block.map((group) => [group.isPending, group.on, group.continues, group.entries.length]),
  );
  expect(outline).toEqual([
    [
      [true, null, false, 1],
      [false, '2026-11-20', false, 45],
      [false, '2026-11-19', false, 4],
    ],
    [
      [false, '2026-11-19', true, 5],
      [false, null, false, 1],
    ],
  ]);
  expect(blocksOf([])).toEqual([]);
});
