/** Answers to what never becomes a request of ours: bytes that Node's parser refuses, CONNECT, an unknown expectation. */
import type { Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { CardError, problemOf } from './errors.ts';
import { securityHeaders } from './hardening.ts';

const STATUSES: Record<number, string> = {
  400: 'Bad Request',
  405: 'Method Not Allowed',
  408: 'Request Timeout',
  431: 'Request Header Fields Too Large',
};

/** Node's `clientError`; the headers are the same as everywhere. */
export function answerParserError(error: Error & { code?: string }, socket: Duplex): void {
  if (!socket.writable || error.code === 'ECONNRESET') return void socket.destroy();
  const statuses: Record<string, number> = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 };
  answerOn(socket, statuses[error.code ?? ''] ?? 400);
}

/** Without a listener Node hangs up on CONNECT, and answers an unknown `Expect` without any header of ours. */
export function registerParserAnswers(server: Server): void {
  server.on('connect', (_request, socket) => answerOn(socket, 405));
  server.on('checkExpectation', (_request, response) => {
    const { headers, body } = answer(417);
    response.writeHead(417, headers).end(body);
  });
}

function answer(status: number): { headers: Record<string, string>; body: string } {
  const error = new CardError(status === 405 ? 'METHOD_NOT_ALLOWED' : 'BAD_REQUEST', { status });
  const body = JSON.stringify(problemOf(error, crypto.randomUUID()));
  const headers = {
    ...securityHeaders(undefined),
    'content-type': 'application/problem+json',
    'content-length': String(body.length),
    connection: 'close',
  };
  return { headers, body };
}

function answerOn(socket: Duplex, status: number): void {
  const { headers, body } = answer(status);
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} ${STATUSES[status]}\r\n${lines.join('')}\r\n${body}`);
}
