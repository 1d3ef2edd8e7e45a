/** Knows which answers a connection still owes, in their order: HTTP/1.1 lets a client send on before it has one. */
import type { Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { FastifyReply } from 'fastify';

const owed = new WeakMap<Duplex, Set<FastifyReply['raw']>>();

export function registerOpenAnswers(server: Server): void {
  // Before anybody else: a request must be counted when its first hook runs.
  server.prependListener('request', ({ socket }, response) => {
    const answers = owed.get(socket) ?? new Set();
    owed.set(socket, answers.add(response));
    response.once('close', () => answers.delete(response));
  });
}

export function openAnswersOn(socket: Duplex): readonly FastifyReply['raw'][] {
  return [...(owed.get(socket) ?? [])];
}
