/** Too many requests, the bank's word or our own: whoever is refused learns how long to wait, wherever it is told. */
import type { LightMyRequestResponse } from 'fastify';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ACCOUNTS_PATH, fixed, json, OIDC, SUBJECT } from '../../hostile/hostile-bank.ts';
import { bootOf, FRAMED, HOST, startTestCard, type TestCard } from '../../support/test-card.ts';

const USER = `/a/consumer/api/v0/users/${SUBJECT}`;
const SCOPES = ['accounts.readonly', 'transactions.detail.readonly'];
const BUSY = fixed(429, '', { 'retry-after': '45' });
const REFUSED = { code: 'TOO_MANY_REQUESTS', status: 429, retryAfterSeconds: 45 };

let card: TestCard;
beforeAll(async () => {
  card = await startTestCard({ TRANSACTIONS: 'true' });
  const scope = SCOPES.map((name) => `https://api.banno.com/consumer/auth/${name}`);
  card.bank.tokenAnswer = { scope: ['openid', 'profile', ...scope].join(' ') };
});
afterAll(() => card.close());
beforeEach(() => card.bank.answers.clear());

function refresh(authorized: Record<string, string>): Promise<LightMyRequestResponse> {
  const headers = { host: HOST, origin: `http://${HOST}`, ...authorized };
  return card.app.inject({ method: 'POST', url: '/api/accounts/refresh', headers });
}

/** A request from an address that stands for nobody else. */
function from(remoteAddress: string, url: string): Promise<LightMyRequestResponse> {
  return card.app.inject({ url, remoteAddress, headers: { host: HOST, ...FRAMED } });
}

test.each([
  ['its accounts', ACCOUNTS_PATH],
  ['its token endpoint', `${OIDC}/token`],
])('a bank too busy at %s: said in card-boot', async (_name, path) => {
  card.bank.answers.set(path, BUSY);

  expect((await card.signIn()).boot.problem).toMatchObject(REFUSED);
});

test('a bank that is too busy to be discovered: said in the problem page and its header', async () => {
  const fresh = await startTestCard();
  fresh.bank.answers.set(`${OIDC}/.well-known/openid-configuration`, BUSY);

  const response = await fresh.get('/auth', FRAMED);

  expect(response.statusCode).toBe(429);
  expect(response.headers['retry-after']).toBe('45');
  expect(bootOf(response).problem).toMatchObject(REFUSED);
  await fresh.close();
});

test.each([
  ['accounts', ACCOUNTS_PATH, '/api/accounts'],
  ['transactions', `${ACCOUNTS_PATH}/one/transactions`, '/api/accounts/one/transactions'],
])('a bank too busy for %s: said in the answer, asked and logged once', async (_name, path, url) => {
  const { authorized } = await card.signIn();
  card.bank.answers.set(path, BUSY);
  const [asked, logged] = [card.bank.requests.length, card.logs.length];

  const response = await card.get(url, authorized);

  expect(response.json()).toMatchObject(REFUSED);
  expect(response.headers['retry-after']).toBe('45');
  expect(card.bank.requests.slice(asked).filter((request) => request.path === path)).toHaveLength(1);
  const lines = card.logs.slice(logged).map((line) => JSON.parse(line) as { level: number; msg: string });
  expect(lines.filter(({ msg }) => msg === 'consumer api call')).toHaveLength(1);
  expect(lines.filter(({ level }) => level > 30)).toEqual([]);
  card.bank.answers.clear();
  expect((await card.get('/api/accounts', authorized)).statusCode).toBe(200);
});

test('a bank too busy to refresh: said in the answer', async () => {
  const { authorized } = await card.signIn();
  card.bank.answers.set(`${USER}/fetch`, BUSY);

  expect((await refresh(authorized)).json()).toMatchObject(REFUSED);
});

test('a bank too busy to tell of its task is not asked for more of it', async () => {
  const { authorized } = await card.signIn();
  let polls = 0;
  card.bank.answers.set(`${USER}/fetch`, (_request, response) => json(response, { taskId: 'task-1' }));
  card.bank.answers.set(`${USER}/tasks/task-1`, (request, response, body) => {
    polls += 1;
    if (polls > 1) return BUSY(request, response, body);
    return json(response, { version: 1, events: [{ type: 'TaskStarted' }] });
  });

  const lines = (await refresh(authorized)).body.trimEnd().split('\n');

  expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ type: 'summary', complete: false });
  expect(polls).toBe(2);
});

test.each([
  ['0', 1],
  ['86400', 60],
  ['Sat, 01 Jan 2050 00:00:00 GMT', 60],
  ['Thu, 01 Jan 1970 00:00:00 GMT', 1],
  ['soon', undefined],
])('Retry-After: %s is %j seconds', async (header, retryAfterSeconds) => {
  card.bank.answers.set(ACCOUNTS_PATH, fixed(429, '', { 'retry-after': header }));

  const { boot } = await card.signIn();

  expect([boot.problem?.code, boot.problem?.retryAfterSeconds]).toEqual([
    'TOO_MANY_REQUESTS',
    retryAfterSeconds,
  ]);
});

test.each([
  ['192.0.2.1', '/auth', 20],
  ['192.0.2.2', '/expanded', 20],
  ['192.0.2.3', '/auth/callback?state=x', 20],
])('our own limit, from %s at %s: said in the page and its header', async (address, url, limit) => {
  for (let count = 0; count < limit; count += 1) expect((await from(address, url)).statusCode).not.toBe(429);

  const response = await from(address, url);

  const { problem } = bootOf(response);
  expect(problem).toMatchObject({ code: 'TOO_MANY_REQUESTS', status: 429 });
  expect(problem?.retryAfterSeconds).toBeGreaterThan(0);
  expect(problem?.retryAfterSeconds).toBeLessThanOrEqual(60);
  expect(response.headers['retry-after']).toBe(`${problem?.retryAfterSeconds}`);
});

test('our own limit at the API: said in the answer', async () => {
  const { authorized } = await card.signIn();
  card.bank.answers.set(`${USER}/fetch`, fixed(403));
  for (let count = 0; count < 4; count += 1) expect((await refresh(authorized)).statusCode).toBe(403);

  const response = await refresh(authorized);

  const { code, retryAfterSeconds } = response.json();
  expect(code).toBe('TOO_MANY_REQUESTS');
  expect(retryAfterSeconds).toBeGreaterThan(0);
  expect(response.headers['retry-after']).toBe(`${retryAfterSeconds}`);
});
