/** Token answers that are odd or broken: what is refused, and what an honest bank may send. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { fixed, type HostileBank, OIDC } from '../../hostile/hostile-bank.ts';
import { startTestCard, type TestCard } from '../../support/test-card.ts';

let card: TestCard;
let bank: HostileBank;
beforeAll(async () => {
  card = await startTestCard();
  bank = card.bank;
});
afterAll(() => card.close());
beforeEach(() => {
  bank.tokenAnswer = {};
  bank.answers.clear();
});

const answers: [string, Record<string, unknown>, boolean][] = [
  ['D11 has no token_type', { token_type: undefined }, false],
  ['D11 has token_type mac', { token_type: 'mac' }, false],
  ['D11 has token_type DPoP', { token_type: 'DPoP' }, false],
  ['D11 has token_type BEARER', { token_type: 'BEARER' }, true],
  ['D12 has no expires_in', { expires_in: undefined }, true],
  ['D12 has expires_in as a string', { expires_in: '600' }, true],
  ['D12 has expires_in 1e15', { expires_in: 1e15 }, true],
  ['D12 has a negative expires_in', { expires_in: -5 }, false],
  ['D12 has words for expires_in', { expires_in: 'soon' }, false],
  ['D13 has an access token of 9,000 characters', { access_token: 'a'.repeat(9_000) }, false],
  ['D13 has an access token with a line break', { access_token: 'a\r\nX-Y: z' }, false],
  ['has no access token', { access_token: undefined }, false],
];
test.each(answers)('a token answer that %s signs in only when it may', async (_name, change, signsIn) => {
  card.bank.tokenAnswer = change;

  expect((await card.signIn()).boot.session !== undefined).toBe(signsIn);
});

const tokenFaults: [string, Record<string, unknown>, string][] = [
  ['D10 has no id_token', { id_token: undefined }, 'SIGN_IN_FAILED'],
  ['D11 has no token_type', { token_type: undefined }, 'SIGN_IN_FAILED'],
  ['D11 has token_type mac', { token_type: 'mac' }, 'SIGN_IN_FAILED'],
  ['D13 has an access token with a line break', { access_token: 'a\r\nb' }, 'SIGN_IN_FAILED'],
  ['D13 has an access token of 100 KB', { access_token: 'a'.repeat(100_000) }, 'BANK_UNEXPECTED'],
  ['D14 was not granted the accounts', { scope: 'openid profile' }, 'NOT_PERMITTED'],
];

test.each(tokenFaults)('ends in a problem when the token answer %s', async (_name, change, code) => {
  bank.tokenAnswer = change;

  const { boot } = await card.signIn();

  expect(boot.problem?.code).toBe(code);
});

const endpointFaults: [string, ReturnType<typeof fixed>, string][] = [
  ['D05 answers HTML', fixed(200, '<p>hello</p>', { 'content-type': 'text/html' }), 'BANK_UNEXPECTED'],
  ['D05 answers JSON as text', fixed(200, '{}', { 'content-type': 'text/plain' }), 'BANK_UNEXPECTED'],
  [
    'D07 answers invalid_client',
    fixed(401, '{"error":"invalid_client"}', { 'content-type': 'application/json' }),
    'SIGN_IN_FAILED',
  ],
  [
    'D08 answers invalid_grant',
    fixed(400, '{"error":"invalid_grant"}', { 'content-type': 'application/json' }),
    'SIGN_IN_FAILED',
  ],
  ['D09 answers 429', fixed(429, '', { 'retry-after': '7' }), 'TOO_MANY_REQUESTS'],
  ['answers 503', fixed(503, '<p>maintenance</p>'), 'BANK_UNAVAILABLE'],
  ['redirects', fixed(302, '', { location: 'http://evil.example/' }), 'BANK_UNEXPECTED'],
  ['D03 resets the connection', (request) => void request.socket.destroy(), 'BANK_UNAVAILABLE'],
];

test.each(endpointFaults)(
  'ends in a problem, asked once, when the token endpoint %s',
  async (_name, answer, code) => {
    bank.answers.set(`${OIDC}/token`, answer);
    const before = bank.requests.length;

    const { callback, boot } = await card.signIn();

    expect(callback.statusCode).toBe(200);
    expect(boot.problem?.code).toBe(code);
    expect(bank.requests.slice(before).filter(({ path }) => path === `${OIDC}/token`)).toHaveLength(1);
  },
);
