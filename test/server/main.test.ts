/** The process: refuses a wrong environment in full, serves with a right one, and stops in order. */
import { randomBytes } from 'node:crypto';
import { connect, createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { freePort } from '../support/free-port.ts';
import { deadOrigin } from '../support/loopback-peer.ts';
import { type ServerProcess, startServer } from '../support/loopback-server.ts';
import { httpPeer } from '../support/loopback-upstream.ts';

const SECRET = 'hush-hush-client-secret';
const KEY = randomBytes(32).toString('base64');

interface Running extends ServerProcess {
  card: string;
  operations: string;
}

async function startMain(changes: Record<string, string> = {}): Promise<Running> {
  const [port, operationsPort] = [await freePort(), await freePort()];
  const card = `http://127.0.0.1:${port}`;
  const server = startServer('main.ts', {
    PUBLIC_URL: card,
    BANNO_URL: await deadOrigin(),
    CLIENT_ID: 'client',
    CLIENT_SECRET: SECRET,
    SESSION_KEYS: KEY,
    HOST: '127.0.0.1',
    PORT: `${port}`,
    OPERATIONS_PORT: `${operationsPort}`,
    ...changes,
  });
  return { ...server, card, operations: `http://127.0.0.1:${operationsPort}` };
}

test('an empty environment is refused, every variable named', async () => {
  const server = startServer('main.ts', {});
  expect(await server.exited).toBe(1);
  expect(server.output.stdout).toBe('');
  expect(server.output.stderr).toMatch(/^The configuration has 5 mistakes:\n( {2}- .+\n){5}$/);
  for (const name of ['PUBLIC_URL', 'BANNO_URL', 'CLIENT_ID', 'CLIENT_SECRET', 'SESSION_KEYS'])
    expect(server.output.stderr).toContain(`  - ${name}`);
});

test('a wrong environment is refused, every mistake named and no value repeated', async () => {
  const wrong = {
    PUBLIC_URL: 'https://canary:canary@card.example.com',
    BANNO_URL: 'canary',
    CLIENT_ID: 'canary\u0007',
    CLIENT_SECRET: 'canary\u0007',
    SESSION_KEYS: 'canary',
    PORT: 'canary',
    OPERATIONS_PORT: 'canary',
    OFFLINE_ACCESS: 'canary',
    LOG_LEVEL: 'canary',
    VALKEY_URL: 'redis://:canary@127.0.0.1/canary',
    INSTITUTIONS_FILE: 'canary',
  };
  const server = startServer('main.ts', wrong);
  expect(await server.exited).toBe(1);
  for (const name of Object.keys(wrong)) expect(server.output.stderr).toContain(name);
  expect(server.output.stdout + server.output.stderr).not.toContain('canary');
});

test('a right environment serves, is ready, and stops with 0', async () => {
  const server = await startMain();
  await server.logged('serving');
  const ready = await fetch(`${server.operations}/readyz`);
  expect([ready.status, await ready.json()]).toEqual([200, { status: 'ok' }]);
  expect((await fetch(`${server.operations}/livez`)).status).toBe(200);
  const card = await fetch(`${server.card}/card`, { redirect: 'manual' });
  expect([card.status, new URL(card.headers.get('location') ?? '', server.card).pathname]).toEqual([
    303,
    '/auth',
  ]);
  server.child.kill('SIGTERM');
  expect(await server.exited).toBe(0);
  await expect(fetch(`${server.operations}/readyz`)).rejects.toThrow();
  const said = server.output.stdout + server.output.stderr;
  for (const secret of [SECRET, KEY]) expect(said).not.toContain(secret);
});

test('starts although its bank cannot be reached, and stops for the keyboard too', async () => {
  const server = await startMain();
  await server.logged('serving');
  expect((await fetch(`${server.card}/auth`, { redirect: 'manual' })).status).toBe(502);
  expect((await fetch(`${server.operations}/readyz`)).status).toBe(200);
  server.child.kill('SIGINT');
  expect(await server.exited).toBe(0);
});

test('what is in flight is finished before the stop, and nothing new begins', async () => {
  const goOn = Promise.withResolvers<void>();
  const bank = await httpPeer(async (response) => {
    await goOn.promise;
    response.writeHead(503).end();
  });
  const server = await startMain({ BANNO_URL: bank.origin });
  await server.logged('serving');
  const client = connect(Number(new URL(server.card).port), '127.0.0.1').setEncoding('utf8');
  onTestFinished(() => void client.destroy());
  let received = '';
  client.on('data', (chunk) => {
    received += chunk;
  });
  // Two requests in one packet: with the answer to the first one the second is known to have begun.
  client.write(
    ['/card', '/auth']
      .map((path) => `GET ${path} HTTP/1.1\r\nHost: ${new URL(server.card).host}\r\n\r\n`)
      .join(''),
  );
  await expect.poll(() => received).toContain('303 See Other');
  server.child.kill('SIGTERM');
  const statusOf = (url: string) =>
    fetch(url, { redirect: 'manual' }).then(
      ({ status }) => status,
      () => 'refused',
    );
  await expect.poll(() => statusOf(`${server.operations}/readyz`)).toBe(503);
  expect(await statusOf(`${server.operations}/livez`)).toBe(200);
  expect(await statusOf(`${server.card}/card`)).toBe('refused');
  expect(received).not.toContain('502 Bad Gateway');
  goOn.resolve();
  expect(await server.exited).toBe(0);
  expect(received).toContain('502 Bad Gateway');
});

test.each(['PORT', 'OPERATIONS_PORT'])('a %s that is taken is an error, said plainly', async (name) => {
  const other = createServer();
  onTestFinished(() => void other.close());
  const port = await freePort();
  await new Promise<void>((resolve) => other.listen(port, '127.0.0.1', resolve));
  const server = await startMain({ [name]: `${port}` });
  expect(await server.exited).toBe(1);
  expect(server.output.stderr).toMatch(/EADDRINUSE/);
  expect(server.output.stderr).not.toContain('    at ');
});
