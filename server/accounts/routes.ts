/** The API the card calls with its handle: the account summary, and the end of the session. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { whenClientLeaves } from '../client-gone.ts';
import { AccountSummary } from '../contract.ts';
import { requireSameOrigin } from '../hardening.ts';
import type { Session } from '../session/session.ts';
import type { AccountsDependencies } from './dependencies.ts';
import { answerRefresh } from './refresh.ts';
import { endIfRefused, isRefused } from './refused.ts';

export function registerAccounts(app: FastifyInstance, dependencies: AccountsDependencies): void {
  const options = { onRequest: requireSameOrigin, config: { rateLimit: dependencies.rateLimit } };
  app.get('/api/accounts', { ...options, schema: { response: { 200: AccountSummary } } }, (request, reply) =>
    answerSummary(request, reply, dependencies),
  );
  const refreshOptions = { ...options, config: { rateLimit: dependencies.refreshLimit } };
  app.post('/api/accounts/refresh', refreshOptions, (request, reply) =>
    answerRefresh(request, reply, dependencies),
  );
  app.delete('/api/session', options, (request, reply) => endSession(request, reply, dependencies));
}

async function answerSummary(
  request: FastifyRequest,
  reply: FastifyReply,
  dependencies: AccountsDependencies,
) {
  const { sessions, freshTokens, readSummary } = dependencies;
  const session = await sessions.require(request, request.institution());
  const signal = whenClientLeaves(reply);
  const tokens = await freshTokens.of(session);
  return readSummary(session.institution, tokens, signal)
    .catch((error: unknown) => {
      if (!isRefused(error) || tokens.refreshToken === null) throw error;
      return freshTokens
        .renew({ ...session, tokens })
        .then((renewed) => readSummary(session.institution, renewed, signal));
    })
    .catch((error: unknown) => endIfRefused(error, session, sessions));
}

/** Ends what exists; a well-formed handle that is unknown is already ended. */
async function endSession(request: FastifyRequest, reply: FastifyReply, dependencies: AccountsDependencies) {
  const { sessions, revoke } = dependencies;
  const session: Session | undefined = await sessions.find(request, request.institution());
  if (session !== undefined) {
    await sessions.end(session);
    const { refreshToken } = session.tokens;
    if (refreshToken !== null) await revoke(session.institution, refreshToken).catch(() => undefined);
  }
  return reply.code(204).send();
}
