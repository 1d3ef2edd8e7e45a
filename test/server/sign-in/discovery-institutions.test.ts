/** A bank whose discovery fails: its own institution waits and says so, the others do not notice, and it is not besieged. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { answered, hang } from '../../hostile/faults.ts';
import { type HostileBank, json, metadata, OIDC } from '../../hostile/hostile-bank.ts';
import { bootOf, FRAMED, startTestCard, type TestCard } from '../../support/test-card.ts';
import { startTwo } from '../../support/two-institutions.ts';

const DISCOVERY = `${OIDC}/.well-known/openid-configuration`;
let card: TestCard;
beforeEach(async () => {
  card = await startTestCard();
});
afterEach(() => card.close());

const asked = () => card.bank.requests.filter(({ path }) => path === DISCOVERY).length;
const linesWith = (word: string) =>
  card.logs.filter((line) => line.includes(word)).map((line) => JSON.parse(line));

/** The document with these changes from now on. */
function publish(bank: HostileBank, changes: Record<string, unknown>): void {
  const document = { ...metadata(bank.issuer), ...changes };
  bank.answers.set(DISCOVERY, (_request, response) => json(response, document));
}

test('C01 with another issuer nobody is sent there, and both the start and the sign-in tell the log', async () => {
  publish(card.bank, { issuer: `${card.bank.issuer}/` });

  await card.app.listen({ host: '127.0.0.1', port: 0 });
  await expect.poll(() => linesWith('the bank cannot be reached')).toHaveLength(1);
  const response = await card.get('/auth', FRAMED);

  expect(linesWith('the bank cannot be reached')[0]).toMatchObject({
    level: 40,
    code: 'BANK_UNEXPECTED',
    reason: expect.stringMatching(/^discovery /),
  });
  expect(response.statusCode).toBe(502);
  expect(response.headers['location']).toBeUndefined();
  expect(response.headers['set-cookie']).toBeUndefined();
  expect(bootOf(response).problem?.code).toBe('BANK_UNEXPECTED');
  expect(linesWith('"/auth"')).toMatchObject([{ level: 40, alert: 'security', status: 502 }]);
});

test('C02 while one bank fails, in any way, another’s customers sign in', async () => {
  const { app, one, two, logs } = await startTwo('one host by path');
  await two.begin();
  for (const answer of [answered(404), answered(500), answered(200, '<p>'), answered(200), hang]) {
    one.bank.answers.set(DISCOVERY, answer);
    const waiting = one.get('/auth', FRAMED);
    const { boot, authorized } = await two.signIn();
    expect(boot.session).toBeDefined();
    expect((await two.get('/api/accounts', authorized)).statusCode).toBe(200);
    if (answer === hang) one.bank.answers.clear();
    else expect((await waiting).statusCode).toBe(502);
  }
  expect(logs().filter(({ institution, status }) => institution === 'two' && Number(status) >= 400)).toEqual(
    [],
  );
  await app.close();
});

test('C02 a bank that fails is left alone for longer each time, ten seconds at most, and found when it is back', async () => {
  card.bank.answers.set(DISCOVERY, answered(503));
  for (; card.clock.aheadMs < 36_000; card.clock.aheadMs += 500) {
    const [response] = await Promise.all([card.get('/auth', FRAMED), card.get('/auth', FRAMED)]);
    expect(response.statusCode).toBe(502);
  }

  // After 0, 1, 3, 7, 15, 25 and 35 s; a slow machine's own time comes on top.
  expect(asked()).toBeGreaterThanOrEqual(6);
  expect(asked()).toBeLessThanOrEqual(8);
  card.bank.answers.clear();
  card.clock.aheadMs += 10_000;
  expect((await card.get('/auth', FRAMED)).statusCode).toBe(302);
});

test('C02 a hundred customers of a bank that fails cost it one call', async () => {
  card.bank.answers.set(DISCOVERY, answered(500));

  await Promise.all(Array.from({ length: 100 }, () => card.get('/auth', FRAMED)));

  expect(asked()).toBe(1);
});

test.each([undefined, [], ['plain'], ['s256'], ['S512', 'plain']])(
  'C09 PKCE is sent to a bank that says %j of it, the log told once, and the nonce stays required',
  async (code_challenge_methods_supported) => {
    publish(card.bank, { code_challenge_methods_supported });
    const { url } = await card.begin();
    expect(url.searchParams.get('code_challenge_method')).toBe('S256');
    expect(url.searchParams.get('code_challenge')).toMatch(/^[\w-]{43}$/);

    expect((await card.signIn()).boot.session).toBeDefined();
    const exchange = card.bank.requests.findLast(({ path }) => path === `${OIDC}/token`);
    expect(new URLSearchParams(exchange?.body).get('code_verifier')).toMatch(/^[\w-]{43}$/);
    for (const nonce of [undefined, 'another', '']) {
      card.bank.idToken = { claims: { nonce } };
      expect((await card.signIn()).boot.problem?.code).toBe('SIGN_IN_FAILED');
    }
    card.clock.aheadMs = 3_600_001;
    await card.begin();
    await expect.poll(asked).toBe(2);
    await card.begin();
    expect(linesWith('PKCE')).toMatchObject([{ level: 40, institution: expect.any(String) }]);
  },
);

test('C09 of a bank that says S256 nothing is said', async () => {
  await card.signIn();

  expect(linesWith('PKCE')).toEqual([]);
});

test('C10 endpoints that the bank has moved are found within an hour, without a restart', async () => {
  await card.signIn();
  const { origin } = card.bank;
  const [token, jwks] = ['/new/token', '/new/jwks'];
  for (const [from, to] of [
    ['token', token],
    ['jwks', jwks],
  ])
    card.bank.answers.set(String(to), async (_request, response) => {
      const answer = await fetch(`${card.bank.issuer}/${from}`, {
        method: from === 'token' ? 'POST' : 'GET',
      });
      json(response, await answer.json());
    });
  publish(card.bank, {
    authorization_endpoint: `${origin}/new/auth`,
    token_endpoint: origin + token,
    jwks_uri: origin + jwks,
  });
  await card.signIn();
  expect(asked()).toBe(1);

  card.clock.aheadMs = 3_600_001;
  // The one who asks first need not wait for it.
  expect((await card.begin()).url.pathname).toBe(`${OIDC}/auth`);
  await expect.poll(async () => (await card.begin()).url.pathname).toBe('/new/auth');
  card.clock.aheadMs = 0;
  const before = card.bank.requests.length;
  expect((await card.signIn()).boot.session).toBeDefined();
  const paths = card.bank.requests.slice(before).map(({ path }) => path);
  expect(paths).toEqual(expect.arrayContaining([token, jwks]));
  expect(asked()).toBe(2);
});

test('C10 a later document that is wrong changes nothing', async () => {
  await card.signIn();
  publish(card.bank, { token_endpoint: 'https://evil.example/token' });
  card.clock.aheadMs = 3_600_001;
  await card.begin();
  await expect.poll(asked).toBe(2);

  card.clock.aheadMs = 0;
  expect((await card.signIn()).boot.session).toBeDefined();
});
