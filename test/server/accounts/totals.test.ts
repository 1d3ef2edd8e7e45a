/** Sums a customer can rely on: only what counts, the right way round, one currency at a time, whatever the order. */
import { expect, test } from 'vitest';
import { subtract, sumOf } from '../../../server/accounts/money.ts';
import type { Amount } from '../../../server/contract.ts';
import { account, type BankJson, summaryOf } from '../../support/account-list.ts';

const add = (a: string, b: string) => sumOf([a, b]);

const ELSEWHERE = { id: 'elsewhere', name: 'Another Institution' };
const usd = (amount: string) => ({ amount, currency: 'USD' });

/** The three totals of accounts that have these members. */
function totalsOf(...accounts: BankJson[]) {
  const { assets, owed, net } = summaryOf(
    accounts.map((members, id) => account({ id: `${id}`, ...members })),
  );
  return { assets, owed, net };
}

test.each([
  ['Deposit', '10.00', { assets: usd('10.00'), owed: null, net: usd('10.00') }],
  ['Deposit', '-10.00', { assets: usd('-10.00'), owed: null, net: usd('-10.00') }],
  ['Investment', '10.00', { assets: usd('10.00'), owed: null, net: usd('10.00') }],
  ['Debt', '10.00', { assets: null, owed: usd('10.00'), net: usd('-10.00') }],
  ['Debt', '-10.00', { assets: null, owed: usd('-10.00'), net: usd('10.00') }],
  ['Line of Credit', '10.00', { assets: null, owed: usd('10.00'), net: usd('-10.00') }],
  ['Line of Credit', '-10.00', { assets: null, owed: usd('-10.00'), net: usd('10.00') }],
  ['Some Future Type', '10.00', { assets: null, owed: null, net: null }],
])('%s of %s totals', (accountType, balance, totals) => {
  expect(totalsOf({ accountType, balance })).toEqual(totals);
});

test('a refunded card lowers what is owed', () => {
  const loan = { accountType: 'Debt', balance: '100.00' };
  const card = { accountType: 'Line of Credit', balance: '-5.22' };
  expect(totalsOf(loan, card).owed).toEqual(usd('94.78'));
});

test.each<[string, BankJson]>([
  ['the customer keeps out', { contributesToAggregateTotals: false }],
  ['nobody says whether to count', { contributesToAggregateTotals: undefined }],
  ['is said to count in another way than true', { contributesToAggregateTotals: 'true' }],
  ['is of a type we do not know', { accountType: 'Some Future Type' }],
  ['has no intelligible balance', { balance: '1e999', availableBalance: 'NaN' }],
  ['is hidden', { hidden: true }],
  ['is Bill Pay', { accountType: 'Bill Pay' }],
])('an account that %s is in no total', (_name, members) => {
  expect(totalsOf({ balance: '1.00' }, { balance: '100.00', ...members })).toEqual({
    assets: usd('1.00'),
    owed: null,
    net: usd('1.00'),
  });
});

test('an account elsewhere counts when the customer wants it to', () => {
  const totals = totalsOf({ balance: '1.00' }, { balance: '2.00', institution: ELSEWHERE });
  expect(totals.assets).toEqual(usd('3.00'));
});

test('a group of what is had and what is owed has no subtotal', () => {
  const linked = [
    account({ id: 'a', institution: ELSEWHERE, balance: '5.00' }),
    account({ id: 'b', institution: ELSEWHERE, balance: '3.00', accountType: 'Debt' }),
  ];
  expect(summaryOf(linked).groups).toMatchObject([{ kind: 'external', subtotal: null }]);
  expect(summaryOf(linked).net).toEqual(usd('2.00'));
  const apart = [linked[0], account({ ...linked[1], contributesToAggregateTotals: false })];
  expect(summaryOf(apart).groups).toMatchObject([{ subtotal: usd('5.00') }]);
});

