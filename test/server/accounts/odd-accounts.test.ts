/** Accounts that two readers may understand differently: none is lost, merged with another one, or given a currency. */
import { expect, test } from 'vitest';
import { readTransactions } from '../../../server/accounts/banno-transactions.ts';
import { readAccounts } from '../../../server/accounts/banno-types.ts';
import { account, onlyAccount, summaryOf } from '../../support/account-list.ts';
import { listOf, startCard, summaryOnTheWire } from '../../support/account-wire.ts';

const USD = { currency: 'USD' };

test.each(['account  1', ' account 1', 'account 1\n', 'account\u200e 1', 'account\u0000 1'])(
  'an id that only cleaning makes that of another account (%j) is not that account',
  (id) => {
    const summary = summaryOf([account({ id: 'account 1' }), account({ id })]);

    expect(summary).toMatchObject({ order: ['account 1'], unreadableCount: 1 });
  },
);

test('ids that differ by case alone, or are names of every object, are different accounts', () => {
  const ids = ['A', '__proto__', 'a', 'constructor', 'toString'];

  const summary = summaryOf(ids.map((id) => account({ id })));

  expect(summary).toMatchObject({ order: ids, assets: { amount: '500.00' } });
});

test.each(['EURO', '€', '978', 978, {}, [], true, 'U$D', 'ＵＳＤ'])(
  'an account in the currency %j has no balance that anybody could name, and counts as unreadable',
  (currency) => {
    const limits = {
      accountType: 'Debt',
      creditLimit: '5.00',
      paymentDueDate: '2030-01-01',
      minimumPaymentDue: '1',
    };

    const summary = summaryOf([account({ id: 'usd' }), account({ id: 'odd', currency, ...limits })]);

    expect(summary).toMatchObject({ unreadableCount: 1, assets: { amount: '100.00', ...USD }, owed: null });
    expect(summary.net).toEqual({ amount: '100.00', ...USD });
    const [, loans] = summary.groups;
    expect(loans?.accounts).toMatchObject([{ balance: null, due: { amount: null }, details: [] }]);
  },
);

test.each([
  ['eur', 'EUR'],
  [' EUR ', 'EUR'],
  ['', 'USD'],
  [null, 'USD'],
  [undefined, 'USD'],
])('an account in the currency %j is in %s', (currency, code) => {
  expect(onlyAccount(summaryOf([account({ currency })])).account.balance?.currency).toBe(code);
});

test('a transaction in a currency that cannot be read is dropped', () => {
  const transactions = ['EURO', 978, 'eur', null].map((currency, id) => ({
    id: `${id}`,
    amount: '1',
    currency,
  }));

  const read = readTransactions({ transactions }, 'USD').transactions;

  expect(read.map(({ id, amount }) => [id, amount.currency])).toEqual([
    ['2', 'EUR'],
    ['3', 'USD'],
  ]);
});

test('10,000 accounts are a list, more are none', () => {
  const list = (length: number) => Array.from({ length }, (_, id) => ({ id: `${id}` }));

  expect(readAccounts({ accounts: list(10_000) })?.accounts).toHaveLength(10_000);
  expect(readAccounts({ accounts: list(10_001) })).toBeUndefined();
});

test('E09 a list of very many tiny accounts, within every limit of size, is an error card', async () => {
  const card = await startCard();
  const { authorized } = await card.signIn();
  card.bank.accounts = { accounts: Array.from({ length: 100_000 }, (_, id) => ({ id: id.toString(36) })) };

  const response = await card.get('/api/accounts', authorized);

  expect([response.statusCode, response.json().code]).toEqual([502, 'BANK_UNEXPECTED']);
});

test('an account list on the wire keeps its odd ids apart', async () => {
  const summary = await summaryOnTheWire(listOf(account({ id: 'a b' }), account({ id: 'a  b' })));

  expect(summary).toMatchObject({ order: ['a b'], unreadableCount: 1 });
});
