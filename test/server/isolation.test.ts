/** Two institutions with the same customers and account ids: nothing of one is ever seen by the other. */
import { expect, test } from 'vitest';
import { DEFAULT_LIMITS } from '../../server/limits.ts';
import { json } from '../hostile/hostile-bank.ts';
import { bootOf, callbackUrl, FRAMED } from '../support/test-card.ts';
import { type Sharing, type Side, startTwo } from '../support/two-institutions.ts';

const SHARINGS: Sharing[] = ['a host each', 'one host by path'];
const BANK_ID = 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee';

const has = ({ bank }: Side, name: string) => {
  bank.accounts = {
    accounts: [{ id: 'same-account', name, accountType: 'Deposit', balance: '1.00' }],
  };
};
const accountsAt = (side: Side, headers: Record<string, string>) => side.get('/api/accounts', headers);

test.each(SHARINGS)('a handle of one is 401 at the other, and lives on (%s)', async (sharing) => {
  const { app, one, two } = await startTwo(sharing);
  const { authorized } = await one.signIn();
  const own = await two.signIn();

  expect((await accountsAt(two, authorized)).statusCode).toBe(401);
  const url = `${two.institution.basePath}/api/session`;
  const host = new URL(two.institution.origin).host;
  expect((await app.inject({ method: 'DELETE', url, headers: { host, ...authorized } })).statusCode).toBe(
    401,
  );
  expect((await accountsAt(one, authorized)).statusCode).toBe(200);
  expect((await accountsAt(two, own.authorized)).statusCode).toBe(200);
});

test.each(SHARINGS)('an attempt of one is refused at the other, and not used up (%s)', async (sharing) => {
  const { one, two } = await startTwo(sharing);
  const { state, cookie } = await one.begin();

  const refused = await two.get(callbackUrl(state, two.bank), { ...FRAMED, cookie });

  expect(refused.statusCode).toBe(400);
  expect(bootOf(refused).problem?.code).toBe('SIGN_IN_FAILED');
  expect(two.bank.requests.filter(({ path }) => path.endsWith('/token'))).toEqual([]);
  const callback = await one.get(callbackUrl(state, one.bank), { ...FRAMED, cookie });
  expect(bootOf(callback).session).toBeDefined();
});

test.each(SHARINGS)('restarts of one count for nothing at the other (%s)', async (sharing) => {
  const { one, two } = await startTwo(sharing);
  let again = '';
  for (let count = 0; count < 3; count += 1) {
    again = new URL((await one.signIn(`/auth${again}`)).boot.again).search;
  }

  expect((await one.get(`/auth${again}`, FRAMED)).statusCode).toBe(401);
  expect((await two.get(`/auth${again}`, FRAMED)).statusCode).toBe(302);
});

test('the cookie that a shared host shares opens no session and no attempt of the other', async () => {
  const { one, two } = await startTwo('one host by path');
  const { cookie, authorized } = await one.signIn();
  const other = await two.signIn();

  expect((await accountsAt(two, { cookie })).statusCode).toBe(401);
  expect((await accountsAt(two, { ...other.authorized, cookie })).statusCode).toBe(401);
  expect((await accountsAt(one, { ...authorized, cookie: other.cookie })).statusCode).toBe(401);
  const { state } = await two.begin('/auth', other.cookie);
  expect((await two.get(callbackUrl(state, two.bank), { ...FRAMED, cookie })).statusCode).toBe(303);
});

test.each(SHARINGS)('each customer sees their own bank’s accounts (%s)', async (sharing) => {
  const { one, two } = await startTwo(sharing);
  has(one, 'Account of one');
  has(two, 'Account of two');
  const [first, second] = [await one.signIn(), await two.signIn()];

  for (const [side, { boot, authorized }] of [
    [one, first],
    [two, second],
  ] as const) {
    const name = `Account of ${side.institution.id}`;
    expect(boot.summary?.groups[0]?.accounts[0]?.name).toBe(name);
    expect((await accountsAt(side, authorized)).json().groups[0].accounts[0].name).toBe(name);
  }
  for (const { bank } of [one, two])
    expect(bank.requests.filter(({ path }) => path.endsWith('/accounts'))).toHaveLength(2);
});

