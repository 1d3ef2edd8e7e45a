/** How many accounts could not be read: what the totals leave out without anybody having wished it. */
import { expect, test } from 'vitest';
import { account, type BankJson, summaryOf } from '../../support/account-list.ts';

const NO_BALANCE = { balance: undefined };

test('a list that reads well has none', () => {
  expect(summaryOf([account()]).unreadableCount).toBe(0);
  expect(summaryOf([]).unreadableCount).toBe(0);
});

test.each([
  [null],
  ['account'],
  [7],
  [[]],
  [{}],
  [{ id: null }],
  [{ id: ' ' }],
  [{ id: 7, balance: '1.00' }],
])('%j is no account, and counts', (item) => {
  expect(summaryOf([item, account()])).toMatchObject({ unreadableCount: 1, order: ['account-1'] });
});

test('each one counts', () => {
  const items = [
    null,
    {},
    'x',
    account(NO_BALANCE),
    account({ id: 'two', balance: 'NaN' }),
    account({ id: 'three' }),
  ];

  expect(summaryOf(items)).toMatchObject({ unreadableCount: 5, order: ['account-1', 'three', 'two'] });
});

test.each<[string, BankJson]>([
  ['none', { balance: undefined }],
  ['null', { balance: null, availableBalance: null }],
  ['a word', { balance: 'unavailable' }],
  ['an object', { balance: { amount: '1.00' } }],
  [
    'nothing but a limit, which is no balance',
    { accountType: 'Line of Credit', balance: null, creditLimit: '1.00' },
  ],
])('an account whose balance is %s counts', (_name, members) => {
  for (const accountType of ['Deposit', 'line of credit', 'Debt', 'Investment']) {
    expect(summaryOf([account({ accountType, ...members })]).unreadableCount).toBe(1);
  }
});

test.each(['Line of Credit', 'Debt'])(
  'a %s of which the credit alone is known counts: what is owed is a partial sum',
  (accountType) => {
    const known = account({ id: 'known', accountType, balance: '10.00' });
    const partial = account({ accountType, balance: null, availableCredit: '1.00' });

    expect(summaryOf([known, partial])).toMatchObject({ unreadableCount: 1, owed: { amount: '10.00' } });
  },
);

test.each<[string, BankJson]>([
  ['an available balance alone', { balance: null, availableBalance: '1.00' }],
  ['a balance of nothing', { balance: '0' }],
])('an account with %s does not count', (_name, members) => {
  expect(summaryOf([account(members)]).unreadableCount).toBe(0);
});

test.each<[string, BankJson]>([
  ['hidden', { hidden: true }],
  ['Bill Pay', { accountType: 'Bill Pay' }],
  ['inactivated', { id: 'gone' }],
  ['of a type nobody knows', { accountType: 'Some Future Type' }],
  ['of no type', { accountType: null }],
])('one that is %s never counts', (_name, members) => {
  const circumstances = { inactivatedAccountIds: ['gone'] };

  expect(summaryOf([account({ ...NO_BALANCE, ...members })], circumstances).unreadableCount).toBe(0);
});

test.each<[string, BankJson]>([
  ['hidden', { hidden: true }],
  ['Bill Pay', { accountType: 'Bill Pay' }],
  ['of a type nobody knows', { accountType: 'Some Future Type' }],
])('one without an id that is %s never counts', (_name, members) => {
  expect(summaryOf([account({ ...members, id: null })]).unreadableCount).toBe(0);
});

test('an id that comes twice is one account', () => {
  expect(summaryOf([account(), account(NO_BALANCE)])).toMatchObject({
    unreadableCount: 0,
    order: ['account-1'],
  });
});

test('a list that cannot be read at all says how much is missing', () => {
  expect(summaryOf([null, {}, 'x'])).toMatchObject({ unreadableCount: 3, groups: [], headline: null });
});
