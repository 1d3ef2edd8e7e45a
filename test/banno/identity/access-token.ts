/** Checks an access token as a resource server does: signature, issuer, audience, age and type. */
import type { FastifyRequest } from 'fastify';
import { errors, type JWTPayload, jwtVerify } from 'jose';
import type { BankState } from '../bank-state.ts';

export interface AccessTokenClaims {
  userId: string;
  scopes: ReadonlySet<string>;
  payload: JWTPayload;
}

export function bearerOf(request: FastifyRequest): string | undefined {
  return /^Bearer ([\w.~+/=-]+)$/i.exec(request.headers.authorization ?? '')?.[1];
}

/** Undefined for whatever is not a living access token of this bank; an ID token is not one (RFC 9068 4). */
export async function verifyAccessToken(
  bank: BankState,
  token: string | undefined,
): Promise<AccessTokenClaims | undefined> {
  if (token === undefined) return undefined;
  try {
    const { payload } = await jwtVerify(token, bank.keys.signing.publicKey, {
      algorithms: ['ES256'],
      issuer: bank.issuer,
      audience: bank.audience,
      typ: 'at+jwt',
      requiredClaims: ['sub', 'exp', 'client_id'],
    });
    const scope = typeof payload['scope'] === 'string' ? payload['scope'] : '';
    return { userId: payload.sub ?? '', scopes: new Set(scope.split(' ')), payload };
  } catch (error) {
    if (error instanceof errors.JOSEError) return undefined;
    throw error;
  }
}
