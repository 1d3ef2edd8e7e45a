/** What operators and orchestrators ask, on a port of its own: is the process alive, is it ready for requests. */
import Fastify, { type FastifyInstance } from 'fastify';
import { registerErrorAnswers } from './http/error-answers.ts';
import { registerHardening } from './http/hardening.ts';
import { guardConnections, serverOptions } from './http/server-options.ts';
import type { Metrics } from './metrics.ts';

/**
 * `isReady` says nothing of any bank: one that is down must not take every customer's card with it. Nor is load shed
 * here: a process that is busy must not be taken for one that is dead.
 */
export function buildOperations(isReady: () => boolean, metrics: Metrics): FastifyInstance {
  const app = Fastify(serverOptions);
  guardConnections(app.server);
  registerHardening(app);
  registerErrorAnswers(app);
  app.get('/livez', async () => ({ status: 'ok' }));
  app.get('/readyz', async (_request, reply) =>
    isReady() ? { status: 'ok' } : reply.code(503).send({ status: 'stopping' }),
  );
  app.get('/metrics', async (_request, reply) => reply.type(metrics.contentType).send(await metrics.text()));
  return app;
}
