/** Keys of every kind that could sign a token, and signatures by them: right ones, for what may still be wrong. */
import {
  constants,
  createHmac,
  generateKeyPairSync,
  type JsonWebKey,
  type KeyObject,
  sign as signBytes,
} from 'node:crypto';

/** The JWS algorithms (RFC 7518 section 3.1, RFC 8037) that a bank could use. */
export const SIGNING_ALGORITHMS = 'ES256 ES384 ES512 RS256 RS384 RS512 PS256 PS384 PS512 EdDSA'.split(' ');

export interface SigningKey {
  kid: string;
  privateKey: KeyObject;
  publicKey: KeyObject;
  /** As a JWKS publishes it. */
  jwk: JsonWebKey & { kid: string; use: string; alg: string };
}

/** One owner’s keys, made when they are first asked for; all RSA algorithms share one. */
export interface Keyring {
  of(alg: string): SigningKey;
}

type Pair = Pick<SigningKey, 'privateKey' | 'publicKey'>;

/** An RSA key takes up to a second: an owner has the same one all along. */
const rsaPairs = new Map<string, Pair>();

export function createKeyring(owner: string): Keyring {
  const pairs = new Map<string, Pair>();
  return {
    of(alg) {
      const isRsa = /^[RP]S/.test(alg);
      const [made, name] = isRsa ? [rsaPairs, owner] : [pairs, alg];
      const pair = made.get(name) ?? pairFor(isRsa ? 'RSA' : alg);
      made.set(name, pair);
      const kid = alg === 'ES256' ? owner : `${owner}-${alg}`;
      return { kid, ...pair, jwk: { ...pair.publicKey.export({ format: 'jwk' }), kid, use: 'sig', alg } };
    },
  };
}

function pairFor(kind: string): Pair {
  const curves: Record<string, string> = { ES256: 'P-256', ES384: 'P-384', ES512: 'P-521' };
  if (kind === 'RSA') return generateKeyPairSync('rsa', { modulusLength: 2_048 });
  if (kind === 'EdDSA') return generateKeyPairSync('ed25519');
  return generateKeyPairSync('ec', { namedCurve: curves[kind] ?? kind });
}

/** RFC 7518 section 3: the signature that `alg` names, over any bytes. */
export function signature(alg: string, input: string, key: KeyObject): Buffer {
  const hash = `sha${alg.slice(2)}`;
  const bytes = Buffer.from(input);
  if (alg === 'EdDSA') return signBytes(null, bytes, key);
  if (alg.startsWith('ES')) return signBytes(hash, bytes, { key, dsaEncoding: 'ieee-p1363' });
  const padding = alg.startsWith('PS') ? constants.RSA_PKCS1_PSS_PADDING : constants.RSA_PKCS1_PADDING;
  return signBytes(hash, bytes, { key, padding, saltLength: constants.RSA_PSS_SALTLEN_DIGEST });
}

/** HS256 and its kin: anybody who knows the secret can sign. */
export function hmac(alg: string, input: string, secret: string | Buffer): Buffer {
  return createHmac(`sha${alg.slice(2)}`, secret)
    .update(input)
    .digest();
}
