/** Knows which answers a connection still owes, in their order: HTTP/1.1 lets a client send on before it has one. */
import type { Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { FastifyReply } from 'fastify';

type Answer = FastifyReply['raw'];

/** The first in turn first, and how many requests there were in all. */
interface Connection {
  answers: Set<Answer>;
  requests: number;
}

/** Where an answer stood when its request came: 1 was in turn, or the first of its connection. */
interface Place {
  inTurn: number;
  onConnection: number;
}

const connections = new WeakMap<Duplex, Connection>();
const places = new WeakMap<Answer, Place>();

export function registerOpenAnswers(server: Server): void {
  // Before anybody else: its place is what an answer had when its request came, whatever comes behind it.
  server.prependListener('request', ({ socket }, answer) => {
    const connection = connections.get(socket) ?? begin(socket);
    connection.requests += 1;
    connection.answers.add(answer);
    places.set(answer, { inTurn: connection.answers.size, onConnection: connection.requests });
    answer.once('close', () => connection.answers.delete(answer));
  });
}

/** Node tells an answer that its connection is gone only if its turn had come; whoever works for the others must know. */
function begin(socket: Duplex): Connection {
  const answers = new Set<Answer>();
  const connection = { answers, requests: 0 };
  connections.set(socket, connection);
  socket.once('close', () => {
    for (const answer of answers) if (answer.socket === null) answer.emit('close');
  });
  return connection;
}

/** The first in turn first. */
export function openAnswersOn(socket: Duplex): readonly Answer[] {
  return [...(connections.get(socket)?.answers ?? [])];
}

export function placeOf(answer: Answer): Place {
  return places.get(answer) ?? { inTurn: 1, onConnection: 1 };
}
