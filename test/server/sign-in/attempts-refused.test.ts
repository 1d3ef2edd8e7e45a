/** Callbacks that are wrong in one way each: refused before the bank is asked, logged, and no use to anybody afterwards. */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bootOf, callbackUrl, FRAMED, HOST, startTestCard, type TestCard } from '../../support/test-card.ts';
import { startTwo } from '../../support/two-institutions.ts';

let card: TestCard;
beforeAll(async () => {
  card = await startTestCard();
  await card.signIn();
});
afterAll(() => card.close());

const url = (state: string, changes: Record<string, string | undefined> = {}) =>
  callbackUrl(state, card.bank, changes);
const lastLog = () => JSON.parse(card.logs.at(-1) ?? '{}');

type Refused = [name: string, reason: string, urlOf: (state: string) => string];

const aborted: Refused[] = [
  ['A01 has neither code nor error', 'code', (state) => url(state, { code: undefined })],
  ['A01 has an empty code', 'code', (state) => url(state, { code: '' })],
  ['A02 has two codes', 'repeated parameter', (state) => `${url(state)}&code=another`],
  ['A02 has the same code twice', 'repeated parameter', (state) => `${url(state)}&code=code-of-the-bank`],
  ['A02 has a code and an empty one', 'repeated parameter', (state) => `${url(state)}&code=`],
  ['A02 has a code array', 'repeated parameter', (state) => `${url(state)}&code[]=another`],
  ['A02 has an indexed code', 'repeated parameter', (state) => `${url(state)}&code%5B0%5D=another`],
  [
    'A02 has a code array alone',
    'repeated parameter',
    (state) => `${url(state, { code: undefined })}&code[]=a`,
  ],
  ['A02 has two issuers', 'repeated parameter', (state) => `${url(state)}&iss=https://evil.example`],
  ['A14 has another iss', 'mix-up', (state) => url(state, { iss: 'https://evil.example/oidc' })],
  ['A14 has an iss with a slash more', 'mix-up', (state) => url(state, { iss: `${card.bank.issuer}/` })],
  ['A14 has an iss in capitals', 'mix-up', (state) => url(state, { iss: card.bank.issuer.toUpperCase() })],
  ['A14 has an empty iss', 'mix-up', (state) => url(state, { iss: '' })],
  ['A15 lacks the advertised iss', 'iss', (state) => url(state, { iss: undefined })],
  ['A23 has a code with a line break', 'code', (state) => url(state, { code: 'a\r\nb' })],
  ['A23 has a code with a NUL', 'code', (state) => url(state, { code: 'a\0b' })],
  ['A23 has a code of 10 KB', 'code', (state) => url(state, { code: 'a'.repeat(10_240) })],
  ['A23 has a code of emoji', 'code', (state) => url(state, { code: '💸' })],
  ['A23 has a code that is no UTF-8', 'code', (state) => `${url(state, { code: undefined })}&code=%ff%fe`],
  ['A24 has 500 parameters', 'too many parameters', (state) => url(state) + '&p=1'.repeat(500)],
];
test.each(aborted)(
  '%s: refused without asking the bank, and the attempt is used up',
  async (_name, reason, urlOf) => {
    const { state, cookie } = await card.begin();
    const before = card.bank.requests.length;

    const response = await card.get(urlOf(state), { ...FRAMED, cookie });

    expect(response.statusCode).toBe(400);
    expect(response.headers['set-cookie']).toBeUndefined();
    expect(response.headers['location']).toBeUndefined();
    expect(bootOf(response)).toMatchObject({
      problem: { code: 'SIGN_IN_FAILED' },
      again: expect.any(String),
    });
    expect(bootOf(response).session).toBeUndefined();
    expect(lastLog()).toMatchObject({ status: 400, code: 'SIGN_IN_FAILED', reason });
    expect(lastLog().alert).toBe(reason === 'mix-up' ? 'security' : undefined);
    const honest = await card.get(url(state), { ...FRAMED, cookie });
    expect(honest.statusCode).toBe(303);
    expect(card.bank.requests).toHaveLength(before);
  },
);

