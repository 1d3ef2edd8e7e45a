/** ID tokens that are no tokens, of another kind, or that two readers would understand differently. */
import {
  changed,
  claimsText,
  type Draft,
  type Forgery,
  signedByBank,
  withClaims,
  withHeader,
} from './forge.ts';

/** The header as text, signed by the bank. */
function headerText(textOf: (members: string) => string): Forgery {
  return (draft) => signedByBank(draft, { header: textOf(JSON.stringify(draft.header).slice(1, -1)) });
}

/** The payload as text, signed by the bank. */
function payloadText(textOf: (draft: Draft) => string | Buffer): Forgery {
  return (draft) => signedByBank(draft, { payload: textOf(draft) });
}

const JWE_HEADER = Buffer.from('{"alg":"RSA-OAEP-256","enc":"A256GCM"}').toString('base64url');

export const FORGED_SHAPES: [string, Forgery][] = [
  ['B23 typ at+jwt', withHeader({ typ: 'at+jwt' })],
  ['B23 typ logout+jwt', withHeader({ typ: 'logout+jwt' })],
  ['B23 typ secevent+jwt', withHeader({ typ: 'secevent+jwt' })],
  ['B23 typ application/at+jwt', withHeader({ typ: 'application/at+jwt' })],
  ['B23 typ empty', withHeader({ typ: '' })],
  ['B23 typ null', withHeader({ typ: null })],
  ['B23 typ an array', withHeader({ typ: ['JWT'] })],
  ['B27 a JWE of five parts', () => `${JWE_HEADER}.a2V5.aXY.Y2lwaGVydGV4dA.dGFn`],
  ['B27 five parts, the first three honest', changed((token) => `${token}.a.b`)],
  ['B27 two parts', changed((_token, [header, payload]) => `${header}.${payload}`)],
  ['B27 four parts', changed((token) => `${token}.a`)],
  ['B27 one part', () => 'token'],
  ['B27 no part', () => '..'],
  ['B27 empty', () => ''],
  ['B27 not base64url: a percent sign', changed((token) => `%${token}`)],
  ['B27 not base64url: padding', changed((token) => `${token}==`)],
  ['B27 not base64url: the alphabet of base64', changed((_token, [h, p, s]) => `${h}.${p}.${plain(s)}`)],
  ['B27 not base64url: a line break at the end', changed((token) => `${token}\n`)],
  ['B27 not base64url: spaces', changed((_token, [h, p, s]) => `${h}. ${p} .${s}`)],
  ['B27 the last bits of the signature not zero', changed((token) => otherLastBits(token))],
  ['B27 a number', () => 5],
  ['B27 null', () => null],
  ['B27 an object', changed((token) => ({ token }))],
  ['B27 an array', changed((token) => [token])],
  ['B27 20 KB', (draft) => withClaims({ filler: 'a'.repeat(15_000) })(draft)],
  ['the header is no JSON', headerText((members) => `{${members}`)],
  ['the header is an array', headerText((members) => `[{${members}}]`)],
  ['the header has crit', withHeader({ crit: ['exp'] })],
  ['the header has an empty crit', withHeader({ crit: [] })],
  ['the header has b64 false, marked critical', withHeader({ b64: false, crit: ['b64'] })],
  ['the header has b64 false', withHeader({ b64: false })],
  ['the header has zip', withHeader({ zip: 'DEF' })],
  ['the header has enc', withHeader({ enc: 'A256GCM' })],
  ['the header has cty', withHeader({ cty: 'JWT' })],
  ['the header has kid twice', headerText((members) => `{"kid":"stranger",${members}}`)],
  ['the payload is no JSON', payloadText((draft) => claimsText(draft).slice(0, -1))],
  ['the payload is null', payloadText(() => 'null')],
  ['the payload is an array', payloadText((draft) => `[${claimsText(draft)}]`)],
  [
    'the payload is no UTF-8',
    payloadText((draft) => Buffer.from(claimsText(draft, '"name":"\xff",'), 'latin1')),
  ],
  ['the payload begins with a byte order mark', payloadText((draft) => `\ufeff${claimsText(draft)}`)],
  ['the payload has sub twice', payloadText((draft) => claimsText(draft, '"sub":"somebody-else",'))],
  [
    'the payload has sub twice, once escaped',
    payloadText((draft) => claimsText(draft, '"\\u0073ub":"somebody-else",')),
  ],
  ['the payload has aud twice', payloadText((draft) => claimsText(draft, '"aud":"another-client",'))],
  ['the payload has sub in __proto__ only', inPrototype],
];

function inPrototype(draft: Draft): string {
  const { sub, ...others } = draft.claims;
  const prototype = JSON.stringify({ sub });
  return signedByBank(draft, {
    payload: claimsText({ ...draft, claims: others }, `"__proto__":${prototype},`),
  });
}

function plain(part: string): string {
  return Buffer.from(part, 'base64url').toString('base64');
}

/** 64 bytes leave four bits of the last character unused (RFC 4648 section 3.5): the same signature, another text. */
function otherLastBits(token: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  return token.slice(0, -1) + alphabet[alphabet.indexOf(token.slice(-1)) + 1];
}
