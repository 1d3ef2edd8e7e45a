/** Adds `at_hash` to ID tokens of the token endpoint: Banno's carry it, the identity server leaves it out there. */
import { createHash } from 'node:crypto';
import { decodeJwt, decodeProtectedHeader, SignJWT } from 'jose';
import type { BankKeys } from './keys.ts';

/** OpenID Connect Core 3.1.3.6: the left half of the hash that belongs to the ID token's algorithm. */
export async function addAccessTokenHash(keys: BankKeys, answer: unknown): Promise<void> {
  if (!isTokenAnswer(answer)) return;
  const { access_token: accessToken, id_token: idToken } = answer;
  const digest = createHash('sha256').update(accessToken).digest();
  const hash = digest.subarray(0, digest.length / 2).toString('base64url');
  answer.id_token = await new SignJWT({ ...decodeJwt(idToken), at_hash: hash })
    .setProtectedHeader({ ...decodeProtectedHeader(idToken), alg: 'ES256' })
    .sign(keys.signing.privateKey);
}

function isTokenAnswer(answer: unknown): answer is { access_token: string; id_token: string } {
  return typeof answer === 'object' && answer !== null && 'id_token' in answer && 'access_token' in answer;
}
