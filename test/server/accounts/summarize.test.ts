/** The account summary: which accounts are shown, in which group and order, when they are due and when all was true. */
import { expect, test } from 'vitest';
import {
  account,
  type BankJson,
  OWN_INSTITUTION,
  onlyAccount,
  summaryOf,
  viewOf,
} from '../../support/account-list.ts';

const ELSEWHERE = { id: '99999999-8888-4777-8666-555555555555', name: 'Another Institution' };

test.each([
  ['Deposit', 'cash'],
  ['DEPOSIT', 'cash'],
  [' deposit ', 'cash'],
  ['Line of Credit', 'credit'],
  ['line  of credit', 'credit'],
  ['Debt', 'loan'],
  ['Investment', 'investment'],
  ['Other', 'other'],
  ['Unknown', 'other'],
  ['Some Future Type', 'other'],
  ['__proto__', 'other'],
  ['toString', 'other'],
  [null, 'other'],
])('the type %j belongs to %s', (accountType, kind) => {
  expect(onlyAccount(summaryOf([account({ accountType })])).group.kind).toBe(kind);
});

test('an account of another institution is external, and says whose it is', () => {
  const { account: view, group } = onlyAccount(summaryOf([account({ institution: ELSEWHERE })]));
  expect([group.kind, view.institutionName]).toEqual(['external', 'Another Institution']);
});

test.each([
  ['its own institution', OWN_INSTITUTION, { id: OWN_INSTITUTION, name: 'Example FI' }],
  ['its own institution in the other case', OWN_INSTITUTION, { id: OWN_INSTITUTION.toUpperCase() }],
  ['no institution', OWN_INSTITUTION, null],
  ['an institution without an id', OWN_INSTITUTION, { name: 'Another Institution' }],
  ['another institution, when nobody told us ours', null, ELSEWHERE],
])('an account of %s is not external', (_name, bankInstitutionId, institution) => {
  const { account: view, group } = onlyAccount(summaryOf([account({ institution })], { bankInstitutionId }));
  expect([group.kind, view.institutionName]).toEqual(['cash', null]);
});

test.each<[string, BankJson]>([
  ['hidden', { hidden: true }],
  ['not active, without a word on hidden', { hidden: undefined, active: false }],
])('an account that is %s is counted, not shown', (_name, members) => {
  const summary = summaryOf([account({ ...members, fetchedDate: '2020-01-01T00:00:00Z' })]);
  expect(summary).toMatchObject({
    groups: [],
    order: [],
    hiddenCount: 1,
    asOf: null,
    assets: null,
    net: null,
  });
});

test.each<[string, BankJson, unknown?]>([
  ['Bill Pay', { accountType: 'Bill Pay' }],
  ['bill pay, in another case', { accountType: 'BILL  PAY' }],
  ['hidden Bill Pay', { accountType: 'Bill Pay', hidden: true }],
  ['inactivated', {}, ['somewhere', 'account-1']],
  ['inactivated and hidden', { hidden: true }, ['account-1']],
])('an account that is %s is as good as absent', (_name, members, inactivatedAccountIds) => {
  const summary = summaryOf([account(members)], { inactivatedAccountIds });
  expect(summary).toMatchObject({ groups: [], order: [], hiddenCount: 0, headline: null, assets: null });
});

test.each([null, 'account-1', { 0: 'account-1' }, [null, 7]])(
  'inactivated ids that are %j inactivate nothing',
  (inactivatedAccountIds) => {
    expect(summaryOf([account()], { inactivatedAccountIds }).order).toEqual(['account-1']);
  },
);

test('an empty list is a summary of nothing', () => {
  expect(summaryOf([])).toEqual({
    asOf: null,
    headline: null,
    assets: null,
    owed: null,
    net: null,
    groups: [],
    order: [],
    hiddenCount: 0,
    unreadableCount: 0,
  });
});

test('groups stand in a fixed order, whatever the customer’s', () => {
  const types = ['Some Future Type', 'Investment', 'Debt', 'Line of Credit', 'Deposit'];
  const own = types.map((accountType, sortIndex) => account({ id: accountType, accountType, sortIndex }));
  const summary = summaryOf([...own, account({ id: 'elsewhere', institution: ELSEWHERE })]);
  expect(summary.groups.map(({ kind }) => kind)).toEqual([
    'cash',
    'credit',
    'loan',
    'investment',
    'external',
    'other',
  ]);
  expect(summary.order).toEqual([...types, 'elsewhere']);
});

