/** What operators and orchestrators ask, on a port of its own: is the process alive, is it ready for requests. */
import Fastify, { type FastifyInstance } from 'fastify';

/** `isReady` says nothing of any bank: one that is down must not take every customer's card with it. */
export function buildOperations(isReady: () => boolean): FastifyInstance {
  const app = Fastify({ exposeHeadRoutes: false });
  app.get('/livez', async () => ({ status: 'ok' }));
  app.get('/readyz', async (_request, reply) =>
    isReady() ? { status: 'ok' } : reply.code(503).send({ status: 'stopping' }),
  );
  return app;
}
