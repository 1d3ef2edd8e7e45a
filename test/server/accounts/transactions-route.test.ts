/** Transactions over the API: only where switched on and granted, only by an id, only the customer's own. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ACCOUNTS_PATH, fixed, json } from '../../hostile/hostile-bank.ts';
import { startTestCard, type TestCard } from '../../support/test-card.ts';

const SCOPE = 'https://api.banno.com/consumer/auth/transactions.detail.readonly';
const GRANTED = `openid profile https://api.banno.com/consumer/auth/accounts.readonly ${SCOPE}`;

let card: TestCard;
beforeAll(async () => {
  card = await startTestCard({ TRANSACTIONS: 'true' });
});
afterAll(() => card.close());
beforeEach(() => {
  card.bank.answers.clear();
  card.bank.tokenAnswer = { scope: GRANTED };
});

test('answers the newest transactions, and the page knows that it may ask', async () => {
  const { url, boot, authorized } = await card.signIn();
  card.bank.answers.set(`${ACCOUNTS_PATH}/account-1/transactions`, (_request, response) =>
    json(response, {
      transactions: [{ id: 't-1', amount: '-4.50', datePosted: '2026-11-20', memo: 'Bakery' }],
    }),
  );

  const response = await card.get('/api/accounts/account-1/transactions', authorized);

  expect(url.searchParams.get('scope')).toContain(SCOPE);
  expect(boot).toMatchObject({ features: { transactions: true, transactionsRefused: false } });
  expect(response.json()).toEqual({
    transactions: [
      {
        id: 't-1',
        on: '2026-11-20',
        description: 'Bakery',
        amount: { amount: '-4.50', currency: 'USD' },
        isPending: false,
        category: null,
      },
    ],
    next: null,
  });
});

test('D14 what the institution did not grant is not asked for, and the page knows that it was refused', async () => {
  card.bank.tokenAnswer = {};
  const { boot, authorized } = await card.signIn();
  const before = card.bank.requests.length;

  const response = await card.get('/api/accounts/account-1/transactions', authorized);

  expect(boot).toMatchObject({ features: { transactions: false, transactionsRefused: true } });
  expect(response.json()).toMatchObject({ code: 'NOT_PERMITTED', status: 403 });
  expect(card.bank.requests).toHaveLength(before);
});

test('what the deployment does not ask for is nobody’s refusal', async () => {
  const withoutTransactions = await startTestCard();

  const { url, boot } = await withoutTransactions.signIn();

  expect(url.searchParams.get('scope')).not.toContain(SCOPE);
  expect(boot).toMatchObject({ features: { transactions: false, transactionsRefused: false } });
  await withoutTransactions.close();
});

test.each(['..%2Fusers%2Fother', '%2e%2e', 'a%20b', 'a'.repeat(101), 'ä', "1'OR'1"])(
  'F07 the id %s never reaches the bank',
  async (id) => {
    const { authorized } = await card.signIn();
    const before = card.bank.requests.length;

    const response = await card.get(`/api/accounts/${id}/transactions`, authorized);

    expect([400, 404]).toContain(response.statusCode);
    expect(card.bank.requests).toHaveLength(before);
  },
);

test('F08 an account of somebody else is as unknown as any', async () => {
  const { authorized } = await card.signIn();
  card.bank.answers.set(`${ACCOUNTS_PATH}/of-another/transactions`, fixed(404));

  const response = await card.get('/api/accounts/of-another/transactions', authorized);

  expect(response.json()).toMatchObject({ code: 'NOT_FOUND', status: 404 });
});

test.each([
  'offset=-1',
  'offset=x',
  'offset=',
  'offset=1&offset=2',
  'offset=1e3',
  'offset=1.5',
  'offset=%201',
  'offset=0x10',
  'offset=1000001',
  'offset=00000001',
])('refuses ?%s', async (query) => {
  const { authorized } = await card.signIn();

  expect((await card.get(`/api/accounts/account-1/transactions?${query}`, authorized)).statusCode).toBe(400);
});

test.each([
  ['', '0'],
  ['?offset=0', '0'],
  ['?offset=1000000', '1000000'],
  ['?more=1&offset=100', '100'],
])('asks the bank for what %j asks for', async (query, offset) => {
  const { authorized } = await card.signIn();
  const asked: (string | null)[] = [];
  card.bank.answers.set(`${ACCOUNTS_PATH}/account-1/transactions`, ({ url }, response) => {
    asked.push(new URL(`http://bank${url}`).searchParams.get('offset'));
    return json(response, { transactions: [] });
  });

  await card.get(`/api/accounts/account-1/transactions${query}`, authorized);

  expect(asked[0]).toBe(offset);
});

test('G01 needs a handle', async () => {
  expect((await card.get('/api/accounts/account-1/transactions')).statusCode).toBe(401);
});
