/** Which amount is an account's balance and what it is called: the institution's wishes, and only true labels. */
import { expect, test } from 'vitest';
import { readBalanceDisplaySettings } from '../../../server/accounts/banno-types.ts';
import { viewOf } from '../../support/account-list.ts';

test.each([
  ['availableBalance', 'available'],
  ['Available', 'available'],
  ['AVAILABLE_BALANCE', 'available'],
  ['balance', 'current'],
  ['currentBalance', 'current'],
  ['Current', 'current'],
  ['ledger balance', 'current'],
])('the display setting %j speaks of the %s balance', (type, kind) => {
  const settings = readBalanceDisplaySettings({ balanceDisplaySettings: [{ type, label: 'Word' }] });
  expect(settings).toEqual([{ kind, label: 'Word', visible: true, primary: false }]);
});

test.each([
  null,
  {},
  { balanceDisplaySettings: null },
  { balanceDisplaySettings: [null, 'x', {}, { type: 7 }] },
])('there are no display settings in %j', (body) => {
  expect(readBalanceDisplaySettings(body)).toEqual([]);
});

test.each(['availableCredit', 'availableSweepAmount', 'overdraftLimit', 'payoffBalance', 'holdAmount', ''])(
  'the display setting %j names no balance that accounts have here',
  (type) => {
    expect(readBalanceDisplaySettings({ balanceDisplaySettings: [{ type, primary: true }] })).toEqual([]);
  },
);

const AVAILABLE = { amount: '90.00', currency: 'USD', kind: 'available', label: null };
const CURRENT = { amount: '100.00', currency: 'USD', kind: 'current', label: null };
const BOTH = { balance: '100.00', availableBalance: '90.00' };
/** As in the institution's documented answer. */
const SETTINGS = [
  { type: 'availableBalance', label: 'Spendable', visible: true, primary: true },
  { type: 'balance', label: 'Posted', visible: true, primary: false },
];

test('an investment is worth its balance; what is available of it is uninvested cash', () => {
  const { balance, otherBalances } = viewOf({ ...BOTH, accountType: 'Investment' });
  expect({ balance, otherBalances }).toEqual({ balance: CURRENT, otherBalances: [AVAILABLE] });
});

test.each(['Deposit', 'deposit', 'DEPOSIT'])(
  'of %s the available balance comes first, the current one second',
  (accountType) => {
    const { balance, otherBalances } = viewOf({ ...BOTH, accountType });
    expect({ balance, otherBalances }).toEqual({ balance: AVAILABLE, otherBalances: [CURRENT] });
  },
);

test.each([undefined, null, '', 'n/a', '1,234.56'])(
  'without an available balance (%j) the current one leads',
  (value) => {
    const { balance, otherBalances } = viewOf({ balance: '100.00', availableBalance: value });
    expect({ balance, otherBalances }).toEqual({ balance: CURRENT, otherBalances: [] });
  },
);

test('an available balance alone is not called current', () => {
  const { balance, otherBalances } = viewOf({ balance: null, availableBalance: '90.00' });
  expect({ balance, otherBalances }).toEqual({ balance: AVAILABLE, otherBalances: [] });
});

test('an account without an intelligible amount has no balance, not zero', () => {
  const view = viewOf({ balance: 'soon', availableBalance: null });
  expect(view).toMatchObject({ balance: null, otherBalances: [], countsInTotals: false });
});

test('an available balance may exceed the current one: overdraft protection is part of it', () => {
  const view = viewOf({ balance: '-20.00', availableBalance: '480.00' });
  expect(view.balance).toMatchObject({ amount: '480.00', kind: 'available' });
  expect(view.otherBalances).toMatchObject([{ amount: '-20.00', kind: 'current' }]);
});

test('the institution’s own words label its balances', () => {
  const view = viewOf(BOTH, { balanceDisplaySettings: SETTINGS });
  expect(view.balance).toEqual({ ...AVAILABLE, label: 'Spendable' });
  expect(view.otherBalances).toEqual([{ ...CURRENT, label: 'Posted' }]);
});

test('the institution chooses which balance leads', () => {
  const balanceDisplaySettings = [{ type: 'balance', label: 'Posted', primary: true }];
  const view = viewOf(BOTH, { balanceDisplaySettings });
  expect(view.balance).toEqual({ ...CURRENT, label: 'Posted' });
  expect(view.otherBalances).toEqual([AVAILABLE]);
});

test('a balance that the institution does not show is not shown beside another', () => {
  const balanceDisplaySettings = [
    { type: 'availableBalance', label: 'Spendable', visible: false, primary: true },
  ];
  const view = viewOf(BOTH, { balanceDisplaySettings });
  expect(view).toMatchObject({ balance: CURRENT, otherBalances: [] });
});

test('a balance that the institution does not show is better than none', () => {
  const balanceDisplaySettings = [{ type: 'availableBalance', label: 'Spendable', visible: false }];
  const view = viewOf({ balance: null, availableBalance: '90.00' }, { balanceDisplaySettings });
  expect(view.balance).toEqual({ ...AVAILABLE, label: 'Spendable' });
});

test('of two settings for one balance the first decides all: label, place and visibility', () => {
  const balanceDisplaySettings = [
    { type: 'balance', label: 'Posted', primary: true },
    { type: 'ledgerBalance', label: 'Ledger', visible: false },
  ];
  const view = viewOf(BOTH, { balanceDisplaySettings });
  expect(view.balance).toEqual({ ...CURRENT, label: 'Posted' });
});

test('settings of unknown types change nothing, even when they are primary', () => {
  const balanceDisplaySettings = [{ type: 'availableSweepAmount', label: 'Sweep', primary: true }];
  expect(viewOf(BOTH, { balanceDisplaySettings })).toEqual(viewOf(BOTH));
});

test.each(['Line of Credit', 'line of credit', 'Debt', 'DEBT'])(
  'of %s the balance is what is owed, with the credit that is left',
  (accountType) => {
    const members = { accountType, balance: '790.00', availableBalance: '1.00', availableCredit: '4210.00' };
    const view = viewOf(members, { balanceDisplaySettings: SETTINGS });
    expect(view.balance).toEqual({ amount: '790.00', currency: 'USD', kind: 'owed', label: null });
    expect(view.otherBalances).toEqual([{ amount: '4210.00', currency: 'USD', kind: 'credit', label: null }]);
  },
);

test('a refunded card is owed a negative amount', () => {
  const view = viewOf({ accountType: 'Line of Credit', balance: '-5.22' });
  expect(view.balance).toMatchObject({ amount: '-5.22', kind: 'owed' });
});

test.each(['Other', 'Unknown', 'Some Future Type', '__proto__', 'constructor', null, undefined])(
  'of the type %j we do not know what its balance means, and say so',
  (accountType) => {
    const view = viewOf({ ...BOTH, accountType });
    expect(view.balance).toEqual({ ...CURRENT, kind: 'other' });
    expect(view.otherBalances).toEqual([AVAILABLE]);
  },
);

test('amounts carry the account’s own currency when it names one', () => {
  const view = viewOf({ ...BOTH, currency: 'EUR' });
  expect(view.balance?.currency).toBe('EUR');
  expect(view.otherBalances[0]?.currency).toBe('EUR');
});
