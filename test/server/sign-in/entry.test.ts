/** The entries: what they ask the bank for, what they set, what they ignore. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { CLIENT, fixed, OIDC } from '../../hostile/hostile-bank.ts';
import { bootOf, FRAMED, HOST, startTestCard, type TestCard } from '../../support/test-card.ts';

let card: TestCard;
beforeAll(async () => {
  card = await startTestCard();
});
afterAll(() => card.close());
beforeEach(() => card.bank.answers.clear());

test('asks the bank for exactly what the card needs', async () => {
  const { response, url, state } = await card.begin();

  expect(response.statusCode).toBe(302);
  expect(url.origin + url.pathname).toBe(`${card.bank.issuer}/auth`);
  const { code_challenge, nonce, claims, ...rest } = Object.fromEntries(url.searchParams);
  expect(rest).toEqual({
    client_id: CLIENT.id,
    redirect_uri: `http://${HOST}/auth/callback`,
    response_type: 'code',
    scope: 'openid profile https://api.banno.com/consumer/auth/accounts.readonly',
    state,
    code_challenge_method: 'S256',
  });
  expect(code_challenge).toMatch(/^[\w-]{43}$/);
  expect(nonce).toMatch(/^[\w-]{43}$/);
  expect(JSON.parse(claims ?? '')).toEqual({
    id_token: { given_name: null, locale: null, 'https://api.banno.com/consumer/claim/institution_id': null },
  });
  expect([...url.searchParams]).toHaveLength(9);
});

test('every start is another one', async () => {
  const [one, two] = [await card.begin(), await card.begin()];

  for (const name of ['state', 'nonce', 'code_challenge']) {
    expect(one.url.searchParams.get(name)).not.toBe(two.url.searchParams.get(name));
  }
});

test('G11 sets one cookie, bound to the host, that a foreign frame may keep', async () => {
  const { response } = await card.begin();

  const [value, ...attributes] = String(response.headers['set-cookie']).split('; ');
  expect(value).toMatch(/^__Host-card=[\w-]{43}$/);
  expect(attributes.toSorted()).toEqual(['HttpOnly', 'Partitioned', 'Path=/', 'SameSite=None', 'Secure']);
});

test('keeps the browser’s own cookie', async () => {
  const { cookie } = await card.begin();

  const again = await card.get('/auth', { ...FRAMED, cookie });

  expect(again.headers['set-cookie']).toBeUndefined();
});

test('replaces a cookie that is none of ours', async () => {
  const response = await card.get('/auth', { ...FRAMED, cookie: '__Host-card=planted' });

  expect(String(response.headers['set-cookie'])).toMatch(/^__Host-card=[\w-]{43};/);
});

test('a reload of the cleaned address finds a fresh start', async () => {
  const response = await card.get('/card', { 'sec-fetch-dest': 'document' });

  expect(response.statusCode).toBe(303);
  expect(response.headers.location).toBe(`http://${HOST}/auth`);
});

test('the expanded view signs in the same way and is another view', async () => {
  const { callback, boot } = await card.signIn({ entry: '/expanded' });

  expect(callback.statusCode).toBe(200);
  expect(boot).toMatchObject({ view: 'expanded', again: expect.stringMatching(/\/expanded\?again=/) });
});

test('a bank that is down gives a page that says so, without a cookie, and recovers', async () => {
  const down = await startTestCard();
  down.bank.answers.set(`${OIDC}/.well-known/openid-configuration`, fixed(503));

  const response = await down.get('/auth', FRAMED);

  expect(response.statusCode).toBe(502);
  expect(response.headers['set-cookie']).toBeUndefined();
  expect(bootOf(response).problem).toMatchObject({ code: 'BANK_UNAVAILABLE' });
  down.bank.answers.clear();
  down.clock.aheadMs = 2_000;
  expect((await down.get('/auth', FRAMED)).statusCode).toBe(302);
  await down.close();
});

test('a flood of starts through one proxy meets 429, too', async () => {
  const flooded = await startTestCard();
  const statuses = new Set<number>();
  for (let count = 0; count < 2_001; count += 1) statuses.add((await flooded.get('/card')).statusCode);

  expect([...statuses]).toEqual([303, 429]);
  await flooded.close();
});
