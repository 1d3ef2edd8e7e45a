/** The API the card calls with its handle: the account summary, and the end of the session. */
import type { RateLimitOptions } from '@fastify/rate-limit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { whenClientLeaves } from '../client-gone.ts';
import { AccountSummary } from '../contract.ts';
import { CardError } from '../errors.ts';
import { requireSameOrigin } from '../hardening.ts';
import type { Institution } from '../institution.ts';
import type { FreshTokens } from '../session/fresh-token.ts';
import type { Session, Sessions, Tokens } from '../session/session.ts';

export interface AccountsDependencies {
  sessions: Sessions;
  freshTokens: FreshTokens;
  /** @throws {CardError} */
  readSummary(institution: Institution, tokens: Tokens, signal: AbortSignal): Promise<AccountSummary>;
  /** RFC 7009, best effort. */
  revoke(institution: Institution, refreshToken: string): Promise<void>;
  rateLimit: RateLimitOptions;
}

export function registerAccounts(app: FastifyInstance, dependencies: AccountsDependencies): void {
  const options = { onRequest: requireSameOrigin, config: { rateLimit: dependencies.rateLimit } };
  app.get('/api/accounts', { ...options, schema: { response: { 200: AccountSummary } } }, (request, reply) =>
    answerSummary(request, reply, dependencies),
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
  try {
    return await readSummary(session.institution, tokens, signal).catch((error: unknown) => {
      if (!isRefused(error) || tokens.refreshToken === null) throw error;
      return freshTokens
        .renew({ ...session, tokens })
        .then((renewed) => readSummary(session.institution, renewed, signal));
    });
  } catch (error) {
    // The bank no longer honours these tokens: nobody can use this session again.
    if (isRefused(error)) await sessions.end(session);
    throw error;
  }
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

function isRefused(error: unknown): boolean {
  return error instanceof CardError && error.code === 'SIGN_IN_REQUIRED';
}
