/** One list out of many accounts: its order, what must wait, how it is searched and cut. */
import { expect, test } from 'vitest';
import { holdingBack, listEntries, mergeHistories, searchEntries } from '../../card/transaction-list.ts';
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

test('the list is cut to its limit and grouped by day', () => {
  const entries = mergeHistories([
    historyOf('a', [
      on('1', '2026-11-20'),
      on('2', '2026-11-20'),
      on('3', '2026-11-19'),
      on('4', '2026-11-18'),
    ]),
  ]);
  const { days, count, shown } = listEntries(entries, 3);
  expect(days.map((day) => [day.on, ids(day.entries)])).toEqual([
    ['2026-11-20', ['1', '2']],
    ['2026-11-19', ['3']],
  ]);
  expect([count, shown]).toEqual([4, 3]);
});
