/** What a connection and a request may cost before there is a handler; Fastify's own limits are off or generous by default. */
import type { Server } from 'node:http';
import { type FastifyHttpOptions, LogController } from 'fastify';
import { hangUpOnDeafClients } from './deaf-clients.ts';
import { answerFrameworkError } from './error-answers.ts';
import { registerOpenAnswers } from './open-answers.ts';
import { answerParserError, registerParserAnswers } from './parser-answers.ts';

/**
 * Behind a proxy a few hundred do; each takes some 20 KB while it waits. Of file descriptors a process is mostly given
 * more than this.
 */
export const MAX_CONNECTIONS = 4_096;

export const serverOptions = {
  genReqId: () => crypto.randomUUID(),
  logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
  exposeHeadRoutes: false,
  bodyLimit: 8_192,
  connectionTimeout: 15_000,
  requestTimeout: 10_000,
  // Behind the deadlines of every call we make: the longest answer is a refresh, 30 s and what comes after it.
  handlerTimeout: 60_000,
  // Longer than proxies keep theirs (60 s mostly): who closes first while the other sends loses a request.
  keepAliveTimeout: 72_000,
  // Its 503 has no header of ours; what still comes in during a stop is answered, and its connection closed.
  return503OnClosing: false,
  routerOptions: { maxParamLength: 128 },
  // A request without Host gets our own answer, with our headers.
  // The check decides when a slow sender is cut off; Node looks every 30 s only.
  http: {
    maxHeaderSize: 16_384,
    headersTimeout: 10_000,
    connectionsCheckingInterval: 1_000,
    requireHostHeader: false,
  },
  clientErrorHandler: answerParserError,
  frameworkErrors: answerFrameworkError,
} satisfies FastifyHttpOptions<Server>;

/** Before the server listens: connections are counted, answers come in their turn, and whoever wastes both is cut off. */
export function guardConnections(server: Server): void {
  server.maxConnections = MAX_CONNECTIONS;
  // A newcomer is turned away, and those who only wait make room for the next.
  server.on('drop', () => server.closeIdleConnections());
  hangUpOnDeafClients(server, serverOptions.connectionTimeout);
  registerOpenAnswers(server);
  registerParserAnswers(server);
}
