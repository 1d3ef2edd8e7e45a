/** ID tokens that are wrong in one way each must end in no session and no data. */
import { exportJWK, generateKeyPair } from 'jose';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { CLIENT, fixed, type HostileBank, OIDC, SUBJECT } from '../../hostile/hostile-bank.ts';
import { bootOf, callbackUrl, FRAMED, startTestCard, type TestCard } from '../../support/test-card.ts';

let card: TestCard;
let bank: HostileBank;
beforeAll(async () => {
  card = await startTestCard();
  bank = card.bank;
});
afterAll(() => card.close());
beforeEach(() => {
  bank.idToken = {};
  bank.tokenAnswer = {};
  bank.answers.clear();
});

const now = Math.floor(Date.now() / 1_000);
const HOUR = 3_600;
const secret = new TextEncoder().encode(CLIENT.secret);

const forgeries: [string, HostileBank['idToken']][] = [
  ['B03 is signed with the client secret (HS256)', { header: { alg: 'HS256' }, key: secret }],
  ['B13 iss is another issuer', { claims: { iss: 'https://evil.example/oidc' } }],
  ['B13 iss is missing', { claims: { iss: undefined } }],
  ['B14 aud is another client', { claims: { aud: 'another-client' } }],
  ['B14 aud is missing', { claims: { aud: undefined } }],
  ['B14 aud is an empty array', { claims: { aud: [] } }],
  ['B14 aud names two clients and no azp', { claims: { aud: [CLIENT.id, 'another-client'] } }],
  ['B17 azp is another client', { claims: { azp: 'another-client' } }],
  ['B18 exp is past beyond the skew', { claims: { exp: now - 2 * HOUR } }],
  ['B18 exp is missing', { claims: { exp: undefined } }],
  ['B18 exp is no date', { claims: { exp: 1e20 } }],
  ['B19 iat is missing', { claims: { iat: undefined } }],
  ['B19 iat is an hour ahead', { claims: { iat: now + HOUR } }],
  ['B19 iat is a week old', { claims: { iat: now - 168 * HOUR } }],
  ['B20 nbf is ahead', { claims: { nbf: now + HOUR } }],
  ['B21 nonce is wrong', { claims: { nonce: 'another-nonce' } }],
  ['B21 nonce is missing', { claims: { nonce: undefined } }],
  ['B22 sub is empty', { claims: { sub: '' } }],
  ['B22 sub is missing', { claims: { sub: undefined } }],
  ['B22 sub is a path', { claims: { sub: '../users/other' } }],
  ['B22 sub is a dot segment', { claims: { sub: '..' } }],
  ['B22 sub has 300 characters', { claims: { sub: 'a'.repeat(300) } }],
  ['B23 typ is at+jwt', { header: { typ: 'at+jwt' } }],
  ['B23 typ is logout+jwt', { header: { typ: 'logout+jwt' } }],
  ['B24 at_hash is of another access token', { claims: { at_hash: 'AAAAAAAAAAAAAAAAAAAAAA' } }],
  ['B07 kid is unknown', { header: { kid: "../../etc/passwd' OR 1=1" } }],
];

test.each(forgeries)('refuses an ID token whose %s', async (_name, forgery) => {
  bank.idToken = forgery;

  const { boot } = await card.signIn();

  expect(boot.problem).toMatchObject({ code: 'SIGN_IN_FAILED', status: 400 });
  expect(boot.session).toBeUndefined();
  expect(bank.requests.filter(({ path }) => path.includes('/users/'))).toEqual([]);
});

test.each(['ES256', 'RS256', 'PS256'])('B01 refuses a foreign %s signature', async (alg) => {
  const { privateKey } = await generateKeyPair(alg);
  bank.idToken = { header: { alg }, key: privateKey };

  const { boot } = await card.signIn();

  expect(boot.problem?.code).toBe('SIGN_IN_FAILED');
});

test.each(['none', 'None', 'nOnE'])('B02 refuses alg %s', async (alg) => {
  const { state, cookie } = await card.begin();
  const [, payload] = (await bank.signIdToken()).split('.');
  const header = Buffer.from(JSON.stringify({ alg })).toString('base64url');
  bank.tokenAnswer = { id_token: `${header}.${payload}.` };

  const callback = await card.get(callbackUrl(state, bank), { ...FRAMED, cookie });

  expect(bootOf(callback).problem?.code).toBe('SIGN_IN_FAILED');
});

test('B05 ignores a key that the token brings itself', async () => {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
  bank.idToken = { header: { jwk: await exportJWK(publicKey), kid: undefined }, key: privateKey };

  const { boot } = await card.signIn();

  expect(boot.problem?.code).toBe('SIGN_IN_FAILED');
});

test('accepts what is right: aud as an array, azp of our own, typ JWT, no kid with one key', async () => {
  bank.idToken = {
    claims: { aud: [CLIENT.id], azp: CLIENT.id, sub: SUBJECT },
    header: { typ: 'JWT', kid: undefined },
  };

  const { boot } = await card.signIn();

  expect(boot.problem).toBeUndefined();
  expect(boot.session).toMatch(/^[A-Za-z0-9_-]{43}$/);
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
