/** Details of the plain members: told where the institution's own lines are silent, and never what one of those hides. */
import { expect, test } from 'vitest';
import type { AccountDetail } from '../../../server/contract.ts';
import { type BankJson, viewOf } from '../../support/account-list.ts';

const LOAN = { accountType: 'Debt', balance: '70422.00' };
const CARD = { accountType: 'Line of Credit', balance: '790.00' };

function detailsOf(members: BankJson, ...values: unknown[]): AccountDetail[] {
  const details = [{ label: 'Account details', values }];
  return viewOf({ ...members, ...(values.length === 0 ? {} : { formattedMetaData: { details } }) }).details;
}

function meaningsOf(members: BankJson, ...values: unknown[]) {
  return detailsOf(members, ...values).map(({ meaning }) => meaning);
}

const told: [string, BankJson, Partial<AccountDetail>][] = [
  ['creditLimit', { ...CARD, creditLimit: '5000' }, { meaning: 'creditLimit', value: '5000.00' }],
  ['interestRate', { ...LOAN, interestRate: '3.875' }, { meaning: 'interestRate', value: '3.875' }],
  ['payoffBalance', { ...LOAN, payoffBalance: '70610.123' }, { meaning: 'payoff', value: '70610.123' }],
  ['minimumPaymentDue', { ...CARD, minimumPaymentDue: '0' }, { meaning: 'minimumPayment', value: '0.00' }],
  ['principalAmount', { ...LOAN, principalAmount: 70_000 }, { meaning: 'principal', value: '70000.00' }],
  ['interestBalance', { ...LOAN, interestBalance: '-1.5' }, { meaning: 'interestOwed', value: '-1.50' }],
  [
    'originationDate',
    { ...LOAN, originationDate: '2019-05-01T00:00:00.000Z' },
    { meaning: 'opened', value: '2019-05-01' },
  ],
  [
    'holdAmount',
    { availableBalanceCalculationIncludes: { holdAmount: '265.44' } },
    { meaning: 'onHold', value: '265.44' },
  ],
];
const KINDS: Record<string, AccountDetail['kind']> = { interestRate: 'percentage', opened: 'date' };
test.each(told)('%s is told without a label: the card words it', (_name, members, expected) => {
  const kind = KINDS[expected.meaning ?? ''] ?? 'money';
  expect(detailsOf(members)).toEqual([{ label: null, kind, ...expected }]);
});

test.each([
  ['4.25%', '4.25'],
  [' 4.25 % ', '4.25'],
  [4.25, '4.25'],
  ['0', '0'],
  ['-0.5', '-0.5'],
])('the rate %j is %s', (interestRate, value) => {
  expect(detailsOf({ ...LOAN, interestRate })).toMatchObject([{ value, kind: 'percentage' }]);
});

test.each<[string, BankJson]>([
  [
    'what cannot be read',
    { ...LOAN, interestRate: 'prime + 1', payoffBalance: '1,000', principalAmount: {} },
  ],
  ['what is null', { ...LOAN, interestRate: null, payoffBalance: null, originationDate: null }],
  ['a date that means none', { ...LOAN, originationDate: '1970-01-01' }],
  ['a limit of nothing', { ...LOAN, creditLimit: '0.00' }],
  ['a hold of nothing', { availableBalanceCalculationIncludes: { holdAmount: '0.00' } }],
  ['parts that are no object', { availableBalanceCalculationIncludes: ['265.44'] }],
])('%s is left out', (_name, members) => {
  expect(detailsOf(members)).toEqual([]);
});

const EVERY: BankJson = {
  creditLimit: '5000.00',
  interestRate: '3.875',
  payoffBalance: '801.00',
  minimumPaymentDue: '35.00',
  principalAmount: '780.00',
  interestBalance: '10.00',
  originationDate: '2019-05-01',
  availableBalanceCalculationIncludes: { holdAmount: '265.44' },
};
const OWED = ['interestRate', 'payoff', 'minimumPayment', 'principal', 'interestOwed', 'opened'];
test.each([
  ['Deposit', ['interestRate', 'opened', 'onHold']],
  ['line of credit', ['creditLimit', ...OWED]],
  ['Debt', ['creditLimit', ...OWED]],
  ['Investment', ['interestRate', 'opened']],
  ['Some Future Type', []],
  ['__proto__', []],
  [null, []],
])('of the type %j these mean something: %j', (accountType, expected) => {
  expect(meaningsOf({ ...EVERY, accountType })).toEqual(expected);
});

