/** `GET .../transactions`: the envelope, the members, pages and spans. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startBank } from './bank.ts';
import { CARD, HandWrittenClient, SCOPE_PREFIX } from './hand-written-client.ts';
import type { Bank } from './options.ts';
import { accountIdOf } from './personas/account.ts';
import { everyday } from './personas/everyday.ts';
import { many } from './personas/many.ts';
import { odd } from './personas/odd.ts';
import type { Transaction } from './personas/persona.ts';

interface Page {
  transactions: Transaction[];
  [member: string]: unknown;
}

let bank: Bank;
let client: HandWrittenClient;
let token: string;
const scope = `openid ${SCOPE_PREFIX}transactions.detail.readonly`;

beforeAll(async () => {
  bank = await startBank({ origin: 'http://localhost:0', clients: [CARD] });
  client = new HandWrittenClient(bank);
  token = (await client.signIn({ scope })).access_token;
});
afterAll(() => bank.close());

const ask = (query: string) =>
  client.api(
    `/users/${everyday.userId}/accounts/${accountIdOf(everyday.userId, 1)}/transactions${query}`,
    token,
  );
const read = async (query = '') => (await (await ask(query)).json()) as Page;

test('the envelope and the members of a transaction', async () => {
  const page = await read();
  expect(page).toMatchObject({
    inactivatedTransactionIds: [],
    offset: 0,
    account: { accountType: 'Deposit', accountSubType: 'Checking' },
  });
  expect(Object.keys(page).toSorted()).toEqual([
    'account',
    'inactivatedTransactionIds',
    'limit',
    'offset',
    'transactions',
  ]);
  expect(page['limit']).toEqual(expect.any(Number));
  for (const transaction of page.transactions) {
    expect(transaction).toMatchObject({
      id: expect.any(String),
      accountId: accountIdOf(everyday.userId, 1),
      amount: expect.stringMatching(/^-?\d+\.\d{2}$/),
      currency: 'USD',
      memo: expect.any(String),
      filteredMemo: expect.any(String),
      displayName: expect.any(String),
      date: expect.any(String),
      pendingStatus: expect.stringMatching(/^(Pending|Reconciled)$/),
      sequence: expect.any(Number),
      lastUpdated: expect.any(String),
      enrichments: { cleanMemo: expect.any(String) },
    });
  }
  const ids = page.transactions.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});

test('pending ones come first and have no posted date; posted ones have one and a running balance', async () => {
  const { transactions } = await read();
  const statuses = transactions.map((transaction) => transaction['pendingStatus']);
  expect(statuses).toEqual(statuses.toSorted());
  expect(new Set(statuses).size).toBe(2);
  const posted = transactions.filter(({ datePosted }) => datePosted !== undefined);
  expect(posted.map(({ datePosted }) => datePosted)).toEqual(
    posted
      .map(({ datePosted }) => datePosted)
      .toSorted()
      .toReversed(),
  );
  expect(posted[0]).toMatchObject({ pendingStatus: 'Reconciled', runningBalance: '1500.00' });
});

test('offset and limit page through without gaps', async () => {
  const { transactions } = await read();
  const first = await read('?offset=0&limit=3');
  const second = await read('?offset=3&limit=3');
  expect([...first.transactions, ...second.transactions]).toEqual(transactions.slice(0, 6));
  expect(second).toMatchObject({ offset: 3, limit: 3 });
  expect((await read('?offset=9999&limit=3')).transactions).toEqual([]);
});

test('since and until are inclusive on the posted date; updatedSince goes by the last change', async () => {
  const { transactions } = await read();
  const at = transactions.find(({ datePosted }) => datePosted !== undefined)?.datePosted ?? '';
  const only = await read(`?since=${at}&until=${at}`);
  expect(only.transactions.map(({ datePosted }) => datePosted)).toEqual([at]);
  const updated = await read(`?updatedSince=${at}`);
  expect(updated.transactions).toEqual(transactions.filter(({ lastUpdated }) => lastUpdated >= at));
});

test.each([
  '?limit=501',
  '?limit=x',
  '?offset=-1',
  '?since=yesterday',
  '?updatedSince=2026-01-01T00:00:00Z&since=2026-01-01T00:00:00Z',
])('%s is a bad request', async (query) => {
  expect((await ask(query)).status).toBe(400);
});

test('limit=500 is allowed, and a long history goes on after it', async () => {
  const { access_token: manyToken } = await client.signIn({ scope, login_hint: 'many' });
  const page = async (query: string) => {
    const path = `/users/${many.userId}/accounts/${accountIdOf(many.userId, 1)}/transactions${query}`;
    return (await (await client.api(path, manyToken)).json()) as Page;
  };
  const dates = [await page('?limit=500'), await page('?offset=500&limit=500')].flatMap(({ transactions }) =>
    transactions.map(({ date }) => date),
  );
  expect(dates).toHaveLength(600);
  expect(dates).toEqual(dates.toSorted().toReversed());
});

test('an account that never had any has no such member; an unknown account is not found', async () => {
  const { access_token: oddToken } = await client.signIn({ scope, login_hint: 'odd' });
  const path = (number: number) =>
    `/users/${odd.userId}/accounts/${accountIdOf(odd.userId, number)}/transactions`;
  expect(await (await client.api(path(4), oddToken)).json()).not.toHaveProperty('transactions');
  expect(await (await client.api(path(5), oddToken)).json()).toHaveProperty('transactions', []);
  expect((await client.api(path(99), oddToken)).status).toBe(404);
});
