/** Knows which answers a connection still owes, in their order: HTTP/1.1 lets a client send on before it has one. */
import type { Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { FastifyReply } from 'fastify';

type Answer = FastifyReply['raw'];

const owed = new WeakMap<Duplex, Set<Answer>>();
const places = new WeakMap<Answer, number>();

export function registerOpenAnswers(server: Server): void {
  // Before anybody else: its place is what an answer had when its request came, whatever comes behind it.
  server.prependListener('request', ({ socket }, answer) => {
    const answers = owed.get(socket) ?? begin(socket);
    answers.add(answer);
    places.set(answer, answers.size);
    answer.once('close', () => answers.delete(answer));
  });
}

/** Node tells an answer that its connection is gone only if its turn had come; whoever works for the others must know. */
function begin(socket: Duplex): Set<Answer> {
  const answers = new Set<Answer>();
  owed.set(socket, answers);
  socket.once('close', () => {
    for (const answer of answers) if (answer.socket === null) answer.emit('close');
  });
  return answers;
}

/** The first in turn first. */
export function openAnswersOn(socket: Duplex): readonly Answer[] {
  return [...(owed.get(socket) ?? [])];
}

/** 1 for the answer whose turn it was when its request came, 2 for the next one. */
export function placeOf(answer: Answer): number {
  return places.get(answer) ?? 1;
}
