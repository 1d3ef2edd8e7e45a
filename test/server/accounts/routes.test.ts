/** The API as a page calls it: with its handle, its cookie, from its own origin; and how the bank's failures arrive. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ACCOUNTS_PATH, fixed, OIDC } from '../../hostile/hostile-bank.ts';
import { HOST, startTestCard, type TestCard } from '../../support/test-card.ts';

let card: TestCard;
beforeAll(async () => {
  card = await startTestCard();
});
afterAll(() => card.close());
beforeEach(() => {
  card.bank.answers.clear();
  card.clock.aheadMs = 0;
});

test('answers the account summary, asked with the customer’s own token', async () => {
  card.bank.accounts = {
    accounts: [
      {
        id: 'one',
        name: 'Everyday  Checking',
        numbers: '4000123412341234',
        accountType: 'Deposit',
        contributesToAggregateTotals: true,
        balance: '1500.00',
        availableBalance: '1234.56',
        interestRate: '0.50%',
        secret: 'never passed on',
      },
    ],
  };
  const { authorized } = await card.signIn();

  const response = await card.get('/api/accounts', { ...authorized, 'sec-fetch-site': 'same-origin' });
  const details = [{ label: null, meaning: 'interestRate', value: '0.50', kind: 'percentage' }];

  expect(response.statusCode).toBe(200);
  expect(response.json()).toMatchObject({
    headline: { amount: '1234.56', currency: 'USD', kind: 'available' },
    groups: [
      { kind: 'cash', accounts: [{ id: 'one', name: 'Everyday Checking', lastFour: '1234', details }] },
    ],
    order: ['one'],
    unreadableCount: 0,
  });
  expect(response.body).not.toContain('4000123412341234');
  expect(response.body).not.toContain('never passed on');
  const call = card.bank.requests.findLast(({ path }) => path === ACCOUNTS_PATH);
  expect(call?.headers.authorization).toBe('Bearer access.token.value');
  expect(call?.headers.cookie).toBeUndefined();
});

test('G01 no, malformed and unknown handles get the same answer', async () => {
  const handles = [
    undefined,
    'Bearer',
    'Bearer short',
    `Bearer ${'a'.repeat(43)}`,
    `Basic ${'a'.repeat(43)}`,
  ];
  const answers = await Promise.all(
    handles.map((authorization) =>
      card.get('/api/accounts', authorization === undefined ? {} : { authorization }),
    ),
  );

  const shapes = answers.map((answer) => ({ ...answer.json(), requestId: '' }));
  expect(new Set(shapes.map((shape) => JSON.stringify(shape))).size).toBe(1);
  expect(shapes[0]).toMatchObject({ code: 'SIGN_IN_REQUIRED', status: 401 });
});

test('G07 a handle in the query or a cookie is worth nothing', async () => {
  const { boot, cookie } = await card.signIn();

  const inQuery = await card.get(`/api/accounts?session=${boot.session}`, { cookie });
  const inCookie = await card.get('/api/accounts', { cookie: `${cookie}; session=${boot.session}` });

  expect([inQuery.statusCode, inCookie.statusCode]).toEqual([401, 401]);
});

test('G08 G09 a bound session needs its own binding cookie at every call', async () => {
  const { boot } = await card.signIn();
  const other = await card.begin();
  const authorization = `Bearer ${boot.session}`;

  const without = await card.get('/api/accounts', { authorization });
  const foreign = await card.get('/api/accounts', { authorization, cookie: other.cookie });

  expect([without.statusCode, foreign.statusCode]).toEqual([401, 401]);
});

test('a session ends with its access token', async () => {
  const { authorized } = await card.signIn();
  card.clock.aheadMs = 601_000;

  expect((await card.get('/api/accounts', authorized)).statusCode).toBe(401);
});

test.each(['cross-site', 'same-site', 'none'])('F15 Sec-Fetch-Site: %s is refused', async (site) => {
  const { authorized } = await card.signIn();

  const response = await card.get('/api/accounts', { ...authorized, 'sec-fetch-site': site });

  expect(response.statusCode).toBe(403);
  expect(response.headers['access-control-allow-origin']).toBeUndefined();
});

test.each(['null', 'https://bank.evil', `http://${HOST}:81`])('F14 Origin: %s is refused', async (origin) => {
  const { authorized } = await card.signIn();

  expect((await card.get('/api/accounts', { ...authorized, origin })).statusCode).toBe(403);
});

const bankFaults: [string, Parameters<typeof fixed>, number, string][] = [
  ['403', [403, '{}'], 403, 'NOT_PERMITTED'],
  ['429', [429, '', { 'retry-after': '1000000000' }], 429, 'TOO_MANY_REQUESTS'],
  ['500', [500, ''], 502, 'BANK_UNAVAILABLE'],
  ['503', [503, '<p>maintenance</p>'], 502, 'BANK_UNAVAILABLE'],
  ['HTML', [200, '<p>hello</p>', { 'content-type': 'text/html' }], 502, 'BANK_UNEXPECTED'],
  ['cut JSON', [200, '{"accounts":[{"id":'], 502, 'BANK_UNEXPECTED'],
  ['redirect', [302, '', { location: 'http://127.0.0.1:1/' }], 502, 'BANK_UNEXPECTED'],
];
test.each(bankFaults)(
  'the bank’s %s is a problem, and the session stays',
  async (_name, answer, status, code) => {
    const { authorized } = await card.signIn();
    card.bank.answers.set(ACCOUNTS_PATH, fixed(...answer));

    const response = await card.get('/api/accounts', authorized);

    expect(response.statusCode).toBe(status);
    expect(response.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(response.json()).toMatchObject({ code, status, type: 'about:blank' });
    if (status === 429) expect(response.headers['retry-after']).toBe('60');
    card.bank.answers.clear();
    expect((await card.get('/api/accounts', authorized)).statusCode).toBe(200);
  },
);

test('the bank’s 401 ends the session, asked once', async () => {
  const { authorized } = await card.signIn();
  card.bank.answers.set(ACCOUNTS_PATH, fixed(401, '{}'));
  const before = card.bank.requests.length;

  const response = await card.get('/api/accounts', authorized);

  expect(response.json()).toMatchObject({ code: 'SIGN_IN_REQUIRED' });
  expect(card.bank.requests).toHaveLength(before + 1);
  card.bank.answers.clear();
  expect((await card.get('/api/accounts', authorized)).statusCode).toBe(401);
});

test('the bank’s 404 is an empty list', async () => {
  const { authorized } = await card.signIn();
  card.bank.answers.set(ACCOUNTS_PATH, fixed(404));

  expect((await card.get('/api/accounts', authorized)).json()).toMatchObject({ groups: [], headline: null });
});

test('G17 ending the session works, and works twice', async () => {
  const { authorized } = await card.signIn();
  const end = () =>
    card.app.inject({ method: 'DELETE', url: '/api/session', headers: { host: HOST, ...authorized } });

  expect((await end()).statusCode).toBe(204);
  expect((await card.get('/api/accounts', authorized)).statusCode).toBe(401);
  expect((await end()).statusCode).toBe(204);
});

test('with offline access: renewed at 80 % of its life, one renewal for many calls, revoked at the end', async () => {
  const offline = await startTestCard({ OFFLINE_ACCESS: 'true' });
  offline.bank.tokenAnswer = { refresh_token: 'refresh-1' };
  const { authorized, url } = await offline.signIn();
  expect(url.searchParams.get('scope')).toContain('consumer/auth/offline_access');
  offline.clock.aheadMs = 500_000;
  offline.bank.tokenAnswer = {
    refresh_token: 'refresh-2',
    access_token: 'renewed.access.token',
    id_token: undefined,
  };

  const calls = await Promise.all(Array.from({ length: 8 }, () => offline.get('/api/accounts', authorized)));

  expect(calls.map(({ statusCode }) => statusCode)).toEqual(Array(8).fill(200));
  const refreshes = offline.bank.requests.filter(({ body }) => body.includes('grant_type=refresh_token'));
  expect(refreshes).toHaveLength(1);
  const call = offline.bank.requests.findLast(({ path }) => path === ACCOUNTS_PATH);
  expect(call?.headers.authorization).toBe('Bearer renewed.access.token');
  await offline.app.inject({ method: 'DELETE', url: '/api/session', headers: { host: HOST, ...authorized } });
  const revocation = offline.bank.requests.findLast(({ path }) => path === `${OIDC}/token/revocation`);
  expect(revocation?.body).toContain('token=refresh-2');
  await offline.close();
});
