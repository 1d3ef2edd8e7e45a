/** One whole list as the bank sends it, and the whole summary that the card gets. */
import { expect, test } from 'vitest';
import { readAccounts, readBalanceDisplaySettings } from '../../../server/accounts/banno-types.ts';
import { summarize } from '../../../server/accounts/summarize.ts';
import { OWN_INSTITUTION } from '../../support/account-list.ts';
import { ACCOUNT_SAMPLE } from '../../support/account-sample.ts';

const SETTINGS = {
  balanceDisplaySettings: [
    { type: 'availableBalance', label: 'Available', visible: true, primary: true },
    { type: 'balance', label: 'Current', visible: true, primary: false },
  ],
};

const usd = (amount: string) => ({ amount, currency: 'USD' });
const balance = (kind: string, amount: string, label: string | null = null) => ({
  ...usd(amount),
  kind,
  label,
});
const id = (number: number) => `00000000-0000-4000-8000-00000000000${number}`;
const plain = (meaning: string, value: string, kind = 'money') => ({ label: null, meaning, value, kind });
const PLAIN = {
  lastFour: null,
  subType: null,
  otherBalances: [],
  due: null,
  institutionName: null,
  details: [],
};

const CASH = [
  {
    ...PLAIN,
    id: id(1),
    name: 'Everyday Checking 000123',
    lastFour: '1234',
    subType: 'Checking',
    balance: balance('available', '1234.56', 'Available'),
    otherBalances: [balance('current', '1500.00', 'Current')],
    details: [{ label: 'Type', meaning: null, value: 'Checking', kind: 'text' }, plain('onHold', '265.44')],
    countsInTotals: true,
  },
  {
    ...PLAIN,
    id: id(2),
    name: 'Rainy Day Savings',
    lastFour: '5678',
    subType: 'Savings',
    balance: balance('current', '-12.30', 'Current'),
    countsInTotals: true,
  },
];

const CREDIT = [
  {
    ...PLAIN,
    id: id(3),
    name: 'Platinum Card',
    lastFour: '9012',
    subType: 'Credit Card',
    balance: balance('owed', '790.00'),
    otherBalances: [balance('credit', '4210.00')],
    due: { on: '2026-01-20', amount: usd('35.00') },
    details: [plain('creditLimit', '5000.00'), plain('minimumPayment', '35.00')],
    countsInTotals: true,
  },
  {
    ...PLAIN,
    id: id(5),
    name: 'Refunded Store Card',
    balance: balance('owed', '-5.22'),
    countsInTotals: false,
  },
];

const LOAN = {
  ...PLAIN,
  id: id(4),
  name: 'Home Loan',
  lastFour: '3456',
  subType: 'Mortgage',
  balance: balance('owed', '70422.00'),
  due: { on: '2026-02-01', amount: usd('812.55') },
  details: [plain('interestRate', '3.875', 'percentage'), plain('payoff', '70610.12')],
  countsInTotals: true,
};

const EXTERNAL = {
  ...PLAIN,
  id: id(8),
  name: 'Elsewhere Brokerage',
  lastFour: '7788',
  subType: '401K',
  balance: balance('current', '25010.77', 'Current'),
  institutionName: 'Another Institution',
  countsInTotals: true,
};

const UNKNOWN = { ...PLAIN, id: id(9), name: 'Brand New Product', balance: null, countsInTotals: false };

test('the sample list becomes this summary', () => {
  const list = readAccounts(ACCOUNT_SAMPLE);
  if (list === undefined) throw new Error('the sample is no account list');
  const balanceDisplaySettings = readBalanceDisplaySettings(SETTINGS);
  const context = { bankInstitutionId: OWN_INSTITUTION, currency: 'USD', balanceDisplaySettings };
  expect(summarize(list, context)).toStrictEqual({
    asOf: '2026-01-02T12:13:07.922Z',
    // Savings has no available balance: the one kind that is true of both is the current one.
    headline: balance('current', '1487.70', 'Current'),
    assets: usd('26233.03'),
    owed: usd('71212.00'),
    net: usd('-44978.97'),
    groups: [
      { kind: 'cash', subtotal: usd('1222.26'), accounts: CASH },
      { kind: 'credit', subtotal: usd('790.00'), accounts: CREDIT },
      { kind: 'loan', subtotal: usd('70422.00'), accounts: [LOAN] },
      { kind: 'external', subtotal: usd('25010.77'), accounts: [EXTERNAL] },
      { kind: 'other', subtotal: null, accounts: [UNKNOWN] },
    ],
    order: [1, 3, 4, 5, 2, 8, 9].map(id),
    hiddenCount: 1,
    unreadableCount: 0,
  });
});
