/** The one number on the card: of what it is the sum, and that its label is true of every part. */
import { expect, test } from 'vitest';
import { account, type BankJson, summaryOf } from '../../support/account-list.ts';

const SETTINGS = [
  { type: 'availableBalance', label: 'Spendable', primary: true },
  { type: 'balance', label: 'Posted' },
];
const ELSEWHERE = { id: 'elsewhere', name: 'Another Institution' };
const BOTH = { balance: '100.00', availableBalance: '90.00' };
const CURRENT_ONLY = { balance: '10.00', availableBalance: null };
const AVAILABLE_ONLY = { balance: null, availableBalance: '5.00' };
const FUND = { accountType: 'Investment', balance: '1000.00' };
const LOAN = { accountType: 'Debt', balance: '300.00' };

function headlineOf(accounts: BankJson[], balanceDisplaySettings?: unknown) {
  const list = accounts.map((members, id) => account({ id: `${id}`, ...members }));
  return summaryOf(list, { balanceDisplaySettings }).headline;
}

test('cash, as far as it is available', () => {
  const headline = headlineOf([BOTH, { balance: '-20.00', availableBalance: '-25.50' }], SETTINGS);
  expect(headline).toEqual({ amount: '64.50', currency: 'USD', kind: 'available', label: 'Spendable' });
});

test('the current balances, when one account has no other', () => {
  expect(headlineOf([BOTH, CURRENT_ONLY], SETTINGS)).toEqual({
    amount: '110.00',
    currency: 'USD',
    kind: 'current',
    label: 'Posted',
  });
});

test('the current balances, when the institution prefers them', () => {
  const settings = [{ type: 'balance', label: 'Posted', primary: true }];
  expect(headlineOf([BOTH, BOTH], settings)).toMatchObject({
    amount: '200.00',
    kind: 'current',
    label: 'Posted',
  });
  expect(headlineOf([BOTH, AVAILABLE_ONLY], settings)).toMatchObject({
    amount: '95.00',
    kind: 'available',
    label: null,
  });
});

test('without a kind that all have, a number that claims to be neither', () => {
  expect(headlineOf([CURRENT_ONLY, AVAILABLE_ONLY, BOTH], SETTINGS)).toEqual({
    amount: '105.00',
    currency: 'USD',
    kind: 'other',
    label: null,
  });
});

test('only of accounts that count', () => {
  const out = { contributesToAggregateTotals: false };
  expect(headlineOf([BOTH, { ...CURRENT_ONLY, ...out }])).toMatchObject({
    amount: '90.00',
    kind: 'available',
  });
  expect(headlineOf([{ ...BOTH, ...out }])).toBeNull();
});

test('cash alone, beside investments, debts and accounts elsewhere', () => {
  const linked = { ...BOTH, institution: ELSEWHERE };
  expect(headlineOf([linked, FUND, LOAN, BOTH])).toMatchObject({ amount: '90.00', kind: 'available' });
});

test('what else the customer has, where there is no cash', () => {
  const linked = { ...CURRENT_ONLY, institution: ELSEWHERE };
  expect(headlineOf([FUND, LOAN, linked])).toMatchObject({ amount: '1010.00', kind: 'current' });
});

test('what is owed, where there is nothing else', () => {
  const card = { accountType: 'Line of Credit', balance: '-5.22' };
  expect(headlineOf([LOAN, card], SETTINGS)).toEqual({
    amount: '294.78',
    currency: 'USD',
    kind: 'owed',
    label: null,
  });
  expect(headlineOf([card])).toMatchObject({ amount: '-5.22', kind: 'owed' });
});

test.each([
  ['no accounts', []],
  ['unknown types only', [{ accountType: 'Some Future Type' }]],
  ['no balances', [{ balance: null }]],
  ['two currencies', [BOTH, { ...BOTH, currency: 'EUR' }]],
])('no number of %s', (_name, accounts) => {
  expect(headlineOf(accounts)).toBeNull();
});
