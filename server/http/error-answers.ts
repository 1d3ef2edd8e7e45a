/** Problem details (RFC 9457) for whatever no route answered, and 405 for the wrong method on a right path. */
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from 'fastify';
import { CardError, headersOf, problemOf, toCardError } from '../errors.ts';
import { institutionOf } from './addressing.ts';
import { securityHeaders } from './hardening.ts';
import { noteFailure } from './request-log.ts';

const METHODS: readonly HTTPMethods[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

export function registerErrorAnswers(app: FastifyInstance): void {
  app.setErrorHandler(answerProblem);
  // For a file that has gone since the start: the framework's own words would repeat the path.
  app.setNotFoundHandler(() => {
    throw new CardError('NOT_FOUND');
  });
  // Before a body is read: what nobody takes needs no reading.
  app.addHook('onRequest', (request, reply, done) => {
    if (!request.is404) return done();
    const url = request.raw.url?.split('?')[0] ?? '';
    const allowed = METHODS.filter((method) => app.findRoute({ method, url }) !== null);
    if (allowed.length === 0 || allowed.some((method) => method === request.method))
      throw new CardError('NOT_FOUND');
    reply.header('allow', allowed.join(', '));
    throw new CardError('METHOD_NOT_ALLOWED');
  });
}

async function answerProblem(
  thrown: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const error = toCardError(thrown);
  noteFailure(request, error);
  reply.code(error.statusCode).headers(headersOf(error));
  return reply.type('application/problem+json').send(problemOf(error, request.id));
}

/**
 * What Fastify refuses before there is a route, a path that is not percent-encoded right or beyond measure. No hook has
 * run or will: not even those that look at how the message is framed, so that nothing may follow it.
 */
export function answerFrameworkError(
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  reply.headers({ ...securityHeaders(institutionOf(request.raw)), connection: 'close' });
  request.log.info({ status: 400, reason: error.code }, 'refused before it was a request');
  void answerProblem(new CardError('BAD_REQUEST', { cause: error }), request, reply);
}
