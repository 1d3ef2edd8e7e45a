/** ID tokens and token answers that are odd rather than forged: what is refused, and what an honest bank may send. */
import { generateKeyPair } from 'jose';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { CLIENT, type HostileBank } from '../../hostile/hostile-bank.ts';
import { startTestCard, type TestCard } from '../../support/test-card.ts';

let card: TestCard;
beforeAll(async () => {
  card = await startTestCard();
});
afterAll(() => card.close());
beforeEach(() => {
  card.bank.idToken = {};
  card.bank.tokenAnswer = {};
});

const now = Math.floor(Date.now() / 1_000);

const refused: [string, HostileBank['idToken']][] = [
  ['B13 iss ends in a slash more', { claims: { iss: 'http://127.0.0.1/a/consumer/api/v0/oidc/' } }],
  ['B14 aud is a number', { claims: { aud: 5 } }],
  ['B14 aud is an array in an array', { claims: { aud: [[CLIENT.id]] } }],
  ['B17 azp is empty', { claims: { azp: '' } }],
  ['B18 exp is a string', { claims: { exp: String(now + 600) } }],
  ['B18 exp is negative', { claims: { exp: -1 } }],
  ['B19 iat is a float in a string', { claims: { iat: `${now}.5` } }],
  ['B20 nbf is a string', { claims: { nbf: 'soon' } }],
  ['B21 nonce is an array', { claims: { nonce: ['nonce'] } }],
  ['B22 sub is a number', { claims: { sub: 5 } }],
  ['B22 sub holds a NUL', { claims: { sub: 'a\0b' } }],
  ['B22 sub ends in a line break', { claims: { sub: 'abc\n' } }],
  ['B22 sub holds an escape', { claims: { sub: 'a%2Fb' } }],
  ['B23 typ is secevent+jwt', { header: { typ: 'secevent+jwt' } }],
  ['B24 at_hash is empty', { claims: { at_hash: '' } }],
  ['B05 jku leads elsewhere', { header: { jku: 'http://127.0.0.1:1/jwks', kid: 'elsewhere' } }],
];
test.each(refused)('refuses an ID token whose %s', async (_name, change) => {
  card.bank.idToken = change;

  expect((await card.signIn()).boot.problem?.code).toBe('SIGN_IN_FAILED');
});

test.each(['ES384', 'PS512', 'RS384', 'EdDSA'])('B04 refuses alg %s', async (alg) => {
  const { privateKey } = await generateKeyPair(alg);
  card.bank.idToken = { header: { alg }, key: privateKey };

  expect((await card.signIn()).boot.problem?.code).toBe('SIGN_IN_FAILED');
});

const parts: [string, (token: string) => unknown][] = [
  ['five parts', (token) => `${token}.a.b`],
  ['two parts', (token) => token.split('.').slice(0, 2).join('.')],
  ['other characters', (token) => `%%${token}`],
  ['1 MB', () => 'a'.repeat(1_048_576)],
  ['a number', () => 5],
  ['null', () => null],
];
test.each(parts)('B27 refuses an ID token of %s', async (_name, change) => {
  card.bank.tokenAnswer = { id_token: change(await card.bank.signIdToken()) };

  const { boot } = await card.signIn();

  expect(boot.session).toBeUndefined();
  expect(['SIGN_IN_FAILED', 'BANK_UNEXPECTED']).toContain(boot.problem?.code);
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
