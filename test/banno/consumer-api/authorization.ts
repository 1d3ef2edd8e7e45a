/** Opens a route to the customer its access token belongs to, and to nobody else. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { BankState } from '../bank-state.ts';
import type { Customer } from '../customer.ts';
import { bearerOf, verifyAccessToken } from '../identity/access-token.ts';

export interface CustomerRequest {
  params: Record<string, string | undefined>;
  query: Record<string, unknown>;
}

type Handler = (customer: Customer, request: CustomerRequest, reply: FastifyReply) => unknown;

/**
 * 401 for a missing or invalid token, and for a path that names another user: Banno documents that one so. 403
 * when the token lacks the scope.
 */
export function forCustomer(bank: BankState, scope: string | undefined, handler: Handler) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    const params = request.params as Record<string, string | undefined>;
    const claims = await verifyAccessToken(bank, bearerOf(request));
    const customer = bank.customers.get(claims?.userId ?? '');
    if (claims === undefined || customer === undefined || params['userId'] !== claims.userId) {
      reply.header('www-authenticate', 'Bearer error="invalid_token"');
      return refuse(reply, 401);
    }
    if (scope !== undefined && !claims.scopes.has(scope)) return refuse(reply, 403);
    const query = request.query as Record<string, unknown>;
    return handler(customer, { params, query }, reply);
  };
}

const MEANINGS = { 400: 'Bad Request', 401: 'Unauthorized', 403: 'Forbidden', 404: 'Not Found' };

/** Banno does not publish the members of its errors; a client goes by the status. */
export function refuse(reply: FastifyReply, status: keyof typeof MEANINGS, message?: string) {
  return reply.code(status).send({ error: MEANINGS[status], message: message ?? MEANINGS[status] });
}
