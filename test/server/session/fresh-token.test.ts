/** Renewal of tokens at the bank: who may renew, what ends a session, and what a bank in trouble may not end. */
import { generateKeyPair } from 'jose';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { ACCOUNTS_PATH, CLIENT, fixed, json, OIDC } from '../../hostile/hostile-bank.ts';
import { HOST, type SignedIn, startTestCard, type TestCard } from '../../support/test-card.ts';

let card: TestCard;
let page: SignedIn;
beforeEach(async () => {
  card = await startTestCard({ OFFLINE_ACCESS: 'true' });
  card.bank.tokenAnswer = { refresh_token: 'refresh-1' };
  page = await card.signIn();
  card.bank.tokenAnswer = { refresh_token: 'refresh-2', access_token: 'renewed.access.token' };
  // Past 80 % of the 600 s.
  card.clock.aheadMs = 500_000;
});
afterEach(() => card.close());

const summary = () => card.get('/api/accounts', page.authorized);
const logout = () =>
  card.app.inject({ method: 'DELETE', url: '/api/session', headers: { host: HOST, ...page.authorized } });
const refreshes = () => card.bank.requests.filter(({ body }) => body.includes('grant_type=refresh_token'));
const revoked = () =>
  card.bank.requests
    .filter(({ path }) => path === `${OIDC}/token/revocation`)
    .map(({ body }) => new URLSearchParams(body).get('token'));
const oauthError = (error: string) =>
  fixed(400, JSON.stringify({ error }), { 'content-type': 'application/json' });

test('H06 invalid_grant ends the session, once', async () => {
  card.bank.answers.set(`${OIDC}/token`, oauthError('invalid_grant'));

  const calls = await Promise.all([summary(), summary(), summary()]);

  expect(calls.map((call) => call.statusCode)).toEqual([401, 401, 401]);
  expect(calls[0]?.json()).toMatchObject({ code: 'SIGN_IN_REQUIRED' });
  expect(refreshes()).toHaveLength(1);
  card.bank.answers.clear();
  expect((await summary()).statusCode).toBe(401);
  expect(refreshes()).toHaveLength(1);
});

const troubles: [string, ReturnType<typeof fixed>][] = [
  ['answers 503', fixed(503)],
  ['answers 500', fixed(500, '<p>oops</p>')],
  ['answers 429', fixed(429, '', { 'retry-after': '3' })],
  ['resets the connection', (request) => void request.socket.destroy()],
  ['answers HTML', fixed(200, '<p>maintenance</p>', { 'content-type': 'text/html' })],
];
test.each(troubles)(
  'H05 a bank that %s at the refresh costs nothing while the token lives',
  async (_name, answer) => {
    card.bank.answers.set(`${OIDC}/token`, answer);

    expect((await summary()).statusCode).toBe(200);
    card.clock.aheadMs = 601_000;
    expect((await summary()).statusCode).not.toBe(401);
    card.bank.answers.clear();
    expect((await summary()).statusCode).toBe(200);
  },
);

const forgeries: [string, () => Promise<TestCard['bank']['idToken']>][] = [
  ['B01 with a foreign signature', async () => ({ key: (await generateKeyPair('ES256')).privateKey })],
  [
    'B03 signed with the client secret',
    async () => ({ header: { alg: 'HS256' }, key: new TextEncoder().encode(CLIENT.secret) }),
  ],
  ['B13 of another issuer', async () => ({ claims: { iss: 'https://evil.example/oidc' } })],
  ['B14 for another client', async () => ({ claims: { aud: 'another-client' } })],
  ['H07 of another customer', async () => ({ claims: { sub: 'another-customer' } })],
  ['B19 of last week', async () => ({ claims: { iat: Math.floor(Date.now() / 1_000) - 604_800 } })],
  ['B24 with a foreign at_hash', async () => ({ claims: { at_hash: 'AAAAAAAAAAAAAAAAAAAAAA' } })],
];
test.each(forgeries)('a refresh that brings an ID token %s ends the session', async (_name, forgery) => {
  card.bank.idToken = await forgery();

  expect((await summary()).json()).toMatchObject({ code: 'SIGN_IN_REQUIRED' });

  card.bank.idToken = {};
  expect((await summary()).statusCode).toBe(401);
  expect(
    card.bank.requests.some(({ headers }) => headers.authorization === 'Bearer renewed.access.token'),
  ).toBe(false);
});

