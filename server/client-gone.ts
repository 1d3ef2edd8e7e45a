/** Tells when the client of a request has left, so that nothing goes on working for it. */
import type { FastifyReply } from 'fastify';

export function whenClientLeaves(reply: FastifyReply): AbortSignal {
  const controller = new AbortController();
  // It may have left while something else was waited for.
  if (reply.raw.destroyed) controller.abort();
  reply.raw.once('close', () => controller.abort());
  return controller.signal;
}
