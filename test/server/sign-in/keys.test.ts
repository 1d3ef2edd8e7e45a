/** The bank's signing keys over time: rotated, out of reach, of the wrong kind, or far too many. */
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fixed, json, metadata, OIDC } from '../../hostile/hostile-bank.ts';
import { bootOf, callbackUrl, FRAMED, startTestCard, type TestCard } from '../../support/test-card.ts';

let card: TestCard;
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  card = await startTestCard();
});
afterEach(async () => {
  vi.useRealTimers();
  await card.close();
});

const JWKS = `${OIDC}/jwks`;
const asked = () => card.bank.requests.filter(({ path }) => path === JWKS).length;
const later = (seconds: number) => vi.setSystemTime(Date.now() + seconds * 1_000);

/** The bank signs with a new key from now on, and publishes these beside it. */
async function rotate(kid: string, ...others: JWK[]): Promise<void> {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid, use: 'sig', alg: 'ES256' };
  card.bank.idToken = { key: privateKey, header: { kid } };
  card.bank.answers.set(JWKS, (_request, response) => json(response, { keys: [...others, jwk] }));
}

const code = async () => (await card.signIn()).boot.problem?.code;

test('B08 no kid in the token, one key: accepted, whether the key has a kid or not', async () => {
  card.bank.idToken = { header: { kid: undefined } };
  expect((await card.signIn()).boot.session).toBeDefined();

  const { jwk } = card.bank.draft().bankKey('ES256');
  card.bank.answers.set(JWKS, (_request, response) => json(response, { keys: [{ ...jwk, kid: undefined }] }));
  later(301);
  expect((await card.signIn()).boot.session).toBeDefined();
});

test('B09 no kid in the token, several fitting keys: refused', async () => {
  const { publicKey } = await generateKeyPair('ES256', { extractable: true });
  await rotate('new-key', { ...(await exportJWK(publicKey)), kid: 'other', use: 'sig' });
  card.bank.idToken = { ...card.bank.idToken, header: { kid: undefined } };

  expect(await code()).toBe('SIGN_IN_FAILED');
});

test('B11 a key rotated between sign-ins is accepted', async () => {
  expect((await card.signIn()).boot.session).toBeDefined();
  later(61);
  await rotate('new-key');
  const before = asked();

  expect((await card.signIn()).boot.session).toBeDefined();
  expect((await card.signIn()).boot.session).toBeDefined();
  expect(asked()).toBe(before + 1);
});

test('B12 a key rotated just before signing is accepted after one fetch', async () => {
  await card.signIn();
  later(61);
  const { state, cookie } = await card.begin();
  const before = asked();
  await rotate('new-key');

  const callback = await card.get(callbackUrl(state, card.bank), { ...FRAMED, cookie });

  expect(bootOf(callback).session).toBeDefined();
  expect(asked()).toBe(before + 1);
});

test('B12 within the cool-down a new key costs no fetch; a fresh sign-in later succeeds', async () => {
  await card.signIn();
  await rotate('new-key');
  const before = asked();

  const { boot, callback } = await card.signIn();
  expect(boot.problem?.code).toBe('SIGN_IN_FAILED');
  expect([callback.statusCode, callback.headers.location, asked()]).toEqual([200, undefined, before]);
  later(61);
  const again = await card.signIn({ entry: boot.again });

  expect(again.boot.session).toBeDefined();
  expect(asked()).toBe(before + 1);
});

test.each([
  ['unknown', 'unknown'],
  ['a path', '../../../../etc/passwd'],
  ['SQL', "' OR 1=1; DROP TABLE keys --"],
  ['of 10 KB', 'k'.repeat(10_240)],
])('B07 a kid that is %s costs one fetch at most', async (_name, kid) => {
  await card.signIn();
  later(61);
  card.bank.idToken = { header: { kid } };
  const before = asked();

  for (let count = 0; count < 3; count += 1) expect(await code()).toBe('SIGN_IN_FAILED');

  expect(asked()).toBe(before + 1);
  expect(card.bank.requests.every(({ path }) => path.startsWith(OIDC) || path.includes('/users/'))).toBe(
    true,
  );
});