const foreign: [string, (state: string) => string][] = [
  ['A03 none', () => url('', { state: undefined })],
  ['A03 an empty one', () => url('')],
  ['A03 an array alone', (state) => `${url('', { state: undefined })}&state[]=${state}`],
  ['A03 two', (state) => `${url(state)}&state=${state}`],
  ['A04 one that nobody sealed', () => url('c3RhdGUtb2YtYW5vdGhlcg')],
  ['A04 one of 10 KB', () => url('a'.repeat(10_240))],
  ['A04 one that is no base64url', () => url('../../etc/passwd\0💸')],
  [
    'A04 one with a character changed',
    (state) => url(state.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'))),
  ],
  ['A04 one with a character more', (state) => url(`${state}A`)],
  ['A04 one cut short', (state) => url(state.slice(0, -1))],
  ['A04 one with padding', (state) => url(`${state}==`)],
  ['A04 the cookie of the browser', () => url('x'.repeat(43))],
];
test('A03 A04 whatever the state, one that is not ours is refused in one and the same way', async () => {
  const shapes = new Map<string, string>();
  for (const [name, urlOf] of foreign) {
    const { state, cookie } = await card.begin();
    const before = card.bank.requests.length;

    const response = await card.get(urlOf(state), { ...FRAMED, cookie });

    expect([name, response.statusCode]).toEqual([name, 400]);
    expect(bootOf(response).problem).toMatchObject({ code: 'SIGN_IN_FAILED', status: 400 });
    expect(card.bank.requests).toHaveLength(before);
    shapes.set(name, shapeOf(response));
    const honest = await card.get(url(state), { ...FRAMED, cookie });
    expect(bootOf(honest).session).toBeDefined();
  }
  expect(new Set(shapes.values()).size).toBe(1);
});

/** Status, headers and page, without what is another one in every answer. */
function shapeOf({ statusCode, headers, body }: Awaited<ReturnType<TestCard['get']>>): string {
  const { date: _, ...lasting } = headers;
  return `${statusCode} ${JSON.stringify(lasting)} ${body}`
    .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<request id>')
    .replaceAll(/again=[\w-]+/g, 'again=<sealed>')
    .replaceAll(/nonce(-|\\?=\\?")[\w+/=-]+/g, 'nonce');
}

test('A04 a callback’s other sealed value is no state', async () => {
  const { boot, cookie } = await card.signIn();
  const again = new URL(boot.again).searchParams.get('again') ?? '';

  expect((await card.get(url(again), { ...FRAMED, cookie })).statusCode).toBe(400);
});

test('A06 a state that another deployment sealed is refused, and said to who watches for attacks', async () => {
  const other = await startTestCard();
  const { state, cookie } = await other.begin();
  const before = card.bank.requests.length;

  const response = await card.get(url(state), { ...FRAMED, cookie });

  expect(response.statusCode).toBe(400);
  expect(lastLog()).toMatchObject({ level: 40, alert: 'security', reason: 'state', code: 'SIGN_IN_FAILED' });
  expect(card.logs.at(-1)).not.toContain(state);
  expect(card.bank.requests).toHaveLength(before);
  await other.close();
});

test.each(['a host each', 'one host by path'] as const)(
  'A06 a state of another institution is refused and logged, and still good at its own (%s)',
  async (sharing) => {
    const { one, two, logs } = await startTwo(sharing);
    const { state, cookie } = await one.begin();

    const refused = await two.get(callbackUrl(state, two.bank), { ...FRAMED, cookie });

    expect(refused.statusCode).toBe(400);
    expect(bootOf(refused).problem?.code).toBe('SIGN_IN_FAILED');
    expect(logs().at(-1)).toMatchObject({
      level: 40,
      institution: 'two',
      alert: 'security',
      reason: 'state',
    });
    expect(two.bank.requests.filter(({ path }) => path.endsWith('/token'))).toEqual([]);
    const honest = await one.get(callbackUrl(state, one.bank), { ...FRAMED, cookie });
    expect(bootOf(honest).session).toBeDefined();
  },
);

test.each([undefined, 'https://evil.example/oidc'])(
  'A14 A15 an instance that has not asked the bank yet redeems nothing either (iss %j)',
  async (iss) => {
    const env = { SESSION_KEYS: randomBytes(32).toString('base64'), BANNO_URL: card.bank.origin };
    const [first, second] = [await startTestCard(env), await startTestCard(env)];
    const begun = await first.begin();
    const exchanges = () => card.bank.requests.filter(({ path }) => path.endsWith('/token')).length;
    const before = exchanges();

    const headers = { ...FRAMED, cookie: begun.cookie };
    const refused = await second.get(url(begun.state, { iss }), headers);

    expect(bootOf(refused).problem?.code).toBe('SIGN_IN_FAILED');
    expect((await second.get(url(begun.state), headers)).statusCode).toBe(303);
    expect(exchanges()).toBe(before);
    await Promise.all([first.close(), second.close()]);
  },
);

test.each(['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD'] as const)(
  'A27 a callback by %s is 405, and costs nothing',
  async (method) => {
    const { state, cookie } = await card.begin();
    const honest = url(state);
    const before = card.bank.requests.length;
    const form = { 'content-type': 'application/x-www-form-urlencoded' };

    for (const target of ['/auth/callback', honest]) {
      const response = await card.app.inject({
        method,
        url: target,
        headers: { host: HOST, ...FRAMED, cookie, ...form },
        payload: honest.slice(honest.indexOf('?') + 1),
      });
      expect([target, response.statusCode, response.headers.allow]).toEqual([target, 405, 'GET']);
    }
    expect(card.bank.requests).toHaveLength(before);
    expect(bootOf(await card.get(honest, { ...FRAMED, cookie })).session).toBeDefined();
  },
);
