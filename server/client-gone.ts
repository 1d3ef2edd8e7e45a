/** Tells when the client of a request has left, so that nothing goes on working for it. */
import type { FastifyReply } from 'fastify';

export function whenClientLeaves(reply: FastifyReply): AbortSignal {
  const controller = new AbortController();
  reply.raw.once('close', () => controller.abort());
  return controller.signal;
}
