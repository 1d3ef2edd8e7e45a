/** Tells when the client of a request has left, so that nothing goes on working for it. */
import type { FastifyReply } from 'fastify';

/** Made once: what `abort` makes by itself is an exception with a stack, and nobody reads it. */
const LEFT = new Error('the client has left');

export function whenClientLeaves({ raw }: FastifyReply): AbortSignal {
  const controller = new AbortController();
  // It may have left while something else was waited for.
  if (raw.destroyed) controller.abort(LEFT);
  raw.once('close', () => {
    // Every answer closes in the end: of one that is out whole nobody has left.
    if (!raw.writableFinished) controller.abort(LEFT);
  });
  return controller.signal;
}
