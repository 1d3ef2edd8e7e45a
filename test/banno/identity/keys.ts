/** Makes the bank's signing keys: a fresh ES256 pair for each bank, and an RSA key that only makes the set realistic. */
import { type CryptoKey, calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose';

export interface BankKeys {
  /** Private keys, for the identity server alone. */
  jwks: { keys: JWK[] };
  signing: { kid: string; privateKey: CryptoKey; publicKey: CryptoKey };
}

/** Nothing is signed with it, so one for all banks of the process is enough: making it takes a while. */
let rsaKey: Promise<JWK> | undefined;

export async function makeKeys(): Promise<BankKeys> {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
  const kid = await calculateJwkThumbprint(publicKey);
  rsaKey ??= makeRsaKey();
  const ecKey = { ...(await exportJWK(privateKey)), kid, use: 'sig', alg: 'ES256' };
  return { jwks: { keys: [await rsaKey, ecKey] }, signing: { kid, privateKey, publicKey } };
}

async function makeRsaKey(): Promise<JWK> {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
  return { ...(await exportJWK(privateKey)), kid: await calculateJwkThumbprint(publicKey), use: 'sig' };
}
