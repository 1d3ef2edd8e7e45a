/** The tolerant reader: whatever the Consumer API sends, what is valid is kept and the rest is dropped. */
import { expect, test } from 'vitest';
import { readAccounts } from '../../../server/accounts/banno-types.ts';
import { account, type BankJson } from '../../support/account-list.ts';

function read(...accounts: unknown[]) {
  return readAccounts({ accounts })?.accounts ?? [];
}

function readOne(members: BankJson) {
  const [only] = read(account(members));
  if (only === undefined) throw new Error('the account was dropped');
  return only;
}

test.each([null, undefined, 'text', 5, true, [], [account()], {}, { accounts: null }, { accounts: {} }])(
  '%j is not an account list',
  (body) => {
    expect(readAccounts(body)).toBeUndefined();
  },
);

test('an empty list is a list', () => {
  expect(readAccounts({ accounts: [] })).toEqual({
    accounts: [],
    noAccounts: [],
    inactivatedAccountIds: new Set(),
  });
});

test('drops what is no account, or has no id, and keeps its neighbours', () => {
  const noIds = [undefined, null, '', '   ', 7, {}].map((id) => account({ id }));
  const list = read(null, 'x', 7, [], [account()], ...noIds, account({ id: 'kept' }));
  expect(list.map(({ id }) => id)).toEqual(['kept']);
});

test('of two accounts with one id only the first is kept: no balance counts twice', () => {
  const list = read(account({ name: 'First' }), account({ name: 'Second' }), account({ id: 'other' }));
  expect(list.map(({ id, name }) => [id, name])).toEqual([
    ['account-1', 'First'],
    ['other', 'Everyday Checking'],
  ]);
});

test('an account of an id alone is read as nothing else', () => {
  expect(read({ id: 'bare' })).toEqual([
    {
      id: 'bare',
      name: '',
      numbers: null,
      fetchedDate: null,
      accountType: null,
      accountSubType: null,
      institution: { id: null, name: null },
      hidden: false,
      contributesToAggregateTotals: false,
      sortIndex: null,
      currency: null,
      balance: null,
      availableBalance: null,
      availableCredit: null,
      paymentDueDate: null,
      paymentDueAmount: null,
      details: null,
      rewards: null,
      plainDetails: [],
    },
  ]);
});

test.each([null, true, [], {}, { id: 7 }])('members that are all %j are as good as absent', (wrong) => {
  const odd = Object.fromEntries(Object.keys(readOne({})).map((member) => [member, wrong]));
  const flags = { hidden: null, contributesToAggregateTotals: null };
  expect(read({ ...odd, ...flags, id: 'bare', surprise: 7 })).toEqual(read({ id: 'bare' }));
});

test.each([
  [{ hidden: true }, true],
  [{ hidden: false }, false],
  [{ hidden: undefined }, false],
  [{ hidden: undefined, active: false }, true],
  [{ hidden: null, active: false }, true],
  [{ hidden: undefined, active: true }, false],
  [{ hidden: false, active: false }, false],
  [{ hidden: true, active: true }, true],
])('hidden of %j is %s', (members, hidden) => {
  expect(readOne(members).hidden).toBe(hidden);
});

test.each([true, false, null, 'true', 1, undefined])('only true, not %j, contributes to totals', (value) => {
  const read = readOne({ contributesToAggregateTotals: value });
  expect(read.contributesToAggregateTotals).toBe(value === true);
});

test.each([
  ['Everyday  Checking   000123', 'Everyday Checking 000123'],
  ['\t Rainy\r\nDay\u00a0 Savings ', 'Rainy Day Savings'],
  ['a\u0000b\u001b[31mc\u0085d\u2028e', 'a b [31mc d e'],
  ['\u202eSavings\u202c \u2067x\u2069', 'Savings x'],
  ['Famille 👨‍👩‍👧', 'Famille 👨‍👩‍👧'],
  ['half \ud83d', 'half \ufffd'],
  ['<img src=x onerror=alert(1)>', '<img src=x onerror=alert(1)>'],
  ['\u0007', ''],
  ['\u200b\u2060\ufeff', ''],
  ['\u3164 \u2800\u00ad', ''],
  ['\u0301\u0302', ''],
  ['🏴󠁧󠁢󠁥󠁮󠁧󠁿 1️⃣ ที่ ဦးမြွှေ့', '🏴󠁧󠁢󠁥󠁮󠁧󠁿 1️⃣ ที่ ဦးမြွှေ့'],
  [`Z${'\u0312'.repeat(200)}algo`, `Z${'\u0312'.repeat(6)}algo`],
  [`Z${'\u0312\u200d'.repeat(200)}algo`, `Z${'\u0312\u200d'.repeat(6)}algo`],
])('reads the name %j as %j', (name, expected) => {
  expect(readOne({ name }).name).toBe(expected);
});