test('accounts stand in the customer’s own order, then by type, name and id', () => {
  const inOrder: BankJson[] = [
    { id: 'z1', sortIndex: -1, accountType: 'Investment' },
    { id: 'z2', sortIndex: 0, accountType: 'Debt', name: 'Z' },
    { id: 'z3', sortIndex: 2, name: 'Z' },
    { id: 'y1', sortIndex: 10, accountType: 'Deposit', name: 'A' },
    { id: 'y2', sortIndex: 10, accountType: 'Debt', name: 'A' },
    { id: 'd1', sortIndex: null, name: 'Account  2' },
    { id: 'd2', sortIndex: undefined, name: 'account 10' },
    { id: 'd3', sortIndex: '0', name: 'Épargne' },
    { id: 'd4', sortIndex: null, name: 'Savings' },
    { id: 'd5', sortIndex: null, name: 'savings' },
    { id: 'c1', sortIndex: null, accountType: 'Line of Credit', name: 'A' },
    { id: 'b1', sortIndex: null, accountType: 'debt', name: 'A' },
    { id: 'b2', sortIndex: null, accountType: 'Investment', name: 'A' },
    { id: 'a1', sortIndex: null, accountType: 'Some Future Type', name: 'A' },
  ];
  const expected = inOrder.map(({ id }) => id);
  for (const list of [inOrder, inOrder.toReversed(), [...inOrder.slice(7), ...inOrder.slice(0, 7)]])
    expect(summaryOf(list.map(account)).order).toEqual(expected);
});

test('a name that is missing is the account’s kind, in the institution’s words', () => {
  expect(viewOf({ name: '  ', accountSubType: 'Money  Market' })).toMatchObject({ name: 'Money Market' });
  expect(viewOf({ name: null, accountSubType: null })).toMatchObject({ name: '', subType: null });
});

const CARD = { accountType: 'Line of Credit', balance: '790.00', paymentDueDate: '2026-01-20T00:00:00.000Z' };
const DUE = { on: '2026-01-20', amount: { amount: '35.00', currency: 'USD' } };

test.each<[string, BankJson, unknown]>([
  ['an amount and a date', { paymentDueAmount: '35.00' }, DUE],
  ['a minimum and a date', { minimumPaymentDue: '35.00' }, DUE],
  ['a loan', { accountType: 'Debt', paymentDueAmount: '35.00' }, DUE],
  ['a date alone', {}, { on: '2026-01-20', amount: null }],
  ['a date, of an unknown balance', { balance: null }, { on: '2026-01-20', amount: null }],
  ['an amount although nothing seems owed', { balance: '0.00', paymentDueAmount: '35.00' }, DUE],
  ['a date alone, nothing owed', { balance: '0.00' }, null],
  ['a date alone, the bank owes', { balance: '-5.22' }, null],
  ['nothing to pay', { paymentDueAmount: '0.00' }, null],
  ['less than nothing to pay', { paymentDueAmount: '-35.00' }, null],
  ['an amount without a date', { paymentDueAmount: '35.00', paymentDueDate: null }, null],
  ['an impossible date', { paymentDueAmount: '35.00', paymentDueDate: '2026-02-30' }, null],
  ['a deposit', { accountType: 'Deposit', paymentDueAmount: '35.00' }, null],
  ['an unknown type', { accountType: 'Some Future Type', paymentDueAmount: '35.00' }, null],
])('what is due of %s', (_name, members, due) => {
  expect(viewOf({ ...CARD, ...members }).due).toEqual(due);
});

test('the summary is as old as the oldest account shown', () => {
  const dates = ['2026-01-02T12:00:00Z', '2026-01-02T06:30:00.000-05:00', null, 'garbage'];
  const accounts = dates.map((fetchedDate, id) => account({ id: `a${id}`, fetchedDate }));
  const hidden = account({ id: 'h', hidden: true, fetchedDate: '2020-01-01T00:00:00Z' });
  const linked = account({ id: 'e', institution: ELSEWHERE, fetchedDate: '2021-01-01T00:00:00Z' });
  expect(summaryOf([...accounts, hidden, linked]).asOf).toBe('2026-01-02T11:30:00.000Z');
  expect(summaryOf([linked]).asOf).toBe('2021-01-01T00:00:00.000Z');
  expect(summaryOf([account({ fetchedDate: null }), linked]).asOf).toBeNull();
});

test('5,000 accounts are one summary, quickly', () => {
  const accounts = Array.from({ length: 5_000 }, (_, index) =>
    account({ id: `id-${index}`, name: `Account ${(index * 7919) % 5_000}`, balance: '0.01' }),
  );
  const startedAtMs = performance.now();
  const summary = summaryOf(accounts);
  expect(performance.now() - startedAtMs).toBeLessThan(1_000);
  expect(summary.order.length).toBe(5_000);
  expect(summary.groups[0]?.accounts[4_999]?.name).toBe('Account 4999');
  expect(summary.assets).toEqual({ amount: '50.00', currency: 'USD' });
});
