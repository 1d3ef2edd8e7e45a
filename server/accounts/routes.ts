/** The API the card calls with its handle: the account summary, and the end of the session. */
import type { RateLimitOptions } from '@fastify/rate-limit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AccountSummary, TransactionPage } from '../contract.ts';
import { CardError } from '../errors.ts';
import { whenClientLeaves } from '../http/client-gone.ts';
import { type Requirement, requireJson, requireSameOrigin } from '../http/hardening.ts';
import type { Session } from '../session/session.ts';
import { answerJson, answerSchema } from './answer-json.ts';
import { createCurrentSummary, type WithCurrentSummary } from './current-summary.ts';
import type { AccountsDependencies } from './dependencies.ts';
import { answerRefresh } from './refresh.ts';
import { endIfRefused } from './refused.ts';
import { readTransactionPage } from './transactions.ts';

/** A task at the bank takes up to 30 s; a server that stops has 25 s for all. */
const FOLLOW_AFTER_STOP_MS = 2_000;

export function registerAccounts(app: FastifyInstance, given: AccountsDependencies): void {
  const dependencies: WithCurrentSummary = { ...given, currentSummary: createCurrentSummary(given) };
  const { sessions, rateLimit, refreshLimit } = dependencies;
  const stopping = new AbortController();
  app.addHook('preClose', async () => void setTimeout(() => stopping.abort(), FOLLOW_AFTER_STOP_MS).unref());
  const foresee: Requirement = (request, _reply, done) => {
    sessions.foresee(request, request.institution());
    done();
  };
  // A list of its own for each route: the rate limit adds itself to the list it is given.
  const limited = (rateLimit: RateLimitOptions, ...more: Requirement[]) => ({
    onRequest: [requireSameOrigin, requireJson, ...more],
    config: { rateLimit },
  });
  app.get('/api/accounts', limited(rateLimit, foresee), (request, reply) =>
    answerSummary(request, reply, dependencies),
  );
  app.get('/api/accounts/:accountId/transactions', limited(rateLimit, foresee), (request, reply) =>
    answerTransactions(request, reply, dependencies),
  );
  app.post('/api/accounts/refresh', limited(refreshLimit, foresee), (request, reply) =>
    answerRefresh(request, reply, { ...dependencies, stopping: stopping.signal }),
  );
  app.delete('/api/session', limited(rateLimit), (request, reply) =>
    endSession(request, reply, dependencies),
  );
}

async function answerSummary(
  request: FastifyRequest,
  reply: FastifyReply,
  { sessions, currentSummary }: WithCurrentSummary,
) {
  const session = await sessions.require(request, request.institution());
  return answerJson(reply, summarySchema, await currentSummary.read(session, whenClientLeaves(reply)));
}

const summarySchema = answerSchema(AccountSummary);
const pageSchema = answerSchema(TransactionPage);

/** The account's id enters a path at the bank: nothing but an id's characters, and the bank decides whose it is. */
const ACCOUNT_ID = /^[A-Za-z0-9_-]{1,100}$/;
const OFFSET = /^\d{1,7}$/;
const MOST_OFFSET = 1_000_000;

/** By hand: to compile a schema for these two takes a tenth of a start. */
function askedTransactions({ params, query }: FastifyRequest): { accountId: string; offset: number } {
  const { accountId } = params as { accountId: string };
  const { offset = '0' } = query as { offset?: unknown };
  const isOffset = typeof offset === 'string' && OFFSET.test(offset) && Number(offset) <= MOST_OFFSET;
  if (!ACCOUNT_ID.test(accountId) || !isOffset)
    throw new CardError('BAD_REQUEST', { reason: 'no such page' });
  return { accountId, offset: Number(offset) };
}

async function answerTransactions(
  request: FastifyRequest,
  reply: FastifyReply,
  { sessions, freshTokens, api, now }: AccountsDependencies,
): Promise<FastifyReply> {
  const { accountId, offset } = askedTransactions(request);
  const session = await sessions.require(request, request.institution());
  const tokens = await freshTokens.of(session);
  // A session may be older than the operator's choice.
  if (!tokens.mayReadTransactions || !session.institution.transactions)
    throw new CardError('NOT_PERMITTED', { reason: 'scope not granted' });
  const caller = { ...tokens, signal: whenClientLeaves(reply) };
  const page = await readTransactionPage(api(session.institution), caller, accountId, offset, now()).catch(
    (error: unknown) => endIfRefused(error, session, sessions),
  );
  return answerJson(reply, pageSchema, page);
}

/** Ends what exists; a well-formed handle that is unknown is already ended. */
async function endSession(request: FastifyRequest, reply: FastifyReply, dependencies: AccountsDependencies) {
  const { sessions, revoke } = dependencies;
  const session: Session | undefined = await sessions.find(request, request.institution());
  if (session !== undefined) {
    await sessions.end(session);
    const { institution, tokens } = session;
    if (tokens.refreshToken !== null) await revoke(institution, tokens).catch(() => undefined);
  }
  return reply.code(204).send();
}