test.each(SHARINGS)('one’s colours, language and frames are not the other’s (%s)', async (sharing) => {
  const { one, two } = await startTwo(sharing, {
    locale: 'es-US',
    frameOrigins: ['https://online.example-fi.com'],
  });
  one.bank.idToken = { claims: { 'https://api.banno.com/consumer/claim/institution_id': BANK_ID } };
  two.bank.idToken = one.bank.idToken;
  const theme = { light: { primaryContentBackgroundColor: '#102030FF', bodyTextPrimaryColor: '#FFFFFFFF' } };
  one.bank.answers.set(`/a/consumer/api/v0/institutions/${BANK_ID}/themes`, (_request, response) =>
    json(response, { default: theme }),
  );
  await one.signIn();
  await expect.poll(async () => (await one.signIn()).callback.body).toContain('#102030');

  const { callback, boot } = await two.signIn();

  expect(callback.body).not.toContain('#102030');
  expect((await two.signIn()).callback.body).not.toContain('#102030');
  expect([(await one.signIn()).boot.locale, boot.locale]).toEqual(['es-US', 'en-US']);
  const framesOf = async (side: Side) =>
    /frame-ancestors ([^;]*)/.exec(
      String((await side.get('/auth', FRAMED)).headers['content-security-policy']),
    )?.[1];
  expect(await framesOf(one)).toBe(`${one.bank.origin} https://online.example-fi.com`);
  expect(await framesOf(two)).toBe(two.bank.origin);
});

test.each(SHARINGS)('what one’s customers use up is not missing at the other (%s)', async (sharing) => {
  const { one, two } = await startTwo(sharing, {
    limits: { ...DEFAULT_LIMITS, signInsPerMinuteOfAProxy: 2 },
  });
  const statuses = async (side: Side) => {
    const answers = [await side.get('/auth', FRAMED), await side.get('/auth', FRAMED)];
    return [...answers, await side.get('/auth', FRAMED)].map(({ statusCode }) => statusCode);
  };

  expect(await statuses(one)).toEqual([302, 302, 429]);
  expect(await statuses(two)).toEqual([302, 302, 302]);
});

test.each(SHARINGS)('calls with one and the same handle count at each for itself (%s)', async (sharing) => {
  const { one, two } = await startTwo(sharing, { limits: { ...DEFAULT_LIMITS, apiCallsPerMinute: 2 } });
  const { authorized } = await two.signIn();

  const atOne = [];
  for (let count = 0; count < 3; count += 1) atOne.push((await accountsAt(one, authorized)).statusCode);

  expect(atOne).toEqual([401, 401, 429]);
  expect((await accountsAt(two, authorized)).statusCode).toBe(200);
});

test('one customer’s sessions at one push out none at the other', async () => {
  const { one, two } = await startTwo('one host by path', {
    limits: { ...DEFAULT_LIMITS, sessionsPerCustomer: 1 },
  });
  const { cookie, authorized } = await one.signIn();
  const signInWith = async (side: Side) => {
    const { state } = await side.begin('/auth', cookie);
    const { session } = bootOf(await side.get(callbackUrl(state, side.bank), { ...FRAMED, cookie }));
    return { authorization: `Bearer ${session}`, cookie };
  };
  const atTwo = [await signInWith(two), await signInWith(two)];

  expect((await accountsAt(one, authorized)).statusCode).toBe(200);
  await signInWith(one);
  expect((await accountsAt(one, authorized)).statusCode).toBe(401);
  for (const headers of atTwo) expect((await accountsAt(two, headers)).statusCode).toBe(200);
});

test.each(SHARINGS)(
  'a log line carries its own institution’s id and no word of another (%s)',
  async (sharing) => {
    const { one, two, logs } = await startTwo(sharing);
    const { authorized } = await one.signIn();
    const before = logs();
    await two.signIn();
    await accountsAt(two, authorized);
    const after = logs().slice(before.length);

    expect(new Set(before.map(({ institution }) => institution))).toEqual(new Set(['one']));
    expect(new Set(after.map(({ institution }) => institution))).toEqual(new Set(['two']));
    expect(JSON.stringify(before)).not.toContain(two.bank.origin);
    expect(JSON.stringify(after)).not.toContain(one.bank.origin);
  },
);

test('a bank that is down takes nobody with it', async () => {
  const { one, two } = await startTwo('one host by path');
  await one.bank.close();

  expect((await one.get('/auth', FRAMED)).statusCode).toBe(502);
  const { boot, authorized } = await two.signIn();
  expect(boot.session).toBeDefined();
  expect((await accountsAt(two, authorized)).statusCode).toBe(200);
});

test('a wrong secret fails sign-ins at its own bank only', async () => {
  const { one, two } = await startTwo('a host each');
  one.bank.answers.set('/a/consumer/api/v0/oidc/token', (_request, response) => {
    response.writeHead(401, { 'content-type': 'application/json' }).end('{"error":"invalid_client"}');
  });

  expect((await one.signIn()).boot.problem?.code).toBe('SIGN_IN_FAILED');
  expect((await two.signIn()).boot.session).toBeDefined();
});
