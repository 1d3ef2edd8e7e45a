/** Members of an account that have a shape or a meaning of their own, for every customer whose accounts are regular. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startBank } from './bank.ts';
import { CARD, HandWrittenClient } from './hand-written-client.ts';
import type { Bank } from './options.ts';
import { PERSONAS } from './personas/all.ts';
import type { Account } from './personas/persona.ts';

const REGULAR = PERSONAS.filter(({ id }) => id !== 'odd');
const TYPES = ['Deposit', 'Line of Credit', 'Debt', 'Investment', 'Bill Pay', 'Other', 'Unknown'];
let bank: Bank;
let accounts: Account[];

beforeAll(async () => {
  bank = await startBank({ origin: 'http://localhost:0', clients: [CARD] });
  const client = new HandWrittenClient(bank);
  const lists = REGULAR.map(async ({ id, userId }) => {
    const { access_token: token } = await client.signIn({ login_hint: id });
    const response = await client.api(`/users/${userId}/accounts`, token);
    return ((await response.json()) as { accounts: Account[] }).accounts;
  });
  accounts = (await Promise.all(lists)).flat();
});
afterAll(() => bank.close());

const having = (member: string) => accounts.filter((account) => account[member] !== undefined);

test('types are the documented ones', () => {
  for (const { accountType } of accounts) expect(TYPES).toContain(accountType);
});

test('active is the opposite of hidden', () => {
  expect(new Set(accounts.map(({ hidden }) => hidden))).toEqual(new Set([true, false]));
  for (const { active, hidden } of accounts) expect(active).toBe(hidden === false);
});

test('money is a decimal string and never a number', () => {
  const isMoney = /balance|available|limit|due(Amount|$)|amount/i;
  for (const account of accounts) {
    for (const [member, value] of Object.entries(account)) {
      if (!isMoney.test(member) || typeof value === 'object' || member === 'paymentDueDate') continue;
      expect(value, member).toMatch(/^-?\d+\.\d{2}$/);
    }
  }
});

test('what the available balance is made of is an object of strings', () => {
  expect(having('availableBalanceCalculationIncludes').length).toBeGreaterThan(0);
  for (const { availableBalanceCalculationIncludes: parts } of having(
    'availableBalanceCalculationIncludes',
  )) {
    for (const part of Object.values(Object(parts))) expect(part).toMatch(/^-?\d+\.\d{2}$/);
  }
});

test('metadata are groups of labelled values', () => {
  const value = {
    type: expect.stringMatching(/^(Text|Date|Money|Percentage|Count)$/),
    label: expect.any(String),
    value: expect.any(String),
    hidden: expect.any(Boolean),
    configuredLabel: expect.any(String),
  };
  const groups = accounts.flatMap(
    ({ formattedMetaData }) => (formattedMetaData as { details: { values: unknown[] }[] }).details,
  );
  expect(groups.length).toBeGreaterThan(0);
  for (const group of groups) {
    expect(group).toEqual({ label: expect.any(String), values: expect.any(Array) });
    for (const one of group.values) expect(one).toEqual(value);
  }
});

test('Regulation D, status, credit and due dates', () => {
  for (const { regD } of having('regD')) {
    expect(regD).toEqual({ restricted: expect.any(Boolean), count: expect.any(Number) });
  }
  for (const { accountType } of having('availableCredit')) expect(accountType).toBe('Line of Credit');
  for (const { paymentDueDate } of having('paymentDueDate')) {
    expect(paymentDueDate).toMatch(/^\d{4}-\d\d-\d\dT00:00:00\.000Z$/);
  }
  for (const member of ['regD', 'availableCredit', 'paymentDueDate']) {
    expect(having(member).length).toBeGreaterThan(0);
  }
});

test('no account has a currency; every id is its own', () => {
  expect(having('currency')).toEqual([]);
  expect(new Set(accounts.map(({ id }) => id)).size).toBe(accounts.length);
});
