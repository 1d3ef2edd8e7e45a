/** `/me` and `/token/introspection`: the bank's own, because the identity server refuses its JWT access tokens there. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Provider } from 'oidc-provider';
import { type BankState, OIDC_PATH } from '../bank-state.ts';
import { bearerOf, verifyAccessToken } from './access-token.ts';
import { claimsOf, selectClaims } from './claims.ts';
import { authenticateClient } from './client-authentication.ts';
import type { IssuedTokens } from './issued-tokens.ts';

export function userinfo(app: FastifyInstance, bank: BankState, issued: IssuedTokens): void {
  const me = async (request: FastifyRequest, reply: FastifyReply) => {
    reply.header('cache-control', 'no-store');
    const claims = await verifyAccessToken(bank, bearerOf(request));
    const token = claims && issued.find(claims.payload.jti);
    const customer = bank.customers.get(claims?.userId ?? '');
    if (claims === undefined || token === undefined || customer === undefined) {
      return reply
        .code(401)
        .header('www-authenticate', `Bearer realm="${bank.issuer}", error="invalid_token"`)
        .send({ error: 'invalid_token', error_description: 'invalid token provided' });
    }
    if (!claims.scopes.has('openid')) {
      return reply.code(403).send({ error: 'insufficient_scope', scope: 'openid' });
    }
    return selectClaims(claimsOf(bank, customer.persona), claims.scopes, token.userinfoClaims);
  };
  app.get(`${OIDC_PATH}/me`, me);
  app.post(`${OIDC_PATH}/me`, me);
}

export function introspection(
  app: FastifyInstance,
  bank: BankState,
  provider: Provider,
  issued: IssuedTokens,
): void {
  app.post(`${OIDC_PATH}/token/introspection`, async (request, reply) => {
    reply.header('cache-control', 'no-store');
    const form = isForm(request.body) ? request.body : {};
    const client = authenticateClient(bank.clients, request, form);
    if (client === undefined) {
      return reply
        .code(401)
        .send({ error: 'invalid_client', error_description: 'client authentication failed' });
    }
    const token = typeof form['token'] === 'string' ? form['token'] : undefined;
    if (token === undefined) {
      return reply
        .code(400)
        .send({ error: 'invalid_request', error_description: "missing required parameter 'token'" });
    }
    const access = await verifyAccessToken(bank, token);
    if (access !== undefined && issued.find(access.payload.jti) !== undefined) {
      return { active: true, token_type: 'Bearer', ...access.payload };
    }
    const refresh = await provider.RefreshToken.find(token);
    if (refresh === undefined || refresh.consumed !== undefined || refresh.clientId !== client.clientId) {
      return { active: false };
    }
    const { accountId: sub, clientId, scope, exp, iat } = refresh;
    return { active: true, sub, client_id: clientId, scope, exp, iat, iss: bank.issuer };
  });
}

function isForm(body: unknown): body is Record<string, unknown> {
  return typeof body === 'object' && body !== null;
}
