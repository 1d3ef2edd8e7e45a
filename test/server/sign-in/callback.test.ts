/** The callback's checks before the bank is asked: state, binding, single use, issuer, error; and the restarts they allow. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bootOf, callbackUrl, FRAMED, HOST, startTestCard, type TestCard } from '../../support/test-card.ts';

let card: TestCard;
beforeAll(async () => {
  card = await startTestCard();
});
afterAll(() => card.close());

const TOP_LEVEL = {
  'sec-fetch-dest': 'document',
  'sec-fetch-mode': 'navigate',
  'sec-fetch-site': 'cross-site',
};

function tokenRequests(): number {
  return card.bank.requests.filter(({ path }) => path.endsWith('/token')).length;
}

test('answers with the card itself: the handle in the page, nothing in the address, no cookie', async () => {
  const { callback, boot } = await card.signIn();

  expect(callback.statusCode).toBe(200);
  expect(callback.headers['set-cookie']).toBeUndefined();
  expect(boot.session).toMatch(/^[\w-]{43}$/);
  expect(boot.links).toEqual({
    dashboard: `${card.bank.origin}/`,
    accounts: `${card.bank.origin}/accounts`,
    expanded: `http://${HOST}/expanded`,
  });
});

test('I11 works in a frame with every cookie blocked', async () => {
  const { boot, authorized } = await card.signIn({ cookies: false });

  expect(boot.session).toBeDefined();
  expect((await card.get('/api/accounts', authorized)).statusCode).toBe(200);
});

const refused: [string, (state: string) => string][] = [
  ['A01 has neither code nor error', (state) => callbackUrl(state, card.bank, { code: undefined })],
  ['A02 has two codes', (state) => `${callbackUrl(state, card.bank)}&code=another`],
  ['A02 has a code array', (state) => `${callbackUrl(state, card.bank)}&code[]=another`],
  ['A03 has no state', () => callbackUrl('', card.bank, { state: undefined })],
  ['A03 has an empty state', () => callbackUrl('', card.bank)],
  ['A04 has a foreign state', () => callbackUrl('c3RhdGUtb2YtYW5vdGhlcg', card.bank)],
  ['A04 has a state of 10 KB', () => callbackUrl('a'.repeat(10_240), card.bank)],
  ['A14 has another iss', (state) => callbackUrl(state, card.bank, { iss: 'https://evil.example/oidc' })],
  [
    'A14 has an iss with a slash more',
    (state) => callbackUrl(state, card.bank, { iss: `${card.bank.issuer}/` }),
  ],
  ['A15 lacks the advertised iss', (state) => callbackUrl(state, card.bank, { iss: undefined })],
  ['A23 has a code with a line break', (state) => callbackUrl(state, card.bank, { code: 'a\r\nb' })],
  ['A23 has a code of 10 KB', (state) => callbackUrl(state, card.bank, { code: 'a'.repeat(10_240) })],
  ['A23 has a code of emoji', (state) => callbackUrl(state, card.bank, { code: '💸' })],
];
test.each(refused)('refuses a callback that %s, without asking the bank', async (_name, urlOf) => {
  const { state, cookie } = await card.begin();
  const before = tokenRequests();

  const response = await card.get(urlOf(state), { ...FRAMED, cookie });

  expect(response.statusCode).toBe(400);
  expect(bootOf(response).problem?.code).toBe('SIGN_IN_FAILED');
  expect(tokenRequests()).toBe(before);
});

test('A06 a state sealed with another deployment’s keys is refused', async () => {
  const other = await startTestCard();
  const { state } = await other.begin();

  const response = await card.get(callbackUrl(state, card.bank), FRAMED);

  expect(response.statusCode).toBe(400);
  await other.close();
});

const errors: [string, number, string][] = [
  ['access_denied', 403, 'NOT_PERMITTED'],
  ['login_required', 401, 'SIGN_IN_REQUIRED'],
  ['interaction_required', 401, 'SIGN_IN_REQUIRED'],
  ['temporarily_unavailable', 502, 'BANK_UNAVAILABLE'],
  ['invalid_request', 400, 'SIGN_IN_FAILED'],
];
test.each(errors)(
  'A17 A18 A19 error=%s is one calm page, without the bank’s text',
  async (error, status, code) => {
    const { state, cookie } = await card.begin();
    const changes = { code: undefined, error, error_description: '<script>alert(1)</script>' };

    const response = await card.get(callbackUrl(state, card.bank, changes), { ...FRAMED, cookie });

    expect(response.statusCode).toBe(status);
    expect(bootOf(response).problem?.code).toBe(code);
    expect(response.body).not.toContain('alert(1)');
    expect(card.logs.join('')).not.toContain('alert(1)');
  },
);

test('I03 an unbound callback opened top-level is refused without asking the bank', async () => {
  const { state } = await card.begin();
  const before = tokenRequests();

  const response = await card.get(callbackUrl(state, card.bank), TOP_LEVEL);

  expect(response.statusCode).toBe(400);
  expect(tokenRequests()).toBe(before);
});

test('K10 neither cookie nor Fetch Metadata is refused, and the log can tell', async () => {
  const { state } = await card.begin();

  const response = await card.get(callbackUrl(state, card.bank));

  expect(response.statusCode).toBe(400);
  expect(card.logs.at(-1)).toContain('neither cookie nor Fetch Metadata');
});

test('K01 an unbound callback is refused after a minute', async () => {
  const { state } = await card.begin();
  card.clock.aheadMs = 61_000;

  const response = await card.get(callbackUrl(state, card.bank), FRAMED);

  card.clock.aheadMs = 0;
  expect(response.statusCode).toBe(400);
});
