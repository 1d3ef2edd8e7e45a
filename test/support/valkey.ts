/** A Valkey (or Redis) for tests: a process of its own on a free loopback port, or else the one at VALKEY_URL. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { Redis } from 'ioredis';
import { test } from 'vitest';
import { readValkeyAddress } from '../../server/config/valkey-address.ts';
import type { Valkey } from '../../server/session/valkey.ts';
import { freePort } from './free-port.ts';

const program = findProgram();
const url = process.env['VALKEY_URL'];
const isAsked = process.env['CI'] === 'true';
const missing = 'there is no valkey-server or redis-server on the PATH';

/** Whether there is one to test with, or should be. */
export const hasValkey = program !== undefined || url !== undefined || isAsked;

type Body = () => Promise<void>;

/** A test that can do with any Valkey. Without one it is skipped, and says so; where all must run, it fails. */
export function testWithValkey(name: string, body: Body): void {
  test.skipIf(!hasValkey)(name, body);
}

/** A test that starts and stops Valkeys of its own. */
export function testWithOwnValkey(name: string, body: Body): void {
  test.skipIf(program === undefined && !isAsked)(name, body);
}

if (program === undefined && !isAsked)
  process.stderr.write(
    url === undefined
      ? `Tests of the shared store are skipped: ${missing}, or VALKEY_URL.\n`
      : `Tests of the shared store empty the databases at VALKEY_URL; some are skipped: ${missing}.\n`,
  );

export interface TestValkey {
  host: string;
  port: number;
  url: string;
  /** The operator's connection. */
  admin: Redis;
  /** Ages every key, as if so much time had gone by. */
  pass(ms: number): Promise<void>;
  /** All keys, the names of which begin so. */
  keys(beginning?: string): Promise<string[]>;
  close(): Promise<void>;
}

export interface OwnValkey extends TestValkey {
  child: ChildProcess;
  /** Ends at once, as in a power cut; `start` brings it back with what it had saved. */
  kill(): Promise<void>;
  start(): Promise<void>;
}

/** Until it is connected, or knows why not: a call that comes before is held up for no longer than a customer may be. */
export function firstWordOf({ watch }: Valkey): Promise<void> {
  return new Promise((resolve) => watch(() => resolve()));
}

export async function startAnyValkey(): Promise<TestValkey> {
  if (program !== undefined || url === undefined) return startValkey();
  const { host, port, database, ...rest } = readValkeyAddress({ VALKEY_URL: url }, fail) ?? fail(missing);
  // Tests run side by side, each in a database of its own.
  const db = (database + Number(process.env['VITEST_POOL_ID'] ?? 0)) % 16;
  const { tls, ...credentials } = rest;
  const admin = new Redis({ host, port, db, ...credentials, ...(tls ? { tls: {} } : {}) });
  await admin.flushdb();
  const own = new URL(url);
  own.pathname = `/${db}`;
  return { host, port, url: own.href, admin, ...lookInto(admin), close: async () => admin.disconnect() };
}

/** `settings` as in valkey.conf, e.g. `['--requirepass', 'secret']`. */
export async function startValkey(...settings: string[]): Promise<OwnValkey> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'valkey-'));
  const args = [
    '--port',
    `${port}`,
    '--bind',
    '127.0.0.1',
    '--dir',
    folder,
    '--save',
    '',
    '--repl-diskless-sync-delay',
    '0',
    ...settings,
  ];
  const start = async () => {
    const child = spawn(program ?? fail(missing), args, { stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = once(child, 'exit').then(([code]) => fail(`Valkey exited with ${code}`));
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (said += chunk));
    while (!/Ready to accept connections/.test(said)) await Promise.race([once(child.stdout, 'data'), ended]);
    ended.catch(() => undefined);
    return child;
  };
  let child = await start();
  const password = settings[settings.indexOf('--requirepass') + 1];
  const admin = new Redis({
    port,
    host: '127.0.0.1',
    lazyConnect: true,
    ...(settings.includes('--requirepass') && password !== undefined ? { password } : {}),
  });
  admin.on('error', () => undefined);
  const kill = async () => {
    const ended = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : undefined;
    child.kill('SIGKILL');
    await ended;
  };
  return {
    host: '127.0.0.1',
    port,
    url: `redis://127.0.0.1:${port}`,
    admin,
    ...lookInto(admin),
    get child() {
      return child;
    },
    kill,
    async start() {
      child = await start();
    },
    async close() {
      admin.disconnect();
      await kill();
      rmSync(folder, { recursive: true });
    },
  };
}

const AGE = `
for _, key in ipairs(redis.call('KEYS', '*')) do
  local left = redis.call('PTTL', key)
  if left >= 0 then redis.call('PEXPIRE', key, left - ARGV[1]) end
end`;

function lookInto(admin: Redis): Pick<TestValkey, 'pass' | 'keys'> {
  return {
    pass: async (ms) => void (await admin.eval(AGE, 0, ms)),
    keys: async (beginning = '') => (await admin.keys(`${beginning}*`)).toSorted(),
  };
}

function findProgram(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const candidates = ['valkey-server', 'redis-server'].flatMap((name) =>
    folders.map((folder) => join(folder, name)),
  );
  return candidates.find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

function fail(message: string): never {
  throw new Error(message);
}
