/** What a handle is worth without what belongs to it: its binding cookie, its institution, its own life. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { buildApp } from '../../../server/app.ts';
import { readCardAssets } from '../../../server/card-page/assets.ts';
import { loadConfig } from '../../../server/config.ts';
import { createMemoryStore } from '../../../server/session/store.ts';
import { CLIENT } from '../../hostile/hostile-bank.ts';
import { bootOf, callbackUrl, FRAMED, HOST, startTestCard, type TestCard } from '../../support/test-card.ts';

let card: TestCard;
beforeEach(async () => {
  card = await startTestCard();
});
afterEach(() => card.close());

function logout(headers: Record<string, string>) {
  return card.app.inject({ method: 'DELETE', url: '/api/session', headers: { host: HOST, ...headers } });
}

test('G08 G09 a session is ended by nobody who lacks its binding cookie', async () => {
  const { authorized } = await card.signIn();
  const other = await card.begin();
  const authorization = authorized['authorization'] ?? '';

  const answers = [await logout({ authorization }), await logout({ authorization, cookie: other.cookie })];

  expect(answers.map((answer) => answer.statusCode)).toEqual([401, 401]);
  expect(answers[0]?.headers['www-authenticate']).toBe('Bearer');
  expect((await card.get('/api/accounts', authorized)).statusCode).toBe(200);
  expect(card.logs.join('')).toContain('"reason":"binding"');
});

test('G01 the end of a session asks for a handle as well', async () => {
  expect((await logout({})).statusCode).toBe(401);
  expect((await logout({ authorization: 'Bearer short' })).statusCode).toBe(401);
});

test('G01 calls without a handle stay what they are, however many', async () => {
  const statuses = new Set<number>();
  for (let count = 0; count < 130; count += 1) statuses.add((await card.get('/api/accounts')).statusCode);

  expect([...statuses]).toEqual([401]);
});

test('K09 two binding cookies, or one under another name, are not the session’s', async () => {
  const { authorized, cookie } = await card.signIn();
  const cookies = [`${cookie}; ${cookie}`, `\xA0${cookie}`, cookie.replace('card', 'CARD'), `${cookie}x`];

  for (const odd of cookies)
    expect((await card.get('/api/accounts', { ...authorized, cookie: odd })).statusCode).toBe(401);
});

test('G19 the sixth session of one customer and browser ends the first, another browser’s stays', async () => {
  const elsewhere = await card.signIn();
  const { cookie, authorized: first } = await card.signIn();
  for (let count = 0; count < 5; count += 1) {
    const { state } = await card.begin({ ...FRAMED, cookie });
    await card.get(callbackUrl(state, card.bank), { ...FRAMED, cookie });
  }

  expect((await card.get('/api/accounts', first)).statusCode).toBe(401);
  expect((await card.get('/api/accounts', elsewhere.authorized)).statusCode).toBe(200);
});

test('A06 K08 neither a state nor a handle of one institution works below another’s path', async () => {
  const one = configOf('/one');
  const two = { ...configOf('/two').institutions[0], id: 'two' };
  const config = { ...one, institutions: [...one.institutions, two] } as typeof one;
  const assets = readCardAssets(join(import.meta.dirname, '../../../dist/card'));
  const app = await buildApp(config, { assets, store: createMemoryStore(), logger: false });
  onTestFinished(() => app.close());
  const get = (url: string, headers: Record<string, string>) =>
    app.inject({ url, headers: { host: HOST, ...headers } });
  const entry = await get('/one/auth', FRAMED);
  const url = new URL(String(entry.headers.location));
  card.bank.nonce = url.searchParams.get('nonce') ?? '';
  const callback = callbackUrl(url.searchParams.get('state') ?? '', card.bank);
  const cookie = String(entry.headers['set-cookie']).split(';')[0] ?? '';

  expect((await get(`/two${callback}`, { ...FRAMED, cookie })).statusCode).toBe(400);
  const page = await get(`/one${callback}`, { ...FRAMED, cookie });
  const authorized = { authorization: `Bearer ${bootOf(page).session}`, cookie };
  expect((await get('/one/api/accounts', authorized)).statusCode).toBe(200);
  expect((await get('/two/api/accounts', authorized)).statusCode).toBe(401);
  expect(
    (await app.inject({ method: 'DELETE', url: '/two/api/session', headers: { host: HOST, ...authorized } }))
      .statusCode,
  ).toBe(401);
  expect((await get('/one/api/accounts', authorized)).statusCode).toBe(200);
});

function configOf(path: string) {
  return loadConfig({
    PUBLIC_URL: `http://${HOST}${path}`,
    BANNO_URL: card.bank.origin,
    CLIENT_ID: CLIENT.id,
    CLIENT_SECRET: CLIENT.secret,
    SESSION_KEYS: randomBytes(32).toString('base64'),
  });
}

test('a session’s 61st call in a minute is 429, in whatever case it writes Bearer', async () => {
  const { authorized } = await card.signIn();
  const spellings = ['Bearer', 'bearer', 'BEARER'].map((name) =>
    String(authorized['authorization']).replace('Bearer', name),
  );
  const statuses: number[] = [];
  for (let count = 0; count < 61; count += 1) {
    const authorization = spellings[count % 3] ?? '';
    statuses.push((await card.get('/api/accounts', { ...authorized, authorization })).statusCode);
  }

  expect(statuses).toEqual([...Array(60).fill(200), 429]);
});
