/** Answers to what never becomes a request of ours: bytes that Node's parser refuses, senders too slow, CONNECT. */
import type { Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { CardError, problemOf } from '../errors.ts';
import { securityHeaders } from './hardening.ts';
import { openAnswersOn } from './open-answers.ts';

const STATUSES: Record<number, string> = {
  400: 'Bad Request',
  405: 'Method Not Allowed',
  408: 'Request Timeout',
  431: 'Request Header Fields Too Large',
};

const refused = new WeakSet<Duplex>();

/** Fastify's `clientErrorHandler`. */
export function answerParserError(
  this: FastifyInstance,
  error: Error & { code?: string },
  socket: Duplex,
): void {
  if (!socket.writable || error.code === 'ECONNRESET') return void socket.destroy();
  // Node tells again with each packet that follows.
  if (refused.has(socket)) return;
  refused.add(socket);
  const statuses: Record<string, number> = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 };
  const status = statuses[error.code ?? ''] ?? 400;
  const requestId = crypto.randomUUID();
  this.log.info({ requestId, status, reason: error.code }, 'refused before it was a request');
  answerInTurn(socket, status, requestId);
}

/** Without these listeners Node hangs up on CONNECT, and answers an unknown `Expect` without any header of ours. */
export function registerParserAnswers(server: Server): void {
  server.on('connect', (_request, socket) => {
    // Node has let go of this socket: its errors, its end and whatever else it sends are nobody else's business.
    socket.on('error', () => undefined).resume();
    socket.once('finish', () => socket.destroy());
    answerInTurn(socket, 405, crypto.randomUUID());
  });
  server.on('checkExpectation', (request, response) => server.emit('request', request, response));
}

/**
 * The requests that came whole before this one have their answers first (RFC 9112 section 9.3.2): an error in their
 * place would be taken for theirs, in the middle of one it would be taken for its body.
 */
function answerInTurn(socket: Duplex, status: number, requestId: string): void {
  const answers = openAnswersOn(socket);
  const broken = answers.find(({ req }) => !req.complete);
  const answer = () => {
    if (broken?.headersSent === true) socket.end();
    else if (socket.writable) socket.end(bytesOf(status, requestId), 'latin1');
  };
  const before = answers.findLast(({ req }) => req.complete);
  if (before === undefined) answer();
  else before.once('close', answer);
}

function bytesOf(status: number, requestId: string): string {
  const error = new CardError(status === 405 ? 'METHOD_NOT_ALLOWED' : 'BAD_REQUEST', { status });
  const body = JSON.stringify(problemOf(error, requestId));
  const headers = {
    // Whom it was for is not known.
    ...securityHeaders(undefined),
    // RFC 9110 section 15.5.6: empty, for the target of a CONNECT is no resource of ours.
    ...(status === 405 ? { allow: '' } : {}),
    'content-type': 'application/problem+json; charset=utf-8',
    'content-length': String(body.length),
    connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} ${STATUSES[status]}\r\n${lines.join('')}\r\n${body}`;
}
