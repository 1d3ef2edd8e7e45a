/** `POST /api/accounts/refresh`: has the bank's core asked for fresh balances, and tells how far it is. */
import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { RefreshLine } from '../contract.ts';
import { CardError, problemOf, toCardError } from '../errors.ts';
import { whenClientLeaves } from '../http/client-gone.ts';
import { noteFailure } from '../http/request-log.ts';
import type { Session } from '../session/session.ts';
import type { Caller } from './consumer-api.ts';
import type { WithCurrentSummary } from './current-summary.ts';
import { followTask } from './follow-task.ts';
import { endIfRefused, isRefused } from './refused.ts';

interface RefreshDependencies extends WithCurrentSummary {
  /** Once the server stops, nobody is told more of a task than where it is. */
  stopping: AbortSignal;
}

/** What the bank refuses before it has begun is an ordinary problem; afterwards a problem is the last line. */
export async function answerRefresh(
  request: FastifyRequest,
  reply: FastifyReply,
  dependencies: RefreshDependencies,
): Promise<FastifyReply> {
  const { sessions, freshTokens, api } = dependencies;
  const session = await sessions.require(request, request.institution());
  const caller = { ...(await freshTokens.of(session)), signal: whenClientLeaves(reply) };
  const taskId = await api(session.institution)
    .fetch(caller)
    .catch((error: unknown) => endIfRefused(error, session, sessions));
  const lines = refreshLines(taskId, caller, session, request, dependencies);
  return reply
    .type('application/x-ndjson')
    .header('x-accel-buffering', 'no')
    .send(Readable.from(ndjson(lines)));
}

async function* refreshLines(
  taskId: string,
  caller: Caller & { signal: AbortSignal },
  session: Session,
  request: FastifyRequest,
  { api, sessions, currentSummary, stopping }: RefreshDependencies,
): AsyncGenerator<RefreshLine> {
  try {
    const signal = AbortSignal.any([caller.signal, stopping]);
    const task = followTask(api(session.institution), { ...caller, signal }, taskId);
    let step = await task.next();
    for (; !step.done; step = await task.next()) yield { type: 'progress', events: step.value };
    // Half a minute may have gone by: the customer may have left, another call have renewed the tokens.
    const current = await sessions.reread(session);
    if (current === undefined) throw new CardError('SIGN_IN_REQUIRED', { reason: 'session ended' });
    // Members of the events beside their type are not documented: the accounts themselves tell the balances.
    const summary = await currentSummary.readAnew(current, caller.signal);
    yield { type: 'summary', complete: step.value, summary };
  } catch (thrown) {
    if (isRefused(thrown)) await sessions.end(session);
    const error = toCardError(thrown);
    noteFailure(request, error);
    yield { type: 'problem', problem: problemOf(error, request.id) };
  }
}

async function* ndjson(lines: AsyncIterable<RefreshLine>): AsyncGenerator<string> {
  for await (const line of lines) yield `${JSON.stringify(line)}\n`;
}
