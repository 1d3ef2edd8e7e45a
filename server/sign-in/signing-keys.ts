/** Which keys of a bank's JWKS may verify an ID token: public, strong, and of an algorithm that we accept. */
import { createPublicKey, type JsonWebKey } from 'node:crypto';

/** OpenSSL verifies with no more; every bit costs time. */
const RSA_BITS = { least: 2_048, most: 8_192 };
/** FIPS 186-5 section 5.1; with a small one a signature may be made without the key. */
const LEAST_RSA_EXPONENT = 65_537n;

/** Of a JWKS; the others are left out, as if the bank had not published them. Answers none for what is no key set. */
export function usableKeys(text: string): JsonWebKey[] {
  const jwks = text === '' ? undefined : JSON.parse(text);
  const keys: unknown = isObject(jwks) ? jwks['keys'] : undefined;
  return Array.isArray(keys) ? keys.filter(isUsable) : [];
}

function isUsable(jwk: unknown): jwk is JsonWebKey {
  if (!isObject(jwk)) return false;
  // RFC 7518 sections 6.2.2, 6.3.2 and 6.4.1: private or shared, so published it is nobody's signature any more.
  if ('d' in jwk || 'k' in jwk) return false;
  const { key_ops: operations } = jwk;
  if (operations !== undefined && !Array.isArray(operations)) return false;
  try {
    const { asymmetricKeyType, asymmetricKeyDetails } = createPublicKey({ key: jwk, format: 'jwk' });
    if (asymmetricKeyType === 'ec') return asymmetricKeyDetails?.namedCurve === 'prime256v1';
    const { modulusLength = 0, publicExponent = 0n } = asymmetricKeyDetails ?? {};
    return (
      modulusLength >= RSA_BITS.least &&
      modulusLength <= RSA_BITS.most &&
      publicExponent >= LEAST_RSA_EXPONENT
    );
  } catch {
    return false;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
