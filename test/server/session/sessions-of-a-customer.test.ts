/** A customer's sessions from sign-in to their end: always new ones, not too many, and none that comes back. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ACCOUNTS_PATH, json, SUBJECT } from '../../hostile/hostile-bank.ts';
import { bootOf, callbackUrl, FRAMED, HOST, startTestCard, type TestCard } from '../../support/test-card.ts';

let card: TestCard;
beforeEach(async () => {
  card = await startTestCard({ OFFLINE_ACCESS: 'true', TRANSACTIONS: 'true' });
  card.bank.tokenAnswer = { refresh_token: 'refresh-1' };
});
afterEach(() => card.close());

const OTHER_SUBJECT = `${SUBJECT}-2`;

/** A sign-in of a browser that already has this cookie; what its API calls carry. */
async function signInWith(cookie: string, headers: Record<string, string> = {}) {
  const { state, response } = await card.begin({ ...FRAMED, ...headers, cookie });
  const callback = await card.get(callbackUrl(state, card.bank), { ...FRAMED, ...headers, cookie });
  const { session } = bootOf(callback);
  return { session, response, authorized: { authorization: `Bearer ${session}`, cookie } };
}
const statusOf = async (headers: Record<string, string>) =>
  (await card.get('/api/accounts', headers)).statusCode;
const logout = (headers: Record<string, string>) =>
  card.app.inject({ method: 'DELETE', url: '/api/session', headers: { host: HOST, ...headers } });

test('G13 a handle and a binding cookie that were planted before the sign-in are worth nothing', async () => {
  const planted = 'P'.repeat(43);
  const cookie = `__Host-card=${planted}`;
  const plantedHandle = { authorization: `Bearer ${planted}` };

  const first = await signInWith(cookie, plantedHandle);
  const second = await signInWith(cookie, plantedHandle);

  for (const { session } of [first, second]) expect(session).toMatch(/^[\w-]{43}$/);
  expect(new Set([first.session, second.session, planted]).size).toBe(3);
  expect(await statusOf({ ...plantedHandle, cookie })).toBe(401);
  expect(await statusOf({ cookie })).toBe(401);
  expect([await statusOf(first.authorized), await statusOf(second.authorized)]).toEqual([200, 200]);
});

test('G13 who planted the cookie reads only as themselves, with their own handle', async () => {
  const cookie = `__Host-card=${'P'.repeat(43)}`;
  card.bank.idToken = { claims: { sub: OTHER_SUBJECT } };
  const attackers = { accounts: [{ id: 'attackers', accountType: 'Deposit', balance: '1.00' }] };
  card.bank.answers.set(ACCOUNTS_PATH.replace(SUBJECT, OTHER_SUBJECT), (_request, response) =>
    json(response, attackers),
  );
  const attacker = await signInWith(cookie);
  card.bank.idToken = {};
  card.bank.accounts = { accounts: [{ id: 'victims', accountType: 'Deposit', balance: '2.00' }] };
  const victim = await signInWith(cookie);

  expect((await card.get('/api/accounts', attacker.authorized)).json()).toMatchObject({
    order: ['attackers'],
  });
  expect((await card.get('/api/accounts', victim.authorized)).json()).toMatchObject({ order: ['victims'] });
});

test.each(['planted', 'P'.repeat(42), 'P'.repeat(44), `${'P'.repeat(42)}%`, ''])(
  'G13 a planted cookie of another form (%j) is replaced at once, and no session is bound to it',
  async (value) => {
    const cookie = `__Host-card=${value}`;
    const { response, state } = await card.begin({ ...FRAMED, cookie });

    const own = String(response.headers['set-cookie']).split(';')[0] ?? '';
    expect(own).toMatch(/^__Host-card=[\w-]{43}$/);
    expect((await card.get(callbackUrl(state, card.bank), { ...FRAMED, cookie })).statusCode).toBe(303);
    const callback = await card.get(callbackUrl(state, card.bank), { ...FRAMED, cookie: own });
    const authorization = `Bearer ${bootOf(callback).session}`;
    expect([
      await statusOf({ authorization, cookie }),
      await statusOf({ authorization, cookie: own }),
    ]).toEqual([401, 200]);
  },
);

