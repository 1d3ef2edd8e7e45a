/** Refuses bodies of unknown length: no client of ours sends one, and their framing is what requests are smuggled with. */
import type { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { CardError } from '../errors.ts';

export function registerChunkedBodies(app: FastifyInstance): void {
  app.addHook('preParsing', (request, _reply, body, done) => {
    if (request.headers['transfer-encoding'] === undefined) return done(null, body);
    // To its end, or as far as any body may go: a refusal in the middle of a body may not reach who sends it.
    void endsWithin(body, request.routeOptions.bodyLimit).then((isWhole) =>
      done(new CardError('BAD_REQUEST', { reason: 'Transfer-Encoding', status: isWhole ? 400 : 413 })),
    );
  });
}

function endsWithin(body: Readable, limit: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  let length = 0;
  body.on('data', (chunk: Buffer) => {
    length += chunk.length;
    if (length > limit) resolve(false);
  });
  body.once('close', () => resolve(true));
  return promise;
}
