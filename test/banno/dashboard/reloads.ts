/** Tells open dashboards that a card was rebuilt: whoever rebuilt it posts, pages that asked for it listen. */
import type { ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';

export async function reloads(app: FastifyInstance): Promise<void> {
  const listeners = new Set<ServerResponse>();

  app.get('/sandbox/reloads', (_request, reply) => {
    reply.hijack();
    reply.raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    reply.raw.write(': listening\n\n');
    listeners.add(reply.raw);
    reply.raw.on('close', () => listeners.delete(reply.raw));
  });

  app.post('/sandbox/reloads', async (_request, reply) => {
    for (const listener of listeners) listener.write('data: reload\n\n');
    return reply.code(204).send();
  });

  // An event stream never ends by itself and would keep the server from closing.
  app.addHook('preClose', async () => {
    for (const listener of listeners) listener.end();
  });
}
