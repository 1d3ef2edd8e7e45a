/** The bank's signing keys over time: rotated, out of reach, of the wrong kind, or far too many. */
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fixed, json, metadata, OIDC } from '../../hostile/hostile-bank.ts';
import { startTestCard, type TestCard } from '../../support/test-card.ts';

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

test('B11 B12 a key rotated between sign-ins is fetched once, when the copy is a minute old', async () => {
  expect((await card.signIn()).boot.session).toBeDefined();
  await rotate('new-key');
  expect((await card.signIn()).boot.problem?.code).toBe('SIGN_IN_FAILED');
  later(61);
  const before = asked();

  expect((await card.signIn()).boot.session).toBeDefined();
  expect(asked()).toBe(before + 1);
});

test('B07 an unknown kid costs one fetch at most', async () => {
  await card.signIn();
  later(61);
  card.bank.idToken = { header: { kid: 'x'.repeat(5_000) } };
  const before = asked();

  for (let count = 0; count < 3; count += 1)
    expect((await card.signIn()).boot.problem?.code).toBe('SIGN_IN_FAILED');

  expect(asked()).toBe(before + 1);
});

test('B09 no kid and two fitting keys are refused', async () => {
  const { publicKey } = await generateKeyPair('ES256', { extractable: true });
  await rotate('new-key', { ...(await exportJWK(publicKey)), kid: 'other', use: 'sig' });
  card.bank.idToken = { ...card.bank.idToken, header: { kid: undefined } };

  expect((await card.signIn()).boot.problem?.code).toBe('SIGN_IN_FAILED');
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
