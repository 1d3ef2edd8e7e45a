/** Whatever a bank sends as transactions: refused as a whole, or each kept exact, or dropped; never one more than was sent. */
import fc from 'fast-check';
import { Value } from 'typebox/value';
import { expect, test } from 'vitest';
import { readTransactions } from '../../../server/accounts/banno-transactions.ts';
import { readMoney } from '../../../server/accounts/money.ts';
import { TransactionView } from '../../../server/contract.ts';
import { CardError } from '../../../server/errors.ts';

const word = fc.oneof(fc.string({ maxLength: 20 }), fc.string({ unit: 'binary', maxLength: 10 }));
const item = fc.record(
  {
    id: fc.oneof(fc.constantFrom('t-1', 't-2', 't-3', '', '__proto__'), fc.jsonValue({ maxDepth: 1 })),
    amount: fc.oneof(
      fc.constantFrom('-45.67', '0.005', '1e9', '', '-0.00'),
      fc.double(),
      fc.jsonValue({ maxDepth: 1 }),
    ),
    datePosted: fc.oneof(fc.constantFrom('2026-11-20', '2026-02-30', null), word),
    date: fc.oneof(fc.constantFrom('2026-11-20T08:00:00Z', '0001-01-01'), word),
    pendingStatus: fc.oneof(fc.constantFrom('Pending', 'posted'), fc.jsonValue({ maxDepth: 1 })),
    displayName: fc.oneof(word, fc.jsonValue({ maxDepth: 1 })),
    memo: word,
    currency: fc.oneof(fc.constantFrom('EUR', 'usd', 'money'), fc.jsonValue({ maxDepth: 1 })),
    enrichments: fc.oneof(
      fc.jsonValue({ maxDepth: 2 }),
      fc.record({ cleanMemo: word, expenseCategory: word }),
    ),
  },
  { requiredKeys: ['id', 'amount'] },
);
const body = fc
  .oneof(
    {
      weight: 8,
      arbitrary: fc.record({
        transactions: fc.array(fc.oneof({ weight: 9, arbitrary: item }, fc.jsonValue())),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ transactions: fc.jsonValue(), inactivatedTransactionIds: fc.jsonValue() }),
    },
    { weight: 1, arbitrary: fc.jsonValue() },
  )
  .map((sent): unknown => JSON.parse(JSON.stringify(sent)));

test('what is read keeps to the contract and was sent; what cannot be read is the bank’s failure', () => {
  fc.assert(
    fc.property(body, (sent) => {
      const read = readOrFailure(sent);
      if (read === undefined) return;
      const items = (sent as { transactions?: Record<string, unknown>[] | null }).transactions ?? [];
      expect(read.count).toBe(items.length);
      expect(read.transactions.length).toBeLessThanOrEqual(items.length);
      const amounts = items.map((one) =>
        one !== null && typeof one === 'object' ? readMoney(one['amount']) : null,
      );
      for (const view of read.transactions) {
        expect([...Value.Errors(TransactionView, view)]).toEqual([]);
        expect(amounts).toContain(view.amount.amount);
        for (const text of [view.id, view.description, view.category ?? '']) {
          expect(text.isWellFormed()).toBe(true);
          expect(text).not.toMatch(/\p{Cc}/u);
          expect(text.length).toBeLessThanOrEqual(500);
        }
      }
    }),
    { numRuns: 400 },
  );
});

function readOrFailure(sent: unknown) {
  try {
    return readTransactions(sent, 'USD');
  } catch (error) {
    expect(error).toBeInstanceOf(CardError);
    expect(error).toMatchObject({ code: 'BANK_UNEXPECTED' });
    return undefined;
  }
}
