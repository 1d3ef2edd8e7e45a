/** The operations port: alive as long as it answers, ready until the stop begins, and nothing else to see. */
import type { FastifyInstance } from 'fastify';
import { afterEach, expect, test } from 'vitest';
import { createMetrics } from '../../server/metrics.ts';
import { buildOperations } from '../../server/operations.ts';

const built: FastifyInstance[] = [];

async function operations(isReady: () => boolean): Promise<string> {
  const app = buildOperations(isReady, createMetrics());
  built.push(app);
  return app.listen({ host: '127.0.0.1', port: 0 });
}

afterEach(async () => {
  for (const app of built.splice(0)) await app.close();
});

test('is alive and ready', async () => {
  const url = await operations(() => true);
  for (const path of ['/livez', '/readyz']) {
    const response = await fetch(url + path);
    expect([response.status, await response.json()]).toEqual([200, { status: 'ok' }]);
  }
});

test('is alive but not ready once the stop has begun', async () => {
  let ready = true;
  const url = await operations(() => ready);
  ready = false;
  const response = await fetch(`${url}/readyz`);
  expect([response.status, await response.json()]).toEqual([503, { status: 'stopping' }]);
  expect((await fetch(`${url}/livez`)).status).toBe(200);
});

test.each(['/', '/auth', '/api/accounts', '/livez/', '/readyz/..%2f', '/.env'])(
  'knows nothing of %s',
  async (path) => {
    const url = await operations(() => true);
    expect((await fetch(url + path)).status).toBe(404);
  },
);

test.each(['POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS'])('takes no %s', async (method) => {
  const url = await operations(() => true);
  expect((await fetch(`${url}/readyz`, { method })).status).toBe(405);
});