test('H07 no new refresh token: the old one stays in use', async () => {
  card.bank.tokenAnswer = { id_token: undefined, access_token: 'renewed.access.token' };
  expect((await summary()).statusCode).toBe(200);

  card.clock.aheadMs = 1_000_000;
  expect((await summary()).statusCode).toBe(200);

  expect(refreshes().map(({ body }) => new URLSearchParams(body).get('refresh_token'))).toEqual([
    'refresh-1',
    'refresh-1',
  ]);
});

test('H07 a refresh with fewer scopes leaves what is left of them', async () => {
  const all = 'openid https://api.banno.com/consumer/auth/accounts.readonly';
  const transactions = 'https://api.banno.com/consumer/auth/transactions.detail.readonly';
  const richer = await startTestCard({ OFFLINE_ACCESS: 'true', TRANSACTIONS: 'true' });
  onTestFinished(() => richer.close());
  richer.bank.tokenAnswer = { refresh_token: 'refresh-1', scope: `${all} ${transactions}` };
  const { authorized } = await richer.signIn();
  const listed = () => richer.get('/api/accounts/account-1/transactions', authorized);
  expect((await listed()).json().code).not.toBe('NOT_PERMITTED');

  richer.bank.tokenAnswer = { id_token: undefined, scope: all };
  richer.clock.aheadMs = 500_000;

  expect((await listed()).json().code).toBe('NOT_PERMITTED');
  expect((await richer.get('/api/accounts', authorized)).statusCode).toBe(200);
  // It does not come back by itself, either: absent means as before (RFC 6749 section 6).
  richer.bank.tokenAnswer = { id_token: undefined, scope: undefined };
  richer.clock.aheadMs = 1_000_000;
  expect((await listed()).json().code).toBe('NOT_PERMITTED');
});

test('H08 G17 logout during the refresh: nothing comes back, and the new refresh token is revoked', async () => {
  const asked = Promise.withResolvers<() => void>();
  card.bank.answers.set(`${OIDC}/token`, (_request, response) =>
    asked.resolve(() =>
      json(response, {
        access_token: 'renewed',
        token_type: 'Bearer',
        expires_in: 600,
        refresh_token: 'refresh-2',
      }),
    ),
  );
  const call = summary();
  const answer = await asked.promise;

  expect((await logout()).statusCode).toBe(204);
  answer();

  expect((await call).statusCode).toBe(401);
  await expect.poll(revoked).toEqual(['refresh-1', 'refresh-2']);
  expect((await summary()).statusCode).toBe(401);
});

test('E01 H01 calls that meet the bank’s 401 one after the other share one renewal', async () => {
  card.clock.aheadMs = 0;
  const first = Promise.withResolvers<() => void>();
  card.bank.answers.set(ACCOUNTS_PATH, (request, response) => {
    if (request.headers.authorization === 'Bearer renewed.access.token')
      return json(response, card.bank.accounts);
    const refuse = () => void response.writeHead(401).end();
    if (card.bank.requests.filter(({ path }) => path === ACCOUNTS_PATH).length === 2)
      return first.resolve(refuse);
    refuse();
  });

  const user = ACCOUNTS_PATH.replace('/accounts', '');
  card.bank.answers.set(`${user}/fetch`, fixed(200, '{"taskId":"task-1"}'));
  card.bank.answers.set(`${user}/tasks/task-1`, fixed(200, '{"version":1,"events":[{"type":"TaskEnded"}]}'));

  const slow = summary();
  const refuseSlow = await first.promise;
  // Reads that wait at the same time are one; what ends a refresh is a read of its own.
  const headers = { host: HOST, origin: `http://${HOST}`, ...page.authorized };
  const refresh = await card.app.inject({ method: 'POST', url: '/api/accounts/refresh', headers });
  expect(refresh.body).toContain('"type":"summary"');
  refuseSlow();

  expect((await slow).statusCode).toBe(200);
  expect(refreshes()).toHaveLength(1);
});

test('G14 G15 use keeps a session past its idle time, and nothing keeps it past an hour', async () => {
  card.bank.tokenAnswer = { id_token: undefined, refresh_token: 'refresh-2' };
  const statuses: number[] = [];
  for (const minute of [6, 12, 18, 27, 36, 45, 54, 59.9, 60.1]) {
    card.clock.aheadMs = minute * 60_000;
    statuses.push((await summary()).statusCode);
  }

  expect(statuses).toEqual([200, 200, 200, 200, 200, 200, 200, 200, 401]);
});

test('G14 ten minutes without a call end a session', async () => {
  card.clock.aheadMs = 300_000;
  expect((await summary()).statusCode).toBe(200);
  card.clock.aheadMs = 300_000 + 601_000;

  expect((await summary()).statusCode).toBe(401);
});
