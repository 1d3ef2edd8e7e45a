/** What a handle is worth without what belongs to it: its form, its place in a request, its binding cookie, its institution. */
import { randomBytes } from 'node:crypto';
import type { LightMyRequestResponse } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SUBJECT } from '../../hostile/hostile-bank.ts';
import { HOST, startTestCard, type TestCard } from '../../support/test-card.ts';
import { startTwo } from '../../support/two-institutions.ts';

/** Every call of the API. */
const CALLS = [
  ['GET', '/api/accounts'],
  ['GET', '/api/accounts/one/transactions'],
  ['POST', '/api/accounts/refresh'],
  ['DELETE', '/api/session'],
] as const;
type Method = (typeof CALLS)[number][0];

let card: TestCard;
let storeReads = 0;
beforeAll(async () => {
  card = await startTestCard({}, (store) => ({
    ...store,
    get(id) {
      storeReads += 1;
      return store.get(id);
    },
    use(id, caller) {
      storeReads += 1;
      return store.use(id, caller);
    },
  }));
});
afterAll(() => card.close());

function call(method: Method, url: string, headers: Record<string, string>, host = HOST) {
  const own = { host, ...(method === 'POST' ? { origin: `http://${host}` } : {}) };
  return card.app.inject({ method, url, headers: { ...own, ...headers } });
}

/** Everything of an answer but what counts requests. */
function shapeOf({ statusCode, headers, body }: LightMyRequestResponse) {
  const { date: _, ...kept } = headers;
  const { requestId: __, ...problem } = JSON.parse(body);
  const counted = Object.entries(kept).filter(([name]) => !name.startsWith('x-ratelimit'));
  return JSON.stringify({ statusCode, problem, headers: counted });
}

const unknown = () => randomBytes(32).toString('base64url');
const withoutHandle: [string, Record<string, string>][] = [
  ['none', {}],
  ['an empty header', { authorization: '' }],
  ['a scheme alone', { authorization: 'Bearer' }],
  ['a short one', { authorization: 'Bearer short' }],
  ['a character too many', { authorization: `Bearer ${'a'.repeat(44)}` }],
  ['another alphabet', { authorization: `Bearer ${'ä'.repeat(43)}` }],
  ['a blank more', { authorization: `Bearer  ${'a'.repeat(43)}` }],
  ['two of them', { authorization: `Bearer ${'a'.repeat(43)}, Bearer ${'b'.repeat(43)}` }],
  ['another scheme', { authorization: `Basic ${'a'.repeat(43)}` }],
  ['8 KB of it', { authorization: `Bearer ${'a'.repeat(7_000)}` }],
];
test.each(CALLS)('G01 %s %s answers every handle that is none alike', async (method, url) => {
  const { authorized } = await card.signIn();
  const { cookie: _, ...unbound } = authorized;
  const first = shapeOf(await call(method, url, {}));

  for (const [name, headers] of withoutHandle)
    expect(shapeOf(await call(method, url, headers)), name).toBe(first);
  expect(shapeOf(await call(method, url, unbound)), 'unbound').toBe(first);
  // What ends a session answers as if it had ended it: a second time is no failure.
  if (method !== 'DELETE')
    expect(shapeOf(await call(method, url, { authorization: `Bearer ${unknown()}` })), 'unknown').toBe(first);
  expect(JSON.parse(first)).toMatchObject({
    statusCode: 401,
    problem: { code: 'SIGN_IN_REQUIRED', status: 401, type: 'about:blank' },
  });
  expect(first).toContain('["www-authenticate","Bearer"]');
  expect(first).toContain('["cache-control","no-store"]');
});

test('G01 a handle that is unknown, ended or not bound takes the store the same single look, and the same time', async () => {
  const ended = await card.signIn();
  await call('DELETE', '/api/session', ended.authorized);
  const { authorized } = await card.signIn();
  const { cookie: _, ...unbound } = authorized;
  const elsewhere = (await card.begin()).cookie;
  const kinds: (() => Record<string, string>)[] = [
    () => ({ authorization: `Bearer ${unknown()}` }),
    () => ended.authorized,
    () => unbound,
    () => ({ ...authorized, cookie: elsewhere }),
  ];
  const durationsMs: number[][] = kinds.map(() => []);
  for (let round = 0; round < 28; round += 1) {
    for (const [index, headersOf] of kinds.entries()) {
      const headers = headersOf();
      const [readsBefore, startedAtMs] = [storeReads, performance.now()];
      const { statusCode } = await card.get('/api/accounts', headers);
      durationsMs[index]?.push(performance.now() - startedAtMs);
      expect([statusCode, storeReads - readsBefore]).toEqual([401, 1]);
    }
  }

  const medians = durationsMs.map((list) => list.toSorted((a, b) => a - b)[14] ?? 0);
  expect(Math.max(...medians) - Math.min(...medians)).toBeLessThan(3);
});

