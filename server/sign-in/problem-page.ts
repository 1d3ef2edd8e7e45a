/** A failure of a document route as the card's own page, or as the fresh start that may mend it. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ENTRY_PATHS } from '../card-page/card-page.ts';
import { chooseLocale } from '../card-page/language.ts';
import type { View } from '../contract.ts';
import { type CardError, headersOf, problemOf, toCardError } from '../errors.ts';
import { noteFailure } from '../http/request-log.ts';
import { sealAgain } from './attempt.ts';
import { CallbackFailure } from './callback.ts';
import type { SignInDependencies } from './dependencies.ts';

export async function answerProblemPage(
  thrown: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  { vault, page, now }: SignInDependencies,
): Promise<FastifyReply> {
  const attempt = thrown instanceof CallbackFailure ? thrown.attempt : undefined;
  const error: CardError = thrown instanceof CallbackFailure ? thrown.failure : toCardError(thrown);
  noteFailure(request, error);
  const institution = request.institutionOrNone;
  // No browser that shows a page sent this.
  if (institution === undefined || error.code === 'FORBIDDEN') throw error;
  const again = sealAgain(vault, institution, (attempt?.restarts ?? 0) + 1, now());
  const view: View =
    attempt?.view ?? (request.routeOptions.url === ENTRY_PATHS.expanded ? 'expanded' : 'face');
  const frame = page.frame(
    institution,
    view,
    chooseLocale(null, request.headers['accept-language'], institution.locale),
    again,
  );
  if (thrown instanceof CallbackFailure && thrown.attempt.restarts < thrown.restartLimit) {
    return reply.redirect(frame.again, 303);
  }
  const { start, end } = await page.begin(request, reply, view);
  const askHost = error.code === 'SIGN_IN_REQUIRED' && attempt?.startedByCard === true;
  const boot = { ...frame, problem: problemOf(error, request.id), ...(askHost ? { askHost } : {}) };
  return reply
    .code(error.statusCode)
    .headers(headersOf(error))
    .send(start + end(boot));
}
