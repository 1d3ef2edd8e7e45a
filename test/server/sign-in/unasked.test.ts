/** What a bank gives although nobody asked for it: permissions, a refresh token, names that turn a line around. */
import { expect, test } from 'vitest';
import { json, SUBJECT } from '../../hostile/hostile-bank.ts';
import { startCard } from '../../support/account-wire.ts';
import { startTwo } from '../../support/two-institutions.ts';

const SCOPES = ['accounts.readonly', 'transactions.detail.readonly', 'offline_access'];
const ALL = `openid profile ${SCOPES.map((name) => `https://api.banno.com/consumer/auth/${name}`).join(' ')}`;
const TRANSACTIONS = `/a/consumer/api/v0/users/${SUBJECT}/accounts/one/transactions`;

test('transactions that this deployment does not want are not read, whatever the bank grants', async () => {
  const card = await startCard();
  card.bank.tokenAnswer = { scope: ALL };
  card.bank.answers.set(TRANSACTIONS, (_request, response) => json(response, { transactions: [] }));
  const { boot, authorized } = await card.signIn();

  const response = await card.get('/api/accounts/one/transactions', authorized);

  expect(boot).toMatchObject({ features: { transactions: false, transactionsRefused: false } });
  expect([response.statusCode, response.json().code]).toEqual([403, 'NOT_PERMITTED']);
  expect(card.bank.requests.filter(({ path }) => path === TRANSACTIONS)).toEqual([]);
});

test('a session from before transactions were switched off reads none any more', async () => {
  const { app, one } = await startTwo('a host each', { transactions: true });
  one.bank.tokenAnswer = { scope: ALL };
  one.bank.answers.set(TRANSACTIONS, (_request, response) => json(response, { transactions: [] }));
  const { authorized } = await one.signIn();
  expect((await one.get('/api/accounts/one/transactions', authorized)).statusCode).toBe(200);

  app.replaceInstitutions([{ ...one.institution, transactions: false }]);

  expect((await one.get('/api/accounts/one/transactions', authorized)).statusCode).toBe(403);
  expect((await one.get('/api/accounts', authorized)).statusCode).toBe(200);
});

test('a refresh token that nobody asked for makes no session longer than its access token', async () => {
  const card = await startCard();
  card.bank.tokenAnswer = { scope: ALL, refresh_token: 'unasked', expires_in: 60 };
  const { authorized } = await card.signIn();
  expect((await card.get('/api/accounts', authorized)).statusCode).toBe(200);

  card.clock.aheadMs = 61_000;

  expect((await card.get('/api/accounts', authorized)).statusCode).toBe(401);
  expect(card.bank.requests.filter(({ body }) => body.includes('unasked'))).toEqual([]);
});

test.each([
  ['\u202eyrevA\u2066', 'yrevA'],
  ['Ave\u0000ry\r\n', 'Ave ry'],
  ['A\ud800', 'A\ufffd'],
  ['A'.repeat(101), null],
  [' ', null],
  [['Avery'], null],
  [{ first: 'Avery' }, null],
  [7, null],
  ['\u202eyrevA\u2069\u202e', 'yrevA'],
  ['\u200b\u3164', null],
])('the given name %j greets as %j', async (claim, givenName) => {
  const card = await startCard();
  card.bank.idToken = { claims: { given_name: claim } };

  expect((await card.signIn()).boot.customer).toEqual({ givenName });
});

test.each([
  ['es_MX', 'es-MX'],
  ['EN-us', 'en-US'],
  ['en-US-posix', 'en-US'],
  ['es-MX-u-nu-arab', 'es-MX'],
  ['en-x-private', 'en'],
  ['de', 'en-US'],
  ['__proto__', 'en-US'],
  [['es'], 'en-US'],
])('a customer of the locale %j reads %s', async (locale, read) => {
  const card = await startCard();
  card.bank.idToken = { claims: { locale } };

  expect((await card.signIn()).boot.locale).toBe(read);
});