test('G14 only calls keep a session alive: neither pages nor other sessions of the same browser do', async () => {
  const { cookie, authorized } = await card.signIn();
  for (const minute of [3, 6, 9]) {
    card.clock.aheadMs = minute * 60_000;
    card.bank.idToken = { claims: { iat: Math.floor((Date.now() + card.clock.aheadMs) / 1_000) } };
    await card.get('/card', { ...FRAMED, ...authorized });
    expect(await statusOf((await signInWith(cookie)).authorized)).toBe(200);
  }
  card.clock.aheadMs = 600_001;

  expect(await statusOf(authorized)).toBe(401);
});

test('G15 a session in use every minute ends an hour after it began', async () => {
  const before = Date.now();
  const { authorized } = await card.signIn();
  const after = Date.now();
  card.bank.tokenAnswer = { id_token: undefined, refresh_token: 'refresh-2' };
  for (let minute = 1; minute < 60; minute += 4) {
    card.clock.aheadMs = minute * 60_000;
    expect(await statusOf(authorized)).toBe(200);
  }
  card.clock.aheadMs = 3_600_000 - (Date.now() - before) - 1_000;
  expect(await statusOf(authorized)).toBe(200);

  card.clock.aheadMs = 3_600_000 + (after - before);
  expect(await statusOf(authorized)).toBe(401);
});

test('G17 logout twice, and from two places at once, is one logout', async () => {
  const { authorized } = await card.signIn();

  const answers = await Promise.all([logout(authorized), logout(authorized), logout(authorized)]);
  answers.push(await logout(authorized));

  expect(answers.map(({ statusCode }) => statusCode)).toEqual([204, 204, 204, 204]);
  expect(await statusOf(authorized)).toBe(401);
});

test('G17 logout while requests of every kind fly: they end as they may, and none brings the session back', async () => {
  const granted = ['accounts.readonly', 'transactions.detail.readonly', 'offline_access'];
  const scope = granted.map((name) => `https://api.banno.com/consumer/auth/${name}`).join(' ');
  card.bank.tokenAnswer = { refresh_token: 'refresh-1', scope: `openid profile ${scope}` };
  const { authorized } = await card.signIn();
  const flying = Promise.withResolvers<void>();
  const held: (() => void)[] = [];
  for (const path of [
    ACCOUNTS_PATH,
    `${ACCOUNTS_PATH}/one/transactions`,
    ACCOUNTS_PATH.replace('accounts', 'fetch'),
  ])
    card.bank.answers.set(path, (_request, response) => {
      held.push(() => json(response, { accounts: [], transactions: [], taskId: 'task-1' }));
      if (held.length === 3) flying.resolve();
    });
  const calls = [
    card.get('/api/accounts', authorized),
    card.get('/api/accounts/one/transactions', authorized),
    card.app.inject({
      ...{ method: 'POST', url: '/api/accounts/refresh' },
      headers: { host: HOST, origin: `http://${HOST}`, ...authorized },
    }),
  ];
  await flying.promise;

  expect((await logout(authorized)).statusCode).toBe(204);
  card.bank.answers.clear();
  for (const goOn of held) goOn();
  for (const { statusCode } of await Promise.all(calls)) expect([200, 401]).toContain(statusCode);

  expect(await statusOf(authorized)).toBe(401);
  expect((await logout(authorized)).statusCode).toBe(204);
});

test('G19 the sixth session of one customer and browser ends the oldest; all others stay', async () => {
  const elsewhere = await card.signIn();
  const first = await card.signIn();
  const { cookie } = first;
  card.bank.idToken = { claims: { sub: OTHER_SUBJECT } };
  card.bank.answers.set(ACCOUNTS_PATH.replace(SUBJECT, OTHER_SUBJECT), (_request, response) =>
    json(response, { accounts: [] }),
  );
  const another = await signInWith(cookie);
  card.bank.idToken = {};
  const five = [first.authorized];
  for (let count = 1; count < 5; count += 1) five.push((await signInWith(cookie)).authorized);
  for (const authorized of five) expect(await statusOf(authorized)).toBe(200);

  const sixth = await signInWith(cookie);

  expect(await Promise.all(five.map(statusOf))).toEqual([401, 200, 200, 200, 200]);
  const staying = [sixth.authorized, elsewhere.authorized, another.authorized];
  expect(await Promise.all(staying.map(statusOf))).toEqual([200, 200, 200]);
});
