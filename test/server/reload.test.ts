/** SIGHUP at the real process: institutions are read again without dropping a request, and a bad file changes nothing. */
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startHostileBank } from '../hostile/hostile-bank.ts';
import { freePort } from '../support/free-port.ts';
import { entry, SECRET, temporaryFolder } from '../support/institutions-file.ts';
import { type ServerProcess, startServer } from '../support/loopback-server.ts';

interface Serving extends ServerProcess {
  port: number;
  /** Writes the file anew and sends the signal. */
  reload(content: unknown): void;
  lines(message: string): Record<string, unknown>[];
  /** Settles when the log has said it this often. */
  said(message: string, count: number): Promise<void>;
}

/** An institution served at this path of the process's own address. */
type At = (id: string, changes?: Record<string, unknown>) => Record<string, unknown>;

async function start(first: (at: At) => unknown[]): Promise<Serving & { at: At }> {
  const bank = await startHostileBank();
  onTestFinished(() => bank.close());
  const [port, operationsPort] = [await freePort(), await freePort()];
  const file = join(temporaryFolder(), 'institutions.json');
  const write = (content: unknown) =>
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify({ institutions: content }));
  const at: At = (id, changes) =>
    entry({ id, publicUrl: `http://127.0.0.1:${port}/${id}`, bannoUrl: bank.origin, ...changes });
  write(first(at));
  const server = startServer('main.ts', {
    INSTITUTIONS_FILE: file,
    SESSION_KEYS: Buffer.alloc(32, 1).toString('base64'),
    CANARY_SECRET: SECRET,
    HOST: '127.0.0.1',
    PORT: `${port}`,
    OPERATIONS_PORT: `${operationsPort}`,
  });
  await server.logged('serving');
  const lines: Serving['lines'] = (message) =>
    server.output.stdout
      .split('\n')
      .slice(0, -1)
      .filter((line) => line.includes(message))
      .map((line) => JSON.parse(line));
  return {
    ...server,
    port,
    at,
    reload(content) {
      write(content);
      server.child.kill('SIGHUP');
    },
    lines,
    async said(message, count) {
      while (lines(message).length < count) await once(server.child.stdout ?? server.child, 'data');
    },
  };
}

function statusOf(port: number, path: string, agent?: Agent): Promise<number> {
  return new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port, path, agent }, (response) => {
      response.resume().once('end', () => resolve(response.statusCode ?? 0));
    }).once('error', reject);
  });
}

test('ten reloads under a stream of requests fail none of them', async () => {
  const server = await start((at) => [at('steady'), at('changing')]);
  const agent = new Agent({ keepAlive: true });
  onTestFinished(() => agent.destroy());
  const statuses = { steady: new Set<number>(), changing: new Set<number>() };
  let reloading = true;
  const stream = async (id: keyof typeof statuses, connection?: Agent) => {
    while (reloading) statuses[id].add(await statusOf(server.port, `/${id}/auth`, connection));
  };
  const streams = [stream('steady', agent), stream('changing')];
  const limits = { signInsPerMinuteOfAProxy: 1_000_000 };

  for (let count = 1; count <= 10; count += 1) {
    server.reload([
      server.at('steady', { limits }),
      server.at('changing', { name: `Name ${count}`, limits }),
    ]);
    await server.said('were read again', count);
    for (const id of ['steady', 'changing']) expect(await statusOf(server.port, `/${id}/auth`)).toBe(302);
  }
  reloading = false;
  await Promise.all(streams);

  expect([[...statuses.steady], [...statuses.changing]]).toEqual([[302], [302]]);
  expect(server.lines('were read again').at(-1)).toMatchObject({
    added: [],
    changed: ['changing'],
    removed: [],
  });
});

test('a bad new file is refused whole, every mistake logged once, and the old institutions stay', async () => {
  const server = await start((at) => [at('one')]);

  server.reload([
    server.at('one', { name: 'New' }),
    server.at('two', { locale: 'fr', clientSecretEnv: 'UNSET' }),
  ]);
  await server.logged('the new institutions are refused');
  server.reload(`{"clientSecret": "${SECRET}" `);
  await server.said('are refused', 2);

  expect(server.lines('are refused').map(({ level, problems }) => ({ level, problems }))).toEqual([
    {
      level: 50,
      problems: [
        expect.stringMatching(/^institutions\[1\] \(two\)\.locale: /),
        expect.stringMatching(/^institutions\[1\] \(two\)\.clientSecretEnv: /),
      ],
    },
    { level: 50, problems: [expect.stringMatching(/^INSTITUTIONS_FILE is not JSON/)] },
  ]);
  expect(await statusOf(server.port, '/one/auth')).toBe(302);
  expect(await statusOf(server.port, '/two/auth')).toBe(404);
  expect(server.output.stdout + server.output.stderr).not.toContain(SECRET);

  server.reload([server.at('one'), server.at('two')]);
  await server.logged('were read again');
  expect(await statusOf(server.port, '/two/auth')).toBe(302);
});

test('without a file of institutions the signal is told so, and ends nothing', async () => {
  const [port, operationsPort] = [await freePort(), await freePort()];
  const server = startServer('main.ts', {
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    BANNO_URL: 'http://localhost:1',
    CLIENT_ID: 'client',
    CLIENT_SECRET: SECRET,
    SESSION_KEYS: Buffer.alloc(32, 1).toString('base64'),
    HOST: '127.0.0.1',
    PORT: `${port}`,
    OPERATIONS_PORT: `${operationsPort}`,
  });
  await server.logged('serving');

  server.child.kill('SIGHUP');

  await server.logged('nothing is read again');
  expect(await statusOf(port, '/card')).toBe(303);
});

test('mistakes at the start are all named, and the process ends', async () => {
  const file = join(temporaryFolder(), 'institutions.json');
  writeFileSync(file, JSON.stringify({ institutions: [entry({ locale: 'fr' }), entry({ id: 'B' })] }));
  const server = startServer('main.ts', { INSTITUTIONS_FILE: file });

  expect(await server.exited).toBe(1);
  expect(server.output.stderr.split('\n').slice(0, -1)).toEqual([
    'The configuration has 6 mistakes:',
    expect.stringMatching(/^ {2}- institutions\[0\] \(example-fi\)\.locale: /),
    expect.stringMatching(/^ {2}- institutions\[0\] \(example-fi\)\.clientSecretEnv: /),
    expect.stringMatching(/^ {2}- institutions\[1\]\.id: /),
    expect.stringMatching(/^ {2}- institutions\[1\]\.clientSecretEnv: /),
    expect.stringMatching(/^ {2}- institutions\[1\]\.publicUrl: /),
    expect.stringMatching(/^ {2}- SESSION_KEYS /),
  ]);
});
