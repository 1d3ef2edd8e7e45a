/** `GET /users/{userId}/accounts`, member by member, and the customers who have something special there. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startBank } from './bank.ts';
import { CARD, HandWrittenClient } from './hand-written-client.ts';
import type { Bank } from './options.ts';
import { PERSONAS, personaById } from './personas/all.ts';
import type { Account } from './personas/persona.ts';

interface Accounts {
  accounts: Account[];
  inactivatedAccountIds: string[];
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const MONEY = /^-?\d+\.\d{2}$/;
const MONEY_MEMBERS = [
  'balance',
  'availableBalance',
  'availableCredit',
  'creditLimit',
  'paymentDueAmount',
  'minimumPaymentDue',
  'payoffBalance',
];
let bank: Bank;

beforeAll(async () => {
  bank = await startBank({ origin: 'http://localhost:0', clients: [CARD] });
});
afterAll(() => bank.close());

async function accountsOf(persona: string, query = ''): Promise<Accounts> {
  const client = new HandWrittenClient(bank);
  const { access_token: token } = await client.signIn({ login_hint: persona });
  const response = await client.api(`/users/${personaById(persona)?.userId}/accounts${query}`, token);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toMatch(/^application\/json/);
  return (await response.json()) as Accounts;
}

test('the envelope and the members every account of the bank has', async () => {
  const answer = await accountsOf('everyday');
  expect(Object.keys(answer).toSorted()).toEqual(['accounts', 'inactivatedAccountIds']);
  expect(answer.accounts).toHaveLength(4);
  for (const account of answer.accounts) {
    expect(account).toMatchObject({
      id: expect.stringMatching(/^[\da-f-]{36}$/),
      name: expect.any(String),
      numbers: expect.stringMatching(/^x\d{4}$/),
      fetchedDate: expect.stringMatching(INSTANT),
      accountStatus: 'Active',
      accountType: expect.any(String),
      accountSubType: expect.any(String),
      canCreatePayments: expect.any(Boolean),
      canTransferFrom: expect.any(Boolean),
      hasRewards: expect.any(Boolean),
      institution: { id: bank.institutionId, name: expect.any(String) },
      hidden: false,
      active: true,
      contributesToAggregateTotals: true,
      lowFundsAlertEnabled: expect.any(Boolean),
      sortIndex: expect.any(Number),
      balance: expect.stringMatching(MONEY),
      insuredStatus: expect.stringMatching(/^(fdicInsured|notFdicInsured|notApplicable)$/),
      formattedMetaData: { details: expect.any(Array), rewards: expect.any(Array) },
    });
    expect(account).not.toHaveProperty('currency');
    for (const member of MONEY_MEMBERS) {
      if (member in account) expect(account[member]).toMatch(MONEY);
    }
  }
});

test('the everyday customer has what a card likes to show', async () => {
  const [checking, savings, card, mortgage] = (await accountsOf('everyday')).accounts;
  expect(checking).toMatchObject({
    name: 'Everyday Checking',
    numbers: 'x1234',
    accountType: 'Deposit',
    accountSubType: 'Checking',
    balance: '1500.00',
    availableBalance: '1234.56',
    availableBalanceCalculationIncludes: { currentBalance: '1500.00', holdAmount: '265.44' },
    routingNumber: expect.stringMatching(/^\d{9}$/),
  });
  expect(savings).toMatchObject({ name: 'Rainy Day Savings', balance: '8310.20', regD: { count: 2 } });
  expect(card).toMatchObject({
    accountType: 'Line of Credit',
    balance: '790.10',
    minimumPaymentDue: '35.00',
    availableCredit: expect.stringMatching(MONEY),
    creditLimit: '5000.00',
  });
  expect(Date.parse(String(card?.['paymentDueDate']))).toBeGreaterThan(Date.now());
  expect(mortgage).toMatchObject({ accountType: 'Debt', accountSubType: 'Mortgage', interestRate: '3.875' });
});

test('one account alone is the same as in the list; an unknown one is not found', async () => {
  const client = new HandWrittenClient(bank);
  const { access_token: token } = await client.signIn();
  const path = `/users/${personaById('everyday')?.userId}/accounts`;
  const [first] = (await accountsOf('everyday')).accounts;
  expect(await (await client.api(`${path}/${first?.id}`, token)).json()).toEqual(first);
  const unknown = await client.api(`${path}/00000000-0000-4000-8000-000000000000`, token);
  expect(unknown.status).toBe(404);
});

test('the deprecated active=true leaves hidden accounts out', async () => {
  expect((await accountsOf('all-hidden')).accounts.every((account) => account['hidden'] === true)).toBe(true);
  expect((await accountsOf('all-hidden', '?active=true')).accounts).toEqual([]);
});

test('many has forty accounts of every usual kind, none has none', async () => {
  const { accounts } = await accountsOf('many');
  expect(accounts).toHaveLength(40);
  expect(new Set(accounts.map((account) => account.id)).size).toBe(40);
  expect(new Set(accounts.map((account) => account['accountType']))).toEqual(
    new Set(['Deposit', 'Line of Credit', 'Debt', 'Investment']),
  );
  expect(await accountsOf('none')).toEqual({ accounts: [], inactivatedAccountIds: [] });
});

test('only-external has nothing of this institution, refunded a card the bank owes money on', async () => {
  const { accounts } = await accountsOf('only-external');
  expect(accounts.length).toBeGreaterThan(0);
  expect(accounts.every(({ institution }) => JSON.stringify(institution).includes(bank.institutionId))).toBe(
    false,
  );
  const refunded = await accountsOf('refunded');
  expect(refunded.accounts).toContainEqual(
    expect.objectContaining({ accountType: 'Line of Credit', balance: '-5.22' }),
  );
});

test('odd has nulls, gaps, the unknown and the unshowable', async () => {
  const { accounts, inactivatedAccountIds } = await accountsOf('odd');
  expect(accounts).toContainEqual({ id: expect.any(String) });
  expect(accounts).toContainEqual(
    expect.objectContaining({ accountType: 'Some Future Type', balance: null, sortIndex: null }),
  );
  expect(accounts).toContainEqual(expect.objectContaining({ accountType: 'Bill Pay' }));
  expect(accounts).toContainEqual(expect.objectContaining({ accountType: 'Deposit', balance: null }));
  expect(accounts).toContainEqual(
    expect.objectContaining({
      accountStatus: 'Closed',
      closedAccountAvailableUntil: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
    }),
  );
  expect(accounts.some(({ id }) => inactivatedAccountIds.includes(id))).toBe(true);
});

test('hostile names arrive as they are', async () => {
  const names = (await accountsOf('hostile')).accounts.map((account) => String(account['name']));
  for (const part of ['<img src=x', '</script>', '\u202e', '   ', '{{7*7}}']) {
    expect(names.some((name) => name.includes(part))).toBe(true);
  }
  expect(names.some((name) => name.length === 300)).toBe(true);
});

test('every customer is somebody else', () => {
  expect(PERSONAS.length).toBeGreaterThanOrEqual(9);
  expect(new Set(PERSONAS.map(({ userId }) => userId)).size).toBe(PERSONAS.length);
});
