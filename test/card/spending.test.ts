/** A month's spending: what counts, how it is summed, and when there is nothing worth a picture. */
import { expect, test } from 'vitest';
import { spendingOf } from '../../card/spending.ts';
import { transaction } from './support/transactions.ts';

const MONTH = '2026-11';
const spent = (category: string | null, money: string, changes = {}) =>
  transaction({ category, money, ...changes });

test('categories are summed exactly, the biggest first, each with its share', () => {
  const spending = spendingOf(
    [
      spent('Groceries', '-0.10'),
      spent('groceries ', '-0.20'),
      spent('Utilities', '-62.18'),
      spent(null, '-37.52'),
    ],
    MONTH,
  );
  expect(spending?.total).toBe('100.00');
  expect(spending?.lines.map(({ category, amount, share }) => [category, amount, share])).toEqual([
    ['Utilities', '62.18', 0.621],
    ['Groceries', '0.30', 0.003],
    [null, '37.52', 0.375],
  ]);
  expect(spending?.lines[0]?.width).toBe(1);
});

test('money in, other months and other currencies do not count; pending does, dated or not', () => {
  const spending = spendingOf(
    [
      spent('Income', '1840.00'),
      spent('Groceries', '-1.00', { on: '2026-10-31' }),
      spent('Groceries', '-2.00', { on: null }),
      spent('Groceries', '-4.00'),
      spent('Groceries', '-8.00', { isPending: true, on: null }),
      spent('Groceries', '-16.00', { isPending: true }),
      transaction({ category: 'Travel', amount: { amount: '-32.00', currency: 'EUR' } }),
    ],
    MONTH,
  );
  expect(spending).toMatchObject({ currency: 'USD', total: '28.00' });
});

test('more than six categories: the rest are one line', () => {
  const many = Array.from({ length: 9 }, (_, index) => spent(`Category ${index}`, `-${index + 1}.00`));
  const lines = spendingOf([...many, spent('Uncategorized', '-0.50')], MONTH)?.lines ?? [];
  expect(lines).toHaveLength(7);
  expect(lines[0]).toMatchObject({ category: 'Category 8', amount: '9.00' });
  expect(lines[6]).toMatchObject({ category: null, amount: '6.50' });
});

test('without a known category, or without money out, there is none', () => {
  expect(spendingOf([], MONTH)).toBeNull();
  expect(spendingOf([spent(null, '-1.00'), spent('Uncategorized', '-1.00')], MONTH)).toBeNull();
  expect(spendingOf([spent('Income', '1.00')], MONTH)).toBeNull();
  expect(spendingOf([spent('Groceries', '-0.00')], MONTH)).toBeNull();
});
