/** ID tokens that the bank did not sign, or not so: one wrong thing each, the claims honest. */

import { type Draft, type Forgery, forge, signedByBank, signedWith, withHeader } from './forge.ts';
import { CLIENT } from './hostile-bank.ts';
import { hmac, signature } from './signing-keys.ts';

/** Signed with `alg` by somebody else, under the bank's own `kid`. */
function signedByStranger(alg: string, header: Record<string, unknown> = {}): Forgery {
  return (draft) =>
    forge({
      header: { alg, kid: draft.bankKey(alg).kid, ...header },
      payload: draft.claims,
      signature: (input) => signature(alg, input, draft.strangerKey(alg).privateKey),
    });
}

/** Not signed at all. */
function unsigned(header: string, sealed: string | Buffer = ''): Forgery {
  return ({ claims }) => forge({ header, payload: claims, signature: sealed });
}

function shared(alg: string, secretOf: (draft: Draft) => string | Buffer): Forgery {
  return (draft) =>
    forge({
      header: { alg, kid: draft.header.kid },
      payload: draft.claims,
      signature: (input) => hmac(alg, input, secretOf(draft)),
    });
}

/** The key comes with the token, as a whole or as an address. */
function bringsKey(member: string, keyOf: (draft: Draft) => unknown): Forgery {
  return (draft) => signedByStranger('ES256', { [member]: keyOf(draft) })(draft);
}

const strangerJwk = ({ strangerKey }: Draft) => strangerKey('ES256').publicKey.export({ format: 'jwk' });
const pem = (kind: 'spki' | 'pkcs1') => (draft: Draft) =>
  draft.bankKey('RS256').publicKey.export({ type: kind, format: 'pem' });
/** On the bank’s own origin: a fetch of it would be seen. */
const elsewhere = ({ claims }: Draft) => `${claims['iss']}${ELSEWHERE}`;

/** Where a token says that its key can be had; nobody may ask there. */
export const ELSEWHERE = '/keys-of-a-stranger';

export const FORGED_SIGNATURES: [string, Forgery][] = [
  ...['ES256', 'RS256', 'PS256'].map((alg): [string, Forgery] => [
    `B01 bad signature (${alg})`,
    signedByStranger(alg),
  ]),
  ['B01 no signature', (draft) => `${signedByBank(draft).split('.').slice(0, 2).join('.')}.`],
  ['B01 a signature of zeros', unsigned('{"alg":"ES256","kid":"bank-key"}', Buffer.alloc(64))],
  ['B01 a signature cut short', (draft) => signedByBank(draft).slice(0, -20)],
  ['B01 the signature of other claims', otherClaims],
  ['B01 a DER signature', derSignature],
  ...['none', 'None', 'nOnE', 'NONE', ''].map((alg): [string, Forgery] => [
    `B02 alg "${alg}"`,
    unsigned(JSON.stringify({ alg })),
  ]),
  ['B02 alg none under the bank’s kid', unsigned('{"alg":"none","kid":"bank-key"}')],
  ['B02 alg none with some signature', unsigned('{"alg":"none"}', Buffer.from('signature'))],
  ['B02 alg none, escaped', unsigned('{"\\u0061lg":"n\\u006fne"}')],
  ['B02 alg missing', unsigned('{"kid":"bank-key"}')],
  ['B02 alg null', unsigned('{"alg":null}')],
  ['B02 alg an array', withHeader({ alg: ['ES256'] })],
  ['B02 alg twice, none the last', twice('"alg":"ES256"', '"alg":"none"')],
  ['B02 alg twice, none the first', twice('"alg":"none"', '"alg":"ES256"')],
  ['B03 HS256 with the client secret', shared('HS256', () => CLIENT.secret)],
  ['B03 HS512 with the client secret', shared('HS512', () => CLIENT.secret)],
  ['B03 HS256 with the public key (SPKI)', shared('HS256', pem('spki'))],
  ['B03 HS256 with the public key (PKCS #1)', shared('HS256', pem('pkcs1'))],
  ['B03 HS256 with the published key', shared('HS256', ({ bankKey }) => publishedText(bankKey('ES256')))],
  ['B03 HS256 with an empty secret', shared('HS256', () => '')],
  ...['ES384', 'ES512', 'RS384', 'RS512', 'PS384', 'PS512', 'EdDSA'].map((alg): [string, Forgery] => [
    `B04 ${alg}, signed with a published key`,
    signedWith(alg),
  ]),
  ['B04 ES256 said, PS256 meant', mislabelled],
  ['B05 embedded jwk', bringsKey('jwk', strangerJwk)],
  ['B05 jku', bringsKey('jku', elsewhere)],
  ['B05 x5u', bringsKey('x5u', elsewhere)],
  ['B05 x5c', bringsKey('x5c', ({ strangerKey }) => [derText(strangerKey('ES256'))])],
  [
    'B05 embedded jwk beside the bank’s own signature',
    (draft) => withHeader({ jwk: strangerJwk(draft) })(draft),
  ],
  ['B05 jku beside the bank’s own signature', (draft) => withHeader({ jku: elsewhere(draft) })(draft)],
  ['B07 kid unknown', withHeader({ kid: 'unknown' })],
  ['B07 kid a path', withHeader({ kid: '../../../../dev/null' })],
  ['B07 kid SQL', withHeader({ kid: "x' UNION SELECT 'key' --" })],
  ['B07 kid of 10 KB', withHeader({ kid: 'k'.repeat(10_240) })],
  ['B07 kid a number', withHeader({ kid: 1 })],
  ['B07 kid null', withHeader({ kid: null })],
  ['B07 kid __proto__', withHeader({ kid: '__proto__' })],
  ['B07 kid of another kind of key', withHeader({ kid: 'bank-key-RS256' })],
  ['B09 kid absent, several fitting keys', withHeader({ kid: undefined })],
];

function otherClaims(draft: Draft): string {
  const [header, , sealed] = signedByBank(draft).split('.');
  const payload = Buffer.from(JSON.stringify({ ...draft.claims, given_name: 'Mallory' }));
  return `${header}.${payload.toString('base64url')}.${sealed}`;
}

/** RFC 7518 section 3.4 wants R and S side by side; OpenSSL's own form is no JWS signature. */
function derSignature(draft: Draft): string {
  return forge({
    header: draft.header,
    payload: draft.claims,
    signature: (input) => {
      const raw = signature('ES256', input, draft.bankKey('ES256').privateKey);
      return Buffer.concat([
        Buffer.from('30440220', 'hex'),
        raw.subarray(0, 32),
        Buffer.from('0220', 'hex'),
        raw.subarray(32),
      ]);
    },
  });
}

function mislabelled(draft: Draft): string {
  return forge({
    header: draft.header,
    payload: draft.claims,
    signature: (input) => signature('PS256', input, draft.bankKey('PS256').privateKey),
  });
}

function twice(first: string, second: string): Forgery {
  return (draft) => signedByBank(draft, { header: `{${first},"kid":"${draft.header.kid}",${second}}` });
}

function publishedText(key: ReturnType<Draft['bankKey']>): string {
  return JSON.stringify(key.jwk);
}

function derText(key: ReturnType<Draft['strangerKey']>): string {
  return key.publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
}