test('the institution’s own lines come first', () => {
  const own = { type: 'Text', label: 'Type', value: 'Mortgage' };

  expect(detailsOf({ ...LOAN, interestRate: '3.875' }, own)).toEqual([
    { label: 'Type', meaning: null, value: 'Mortgage', kind: 'text' },
    { label: null, meaning: 'interestRate', value: '3.875', kind: 'percentage' },
  ]);
});

const CREDIT = { ...EVERY, accountType: 'Line of Credit' };
const said: [string, string, BankJson][] = [
  ['creditLimit', 'the same number', { type: 'Money', label: 'Line', value: '5000' }],
  ['creditLimit', 'the same number in words', { type: 'Text', label: 'Line', value: '$5,000.00 USD' }],
  ['creditLimit', 'the same number as JSON', { type: 'Money', label: 'Line', value: -5000 }],
  ['creditLimit', 'its label', { type: 'Money', label: 'Spending Limit', value: '4000' }],
  ['creditLimit', 'its Spanish label', { type: 'Money', label: 'Límite', value: '4000' }],
  ['interestRate', 'the same number', { type: 'Percentage', label: 'Yearly', value: '3.8750 %' }],
  ['interestRate', 'its label', { type: 'Text', label: 'Interest Rate', value: 'variable' }],
  ['interestRate', 'another label', { type: 'Text', label: 'APR', value: 'variable' }],
  ['payoff', 'its label', { type: 'Money', label: 'Pay-off quote', value: '1.00' }],
  ['minimumPayment', 'its label', { type: 'Money', label: 'Min. Payment', value: '1.00' }],
  ['principal', 'its label', { type: 'Money', label: 'Principal balance', value: '1.00' }],
  ['interestOwed', 'its label', { type: 'Money', label: 'Accrued interest', value: '1.00' }],
  ['opened', 'the same date', { type: 'Date', label: 'Since', value: '2019-05-01T00:00:00Z' }],
  ['opened', 'its label', { type: 'Text', label: 'Date opened', value: 'May 2019' }],
  [
    'opened',
    'the label behind the institution’s',
    { label: 'Origination', configuredLabel: 'X', value: 'y' },
  ],
];
for (const hidden of [false, true]) {
  test.each(said)(`%s is not told twice: %s${hidden ? ', even hidden' : ''}`, (meaning, _how, value) => {
    const expected = meaningsOf(CREDIT).filter((one) => one !== meaning);

    const meanings = meaningsOf(CREDIT, { ...value, hidden }).filter((one) => one !== null);

    expect(meanings).toEqual(expected);
  });
}

test('money on hold is not told twice, and an account holder is no hold', () => {
  const deposit = { availableBalanceCalculationIncludes: { holdAmount: '265.44' } };

  expect(meaningsOf(deposit, { label: 'Holds', value: 'none', hidden: true })).toEqual([]);
  expect(meaningsOf(deposit, { label: 'Account holder', value: 'A. Quill' })).toEqual([null, 'onHold']);
});

test('a hidden line without a readable value still names what it hides', () => {
  expect(
    meaningsOf({ ...LOAN, payoffBalance: '1.00' }, { label: 'Payoff', value: { toString: 1 }, hidden: true }),
  ).toEqual([]);
});

test('the label of a group of lines names what it holds', () => {
  const details = [{ label: 'Payoff', values: [{ label: 'Amount', value: 'on request', hidden: true }] }];

  expect(viewOf({ ...LOAN, payoffBalance: '1.00', formattedMetaData: { details } }).details).toEqual([]);
});

test('rewards are told after the details, by the same rules, and hide nothing that the details do not', () => {
  const values = [
    { type: 'Count', label: 'Points rate', value: '1200', hidden: false },
    { type: 'Money', label: 'Cash back', value: '12.5', hidden: true },
  ];
  const formattedMetaData = { rewards: [{ label: 'Rewards', values }] };

  expect(viewOf({ ...CARD, interestRate: '19.9', formattedMetaData }).details).toMatchObject([
    { label: null, meaning: 'interestRate' },
    { label: 'Points rate', value: '1200', kind: 'count' },
  ]);
});
