/** Transactions: read tolerantly, exact, newest first, whatever order the bank keeps. */
import { expect, test } from 'vitest';
import { readTransactions } from '../../../server/accounts/banno-transactions.ts';
import { readTransactionPage } from '../../../server/accounts/transactions.ts';
import { apiWith, CALLER } from '../../support/account-bank.ts';

const NOW_MS = Date.UTC(2026, 10, 23);

const readings: [string, Record<string, unknown>, Record<string, unknown>][] = [
  [
    'its posted date',
    { datePosted: '2026-01-01T23:30:00Z', date: '2026-01-02T00:00:00Z' },
    { on: '2026-01-01' },
  ],
  [
    'its date while it is pending',
    { date: '2026-01-02T00:00:00Z', pendingStatus: 'Pending' },
    { on: '2026-01-02', isPending: true },
  ],
  ['no date', { datePosted: null, date: 'soon' }, { on: null, isPending: true }],
  ['that it is posted', { datePosted: '2026-01-01', pendingStatus: 'Reconciled' }, { isPending: false }],
  ['its name', { displayName: 'Grocer', memo: 'GROCER 123' }, { description: 'Grocer' }],
  ['its memo without a name', { displayName: ' ', memo: 'GROCER  123' }, { description: 'GROCER 123' }],
  [
    'its category',
    { enrichments: { expenseCategory: 'Food', customExpenseCategory: 'Treats' } },
    { category: 'Treats' },
  ],
  ['its currency', { currency: 'eur' }, { amount: { amount: '-45.67', currency: 'EUR' } }],
  ['markup as text', { displayName: '<img src=x>' }, { description: '<img src=x>' }],
];
test.each(readings)('reads %s', (_name, members, expected) => {
  const body = { transactions: [{ id: 't-1', amount: '-45.67', ...members }] };

  expect(readTransactions(body, 'USD').transactions[0]).toMatchObject({ id: 't-1', ...expected });
});

test.each([{}, { transactions: null }, { transactions: [] }])('of %j there are none', (body) => {
  expect(readTransactions(body, 'USD')).toEqual({ transactions: [], count: 0 });
});

test('drops what has no id, no amount, or is inactivated, and counts what was sent', () => {
  const transactions = [
    { amount: '1' },
    { id: 'a' },
    { id: 'b', amount: '1e9' },
    'x',
    null,
    { id: 'gone', amount: '1' },
  ];

  expect(readTransactions({ transactions, inactivatedTransactionIds: ['gone'] }, 'USD')).toEqual({
    transactions: [],
    count: 6,
  });
});

test.each([null, [], 'x', { transactions: 'x' }])('%j is no list of transactions', (body) => {
  expect(() => readTransactions(body, 'USD')).toThrow('unexpected answer');
});

/** `count` transactions, a day apart, in the order given. */
function history(count: number, direction: 'newest first' | 'oldest first') {
  const days = Array.from({ length: count }, (_, index) => new Date(NOW_MS - index * 86_400_000));
  const list = days.map((day, index) => ({
    id: `t-${index}`,
    amount: '-1.00',
    datePosted: day.toISOString(),
  }));
  return direction === 'newest first' ? list : list.toReversed();
}

async function pageOf(bankOrder: { id: string; datePosted: string }[], offset = 0) {
  const { api } = await apiWith((response, request) => {
    const query = new URL(request.url ?? '/', 'http://bank').searchParams;
    const since = Date.parse(query.get('since') ?? '0');
    const included = bankOrder.filter((item) => Date.parse(item.datePosted) >= since);
    const start = Number(query.get('offset'));
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ transactions: included.slice(start, start + Number(query.get('limit'))) }));
  });
  return readTransactionPage(api, CALLER, 'account-1', offset, NOW_MS);
}

test.each(['newest first', 'oldest first'] as const)(
  'a short history kept %s comes newest first',
  async (direction) => {
    const page = await pageOf(history(3, direction));

    expect(page.transactions.map(({ id }) => id)).toEqual(['t-0', 't-1', 't-2']);
    expect(page.next).toBeNull();
  },
);

test('a long history goes on at the next offset', async () => {
  const bankOrder = history(700, 'newest first');

  const first = await pageOf(bankOrder);
  const second = await pageOf(bankOrder, first.next ?? -1);

  expect(first).toMatchObject({ next: 500 });
  expect(second.next).toBeNull();
  expect(second.transactions.map(({ id }) => id)).toEqual(bankOrder.slice(500).map(({ id }) => id));
});

test('of a long history kept oldest first the last 90 days are shown', async () => {
  const page = await pageOf(history(700, 'oldest first'));

  expect(page.transactions[0]?.id).toBe('t-0');
  expect(page.transactions).toHaveLength(91);
  expect(page.next).toBeNull();
});

test('pending ones come first', async () => {
  const pending = { id: 'p', amount: '-5.00', datePosted: '2026-01-01', pendingStatus: 'Pending' };

  const page = await pageOf([...history(2, 'newest first'), pending]);

  expect(page.transactions.map(({ id }) => id)).toEqual(['p', 't-0', 't-1']);
});