test('G01 calls without a handle stay what they are, however many', async () => {
  const statuses = new Set<number>();
  for (let count = 0; count < 130; count += 1) statuses.add((await card.get('/api/accounts')).statusCode);

  expect([...statuses]).toEqual([401]);
});

test.each(CALLS)(
  'G07 %s %s ignores a handle in its URL, its query, a cookie or another header',
  async (method, url) => {
    const { boot, cookie, authorized } = await card.signIn();
    const handle = String(boot.session);
    const names = ['session', 'handle', 'access_token', 'authorization', '__Host-session'];
    const answers = [
      ...names.map((name) => call(method, `${url}?${name}=${handle}`, { cookie })),
      ...names.map((name) => call(method, `${url}?${name}=Bearer%20${handle}`, { cookie })),
      ...names.map((name) => call(method, url, { cookie: `${cookie}; ${name}=${handle}` })),
      call(method, url, { cookie, 'x-session': handle, 'proxy-authorization': `Bearer ${handle}` }),
      call(method, url, { cookie: `__Host-card=${handle}` }),
      call(method, `${url};session=${handle}`, { cookie }),
      call(method, `${url}#${handle}`, { cookie }),
    ];

    for (const { statusCode } of await Promise.all(answers)) expect([401, 404]).toContain(statusCode);
    expect((await card.get('/api/accounts', authorized)).statusCode).toBe(200);
    expect(card.logs.join('')).not.toContain(handle);
  },
);

const lacking: [string, boolean, (own: string, other: string) => Record<string, string>][] = [
  ['none', false, () => ({})],
  ['another customer’s', true, (_own, other) => ({ cookie: other })],
  ['an empty one', true, () => ({ cookie: '__Host-card=' })],
  ['a longer one', true, (own) => ({ cookie: `${own}x` })],
  ['one of another name', false, (own) => ({ cookie: own.replace('card', 'CARD') })],
  ['two of them', false, (own, other) => ({ cookie: `${own}; ${other}` })],
  ['none, in the name of the page itself', false, () => ({ 'sec-fetch-site': 'same-origin' })],
];
test.each(lacking)(
  'G08 G09 with %s for its binding cookie a bound handle opens nothing',
  async (_name, isForeign, cookieOf) => {
    card.bank.idToken = { claims: { sub: `${SUBJECT}-2` } };
    const other = await card.begin();
    card.bank.idToken = {};
    const { boot, cookie, authorized } = await card.signIn();
    const logged = card.logs.length;

    for (const [method, url] of CALLS) {
      const headers = { authorization: `Bearer ${boot.session}`, ...cookieOf(cookie, other.cookie) };
      expect((await call(method, url, headers)).statusCode).toBe(401);
      const line = JSON.parse(card.logs.at(-1) ?? '');
      expect(line).toMatchObject({ msg: 'request', code: 'SIGN_IN_REQUIRED', reason: 'binding' });
      expect(line.alert).toBe(isForeign ? 'security' : undefined);
    }

    const written = card.logs.slice(logged).join('');
    for (const secret of [String(boot.session), cookie.slice(12), other.cookie.slice(12)])
      expect(written).not.toContain(secret);
    expect((await card.get('/api/accounts', authorized)).statusCode).toBe(200);
  },
);

test('K08 a handle of one institution is 401 at every call below another’s path, and lives on', async () => {
  const { app, one, two } = await startTwo('one host by path');
  const { authorized } = await one.signIn();
  await two.signIn();
  const { host, origin } = new URL(two.institution.origin);

  for (const [method, url] of CALLS) {
    const headers = { host, origin, ...authorized };
    const answer = await app.inject({ method, url: two.institution.basePath + url, headers });
    expect([answer.statusCode, answer.json().code]).toEqual([401, 'SIGN_IN_REQUIRED']);
  }
  expect(two.bank.requests.every(({ path }) => !path.includes('/fetch'))).toBe(true);
  expect((await one.get('/api/accounts', authorized)).statusCode).toBe(200);
});

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
