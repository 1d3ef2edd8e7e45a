/** What stands in a key set: keys that are weak, private, shared or none are as good as not published. */
import { createPublicKey, generateKeyPairSync, type JsonWebKey } from 'node:crypto';
import { generateKeyPair } from 'jose';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type HostileBank, json, OIDC, startHostileBank } from '../../hostile/hostile-bank.ts';
import { identityProviderOf } from '../../support/identity-provider-of.ts';

const JWKS = `${OIDC}/jwks`;
let bank: HostileBank;
let good: JsonWebKey;
beforeAll(async () => {
  bank = await startHostileBank();
  good = (await (await fetch(bank.origin + JWKS)).json()).keys[0];
});
afterAll(() => bank.close());
beforeEach(() => {
  bank.answers.clear();
  bank.idToken = {};
});

function publish(keys: unknown): void {
  bank.answers.set(JWKS, (_request, response) => json(response, { keys }));
}

const asSigning = (jwk: JsonWebKey): JsonWebKey => ({ ...jwk, use: 'sig', kid: 'bank-key' });
function rsa(modulusLength: number, publicExponent = 65_537): JsonWebKey {
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength, publicExponent });
  return asSigning(publicKey.export({ format: 'jwk' }));
}
function privately(type: 'ec' | 'rsa'): JsonWebKey {
  const { privateKey } =
    type === 'ec'
      ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
      : generateKeyPairSync('rsa', { modulusLength: 2_048 });
  return asSigning(privateKey.export({ format: 'jwk' }));
}
const ed25519 = () => asSigning(generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' }));
const curve = (namedCurve: string) =>
  asSigning(generateKeyPairSync('ec', { namedCurve }).publicKey.export({ format: 'jwk' }));

const WORTHLESS: [string, () => unknown[]][] = [
  ['an RSA key of 512 bits', () => [rsa(512)]],
  ['an RSA key of 1,024 bits', () => [rsa(1_024)]],
  ['an RSA key of 2,047 bits', () => [rsa(2_047)]],
  ['an RSA key with the exponent 3', () => [rsa(2_048, 3)]],
  ['an RSA key with the exponent 1', () => [{ ...rsa(2_048), e: 'AQ' }]],
  ['an RSA key of 100,000 bits', () => [{ ...rsa(2_048), n: `_${'u'.repeat(16_666)}w` }]],
  ['an RSA key without a modulus', () => [{ kty: 'RSA', e: 'AQAB', kid: 'bank-key' }]],
  ['a shared secret', () => [{ kty: 'oct', k: 'c2VjcmV0', kid: 'bank-key', alg: 'HS256' }]],
  [
    'a shared secret that calls itself ES256',
    () => [{ kty: 'oct', k: 'c2VjcmV0', kid: 'bank-key', alg: 'ES256' }],
  ],
  ['a private EC key', () => [privately('ec')]],
  ['a private RSA key', () => [privately('rsa')]],
  ['its own key with a private member', () => [{ ...good, d: 'AAAA' }]],
  ['a key on another curve', () => [curve('P-384')]],
  ['a key on a curve of others', () => [curve('secp256k1')]],
  ['an Edwards key', () => [ed25519()]],
  ['its own key with a point that is on no curve', () => [{ ...good, x: good.y ?? '' }]],
  ['its own key without a coordinate', () => [{ ...good, y: undefined }]],
  [
    'its own key with operations that are no list',
    () => [
      { ...good, key_ops: 'verify' },
      { ...good, key_ops: 5 },
    ],
  ],
  ['empty objects', () => Array(10_000).fill({})],
  ['text, numbers and nothing', () => ['key', 5, null, true, []]],
  ['lists', () => [[good]]],
  [
    'five hundred keys of others',
    () => Array.from({ length: 500 }, (_, index) => ({ kty: 'EC', kid: `k${index}` })),
  ],
];
test.each(WORTHLESS)('C06 %s alone signs nobody in', async (_name, keys) => {
  publish(keys());

  expect(await identityProviderOf(bank).redeem()).toBe('BANK_UNEXPECTED');
});

test.each(WORTHLESS)('C06 %s beside the right key is ignored', async (_name, keys) => {
  publish([...keys().slice(0, 2_000), good]);
  const { redeem } = identityProviderOf(bank);

  expect(await redeem()).toBe('good');
  // Without a name there is one key that fits, not several.
  bank.idToken = { header: { kid: undefined } };
  expect(await redeem()).toBe('good');
});

const OTHERS: [string, () => unknown][] = [
  ['no keys', () => []],
  ['10,000 keys', () => Array.from({ length: 10_000 }, (_, index) => ({ ...good, kid: `k${index}` }))],
  ['keys that are an object', () => ({ 0: good, length: 1 })],
  ['keys that are text', () => 'keys'],
  ['keys that are null', () => null],
];
test.each(OTHERS)('C06 a set of %s signs nobody in', async (_name, keys) => {
  publish(keys());

  expect(await identityProviderOf(bank).redeem()).toBe('BANK_UNEXPECTED');
});

test.each<[string, () => JsonWebKey[]]>([
  ['another key, before it', () => [curve('P-256'), good]],
  ['another key, behind it', () => [good, curve('P-256')]],
  ['itself once more', () => [good, good]],
])('B09 C06 a key that shares its kid with %s verifies nothing', async (_name, keys) => {
  publish(keys());

  expect(await identityProviderOf(bank).redeem()).toBe('SIGN_IN_FAILED');
});

test.each(['ES256', 'RS256', 'PS256'])(
  'C06 a strong key for %s is good, with or without its private half known',
  async (alg) => {
    const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
    bank.idToken = { key: privateKey, header: { alg, kid: 'strong' } };
    const { redeem } = identityProviderOf(bank);
    const jwk = { ...(await crypto.subtle.exportKey('jwk', publicKey)), kid: 'strong', use: 'sig', alg };
    const { key_ops: _, ext: __, ...published } = jwk;
    publish([published, good]);

    expect(await redeem()).toBe('good');
    // A key that the whole world can sign with verifies nothing, whoever signed.
    publish([{ ...published, ...(await crypto.subtle.exportKey('jwk', privateKey)), kid: 'strong' }, good]);
    expect(await identityProviderOf(bank).redeem()).toBe('SIGN_IN_FAILED');
    expect(createPublicKey({ key: published, format: 'jwk' }).type).toBe('public');
  },
);
