/** A server that closes: answers under way go out, and connections on which nothing is asked keep nothing open. */
import { connect, type Socket } from 'node:net';
import Fastify from 'fastify';
import { expect, onTestFinished, test } from 'vitest';
import { prepareOrderlyClose } from '../../../server/http/orderly-close.ts';
import { guardConnections, serverOptions } from '../../../server/http/server-options.ts';

const HEAD = 'HTTP/1.1\r\nHost: card.localhost\r\n';
const PATIENCE_MS = 400;

async function startServer() {
  const goOn = Promise.withResolvers<void>();
  const app = Fastify(serverOptions);
  guardConnections(app.server);
  const close = prepareOrderlyClose(app, PATIENCE_MS);
  let asked = 0;
  app.route({
    method: ['GET', 'POST'],
    url: '/held',
    async handler() {
      asked += 1;
      await goOn.promise;
      return { asked };
    },
  });
  const { port } = new URL(await app.listen({ host: '127.0.0.1', port: 0 }));
  const open = (bytes: string) => {
    const socket: Socket = connect(Number(port), '127.0.0.1');
    const client = { socket, received: '', isClosed: false };
    socket.setEncoding('utf8').on('data', (text: string) => (client.received += text));
    socket.on('error', () => undefined).on('close', () => (client.isClosed = true));
    socket.write(bytes);
    onTestFinished(() => void socket.destroy());
    return client;
  };
  const connected = () =>
    new Promise<number>((resolve) => app.server.getConnections((_error, count) => resolve(count)));
  return { open, close, connected, goOn: goOn.resolve, asked: () => asked };
}

test('who has connected and said nothing is hung up on at once', async () => {
  const { open, close, connected } = await startServer();
  const silent = open('');
  await expect.poll(connected).toBe(1);
  const startedAtMs = performance.now();
  await close();
  expect(performance.now() - startedAtMs).toBeLessThan(PATIENCE_MS);
  await expect.poll(() => silent.isClosed).toBe(true);
});

test.each([
  ['a head', `GET /held ${HEAD}`],
  ['a body', `POST /held ${HEAD}Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{`],
])('who never ends %s is waited for, but not for ever', async (_name, bytes) => {
  const { open, close, connected } = await startServer();
  open(bytes);
  await expect.poll(connected).toBe(1);
  const startedAtMs = performance.now();
  await close();
  expect(performance.now() - startedAtMs).toBeGreaterThan(PATIENCE_MS / 2);
});

test('who ends it in time is answered, and so is whoever waits longer than that', async () => {
  const { open, close, connected, asked, goOn } = await startServer();
  const [waiting, slow] = [open(`GET /held ${HEAD}\r\n`), open(`GET /held ${HEAD}`)];
  await expect.poll(asked).toBe(1);
  await expect.poll(connected).toBe(2);
  const stuck = open(`GET /held ${HEAD}`);
  await expect.poll(connected).toBe(3);

  const closed = close();
  slow.socket.write('\r\n');
  await expect.poll(asked).toBe(2);
  await expect.poll(() => stuck.isClosed).toBe(true);
  goOn();
  await closed;

  for (const { received } of [waiting, slow]) expect(received).toContain('200 OK');
});