test('cuts an endless name, and never through a character', () => {
  expect(readOne({ name: 'n'.repeat(100_000) }).name).toBe('n'.repeat(500));
  const { name } = readOne({ name: `n${'😀'.repeat(400)}` });
  expect(name.length).toBe(500);
  expect(name.isWellFormed()).toBe(true);
});

test.each([
  ['2026-01-02T12:13:07.922Z', '2026-01-02T12:13:07.922Z'],
  ['2026-01-02T12:13:07Z', '2026-01-02T12:13:07.000Z'],
  ['2026-01-02T06:13:07-06:00', '2026-01-02T12:13:07.000Z'],
  ['2026-01-02T12:13:07.922123456Z', '2026-01-02T12:13:07.922Z'],
  ['2026-01-02T12:13:07', null],
  ['2026-01-02', null],
  ['0001-01-01T00:00:00Z', null],
  ['1970-01-01T00:00:00.000Z', null],
  ['2026-13-01T00:00:00Z', null],
  ['yesterday 5', null],
  ['1', null],
  ['', null],
  [1_767_355_987_922, null],
])('reads the fetch time %j as %j', (fetchedDate, expected) => {
  expect(readOne({ fetchedDate }).fetchedDate).toBe(expected);
});

test.each([
  ['2026-01-20T00:00:00.000Z', '2026-01-20'],
  ['2026-01-20T23:59:59-12:00', '2026-01-20'],
  ['2026-01-20 00:00:00', '2026-01-20'],
  ['2026-01-20', '2026-01-20'],
  ['2028-02-29', '2028-02-29'],
  ['2026-02-29', null],
  ['2026-02-30', null],
  ['2026-04-31T00:00:00Z', null],
  ['2026-00-10', null],
  ['0001-01-01T00:00:00', null],
  ['1970-01-01', null],
  ['2026-01-200', null],
  ['01/20/2026', null],
  ['due 2026-01-20', null],
  [20_260_120, null],
])('reads the due date %j as %j', (paymentDueDate, expected) => {
  expect(readOne({ paymentDueDate }).paymentDueDate).toBe(expected);
});

test.each([
  [{ paymentDueAmount: '35.00', minimumPaymentDue: '20.00' }, '35.00'],
  [{ minimumPaymentDue: '20.00' }, '20.00'],
  [{ paymentDueAmount: null, minimumPaymentDue: '20.00' }, '20.00'],
  [{ paymentDueAmount: 'n/a', minimumPaymentDue: '20.00' }, '20.00'],
  [{ paymentDueAmount: '0.00', minimumPaymentDue: '20.00' }, '20.00'],
  [{ paymentDueAmount: '0.00', minimumPaymentDue: '0.00' }, '0.00'],
  [{}, null],
])('of %j the payment due is %j', (members, expected) => {
  expect(readOne(members).paymentDueAmount).toBe(expected);
});

test.each([
  ['EUR', 'EUR'],
  ['eur', 'EUR'],
  ['€', null],
  ['EURO', null],
  [978, null],
])('reads the currency %j as %j', (currency, expected) => {
  expect(readOne({ currency }).currency).toBe(expected);
});

test.each([
  [0, 0],
  [-1, -1],
  [2.5, 2.5],
  ['3', null],
  [null, null],
])('reads the sort index %j as %j', (sortIndex, expected) => {
  expect(readOne({ sortIndex }).sortIndex).toBe(expected);
});

test('inactivated ids are read like the ids they are compared with', () => {
  const body = { accounts: [], inactivatedAccountIds: [' a ', 'b  c', 7, null, '', ['d']] };
  expect(readAccounts(body)?.inactivatedAccountIds).toEqual(new Set(['a', 'b c']));
});