const unfit: [string, Record<string, unknown>][] = [
  ['for encryption', { use: 'enc' }],
  ['for encryption, by its operations', { key_ops: ['encrypt', 'wrapKey'] }],
  ['for signing only, by its operations', { key_ops: ['sign'] }],
  ['whose operations are no list', { key_ops: 'verify' }],
  ['for another algorithm', { alg: 'ES384' }],
  ['for an algorithm of another kind', { alg: 'RS256' }],
  ['of another kind', { kty: 'RSA' }],
  ['of another kind, by its curve', { kty: 'OKP' }],
  ['on another curve', { crv: 'P-384' }],
  ['without a kind', { kty: undefined }],
];
test.each(unfit)('B04 a published key %s verifies nothing', async (_name, change) => {
  const { jwk } = card.bank.draft().bankKey('ES256');
  card.bank.answers.set(JWKS, (_request, response) => json(response, { keys: [{ ...jwk, ...change }] }));

  const { boot } = await card.signIn();

  expect(boot.session).toBeUndefined();
  expect(['SIGN_IN_FAILED', 'BANK_UNEXPECTED']).toContain(boot.problem?.code);
});

const outages: [string, Parameters<typeof fixed>][] = [
  ['answers 503', [503]],
  ['answers 404', [404, '{}']],
  ['answers HTML', [200, '<p>maintenance</p>', { 'content-type': 'text/html' }]],
  ['holds no key', [200, '{"keys":[]}', { 'content-type': 'application/json' }]],
  ['redirects', [302, '', { location: 'http://evil.example/' }]],
];
test.each(outages)(
  'C07 while the JWKS endpoint %s, the last good copy serves for a day',
  async (_name, answer) => {
    expect((await card.signIn()).boot.session).toBeDefined();
    card.bank.answers.set(JWKS, fixed(...answer));

    later(3_600 * 23);
    expect((await card.signIn()).boot.session).toBeDefined();
    const { privateKey } = await generateKeyPair('ES256');
    card.bank.idToken = { key: privateKey, header: { kid: 'unknown' } };
    expect((await card.signIn()).boot.session).toBeUndefined();
    card.bank.idToken = {};
    later(3_600 * 2);
    expect((await card.signIn()).boot.session).toBeUndefined();
    card.bank.answers.clear();
    expect((await card.signIn()).boot.session).toBeDefined();
  },
);

const odd: [string, () => unknown][] = [
  ['nothing but a shared secret', () => [{ kty: 'oct', k: 'c2VjcmV0', kid: 'bank-key', alg: 'HS256' }]],
  ['a weak RSA key', () => [{ kty: 'RSA', kid: 'bank-key', n: 'u'.repeat(86), e: 'AQAB' }]],
  ['text', () => 'keys'],
  ['numbers', () => [1, 2]],
  [
    '10,000 keys',
    () => Array.from({ length: 10_000 }, (_, index) => ({ kty: 'EC', crv: 'P-256', kid: `k${index}` })),
  ],
];
test.each(odd)('C06 a JWKS of %s signs nobody in', async (_name, keys) => {
  card.bank.answers.set(JWKS, (_request, response) => json(response, { keys: keys() }));

  const { callback, boot } = await card.signIn();

  expect(callback.statusCode).toBe(200);
  expect(['SIGN_IN_FAILED', 'BANK_UNEXPECTED']).toContain(boot.problem?.code);
});

test('C10 rotated endpoints are found by the hourly discovery, without a restart', async () => {
  await card.signIn();
  const moved = `${OIDC}/moved/token`;
  card.bank.answers.set(`${OIDC}/.well-known/openid-configuration`, (_request, response) =>
    json(response, { ...metadata(card.bank.issuer), token_endpoint: card.bank.origin + moved }),
  );
  later(3_601);
  await card.begin();

  await expect
    .poll(async () => {
      await card.signIn();
      return card.bank.requests.some(({ path }) => path === moved);
    })
    .toBe(true);
});