test('two currencies are in no sum together', () => {
  const dollars = { balance: '10.00' };
  const euros = { balance: '20.00', currency: 'EUR' };
  expect(totalsOf(dollars, euros)).toEqual({ assets: null, owed: null, net: null });
  const summary = summaryOf([account({ id: 'a', ...dollars }), account({ id: 'b', ...euros })]);
  expect(summary).toMatchObject({ headline: null, groups: [{ kind: 'cash', subtotal: null }] });
  expect(totalsOf(dollars, { ...euros, contributesToAggregateTotals: false }).assets).toEqual(usd('10.00'));
});

test('two currencies on one side are not taken for nothing on that side', () => {
  const debt = { accountType: 'Debt', balance: '100.00' };
  const mixed = [{ balance: '10.00' }, { balance: '20.00', currency: 'EUR' }];
  expect(totalsOf(...mixed, debt)).toEqual({ assets: null, owed: usd('100.00'), net: null });
  const owed = [debt, { ...debt, currency: 'EUR' }];
  expect(totalsOf({ balance: '10.00' }, ...owed)).toEqual({ assets: usd('10.00'), owed: null, net: null });
});

test('what is had in one currency and owed in another makes no net', () => {
  const euros = { balance: '20.00', currency: 'EUR' };
  expect(totalsOf(euros, { accountType: 'Debt', balance: '5.00' })).toEqual({
    assets: { amount: '20.00', currency: 'EUR' },
    owed: usd('5.00'),
    net: null,
  });
});

test('thirty digits and parts of a cent stay exact', () => {
  const totals = totalsOf(
    { balance: '123456789012345678901234567890.005' },
    { balance: '0.005' },
    { accountType: 'Debt', balance: '0.01' },
  );
  expect(totals.assets).toEqual(usd('123456789012345678901234567890.01'));
  expect(totals.net).toEqual(usd('123456789012345678901234567890.00'));
});

/** Seeded, so that a failure can be repeated: mulberry32. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function randomAccount(next: () => number, id: string): BankJson {
  const pick = <T>(...choices: T[]) => choices[Math.floor(next() * choices.length)];
  const amount = () =>
    pick(
      null,
      `${pick('', '-')}${Math.floor(next() * 1e15)}${Math.floor(next() * 1e15)}.${Math.floor(next() * 1e4)}`,
    );
  return account({
    id,
    accountType: pick('Deposit', 'Debt', 'Line of Credit', 'Investment', 'Other', 'Bill Pay', null),
    hidden: pick(true, false, false, false),
    contributesToAggregateTotals: pick(true, true, false),
    sortIndex: pick(null, Math.floor(next() * 20)),
    balance: amount(),
    availableBalance: amount(),
  });
}

/** Fisher and Yates. */
function shuffled<T>(items: readonly T[], next: () => number): T[] {
  const result = [...items];
  for (let last = result.length - 1; last > 0; last -= 1) {
    const [taken] = result.splice(Math.floor(next() * (last + 1)), 1);
    if (taken !== undefined) result.push(taken);
  }
  return result;
}

test.each(Array.from({ length: 40 }, (_, seed) => seed))(
  'subtotals add up to totals in any order (seed %i)',
  (seed) => {
    const next = random(seed);
    const accounts = Array.from({ length: 1 + Math.floor(next() * 60) }, (_, id) =>
      randomAccount(next, `a${id}`),
    );
    const summary = summaryOf(accounts);
    const sumOf = (...kinds: string[]) =>
      summary.groups
        .filter(({ kind }) => kinds.includes(kind))
        .map(({ subtotal }): Amount => subtotal ?? usd('0'))
        .reduce((running, { amount }) => add(running, amount), '0.00');
    const [assets, owed] = [sumOf('cash', 'investment'), sumOf('credit', 'loan')];
    expect(summary.assets?.amount ?? '0.00').toBe(assets);
    expect(summary.owed?.amount ?? '0.00').toBe(owed);
    expect(summary.net?.amount ?? '0.00').toBe(subtract(assets, owed));
    expect(summaryOf(shuffled(accounts, next))).toEqual(summary);
  },
);
