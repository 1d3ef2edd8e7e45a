/** Instances of the card that share a Valkey and one scripted bank, asked over HTTP: in the process, or as production starts them. */
import { randomBytes } from 'node:crypto';
import { type IncomingMessage, request } from 'node:http';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { expect, onTestFinished } from 'vitest';
import { buildApp } from '../../server/app.ts';
import { readCardAssets } from '../../server/card-page/assets.ts';
import { loadConfig } from '../../server/config.ts';
import type { CardBoot } from '../../server/contract.ts';
import { connectValkey } from '../../server/session/valkey.ts';
import { createValkeyCounters } from '../../server/session/valkey-counters.ts';
import { createValkeyStore } from '../../server/session/valkey-store.ts';
import { CLIENT, type HostileBank, startHostileBank } from '../hostile/hostile-bank.ts';
import { freePort } from './free-port.ts';
import { type ServerProcess, spawnServer } from './loopback-server.ts';
import { bootOf, callbackUrl, FRAMED, HOST } from './test-card.ts';
import { firstWordOf } from './valkey.ts';

export interface Answer {
  status: number;
  headers: IncomingMessage['headers'];
  body: string;
  tookMs: number;
}

export interface Instance {
  ask(path: string, headers?: Record<string, string>, method?: string): Promise<Answer>;
  /** Every line logged so far. */
  logs(): string;
}

export interface Page {
  boot: CardBoot;
  cookie: string;
  /** Headers of an API call of this page. */
  authorized: Record<string, string>;
}

const SESSION_KEYS = randomBytes(32).toString('base64');

/** For one test. */
export async function startSharedBank(): Promise<HostileBank> {
  const bank = await startHostileBank();
  onTestFinished(() => bank.close());
  return bank;
}

/** The same for all instances of a deployment. */
export function environmentOf(bank: HostileBank, valkeyUrl: string): Record<string, string> {
  return {
    PUBLIC_URL: `http://${HOST}`,
    BANNO_URL: bank.origin,
    CLIENT_ID: CLIENT.id,
    CLIENT_SECRET: CLIENT.secret,
    SESSION_KEYS,
    OFFLINE_ACCESS: 'true',
    VALKEY_URL: valkeyUrl,
    HOST: '127.0.0.1',
  };
}

export async function startInstance(env: Record<string, string>): Promise<Instance> {
  const config = loadConfig(env);
  if (config.valkey === undefined) throw new Error('no VALKEY_URL');
  const valkey = connectValkey(config.valkey);
  const logs: string[] = [];
  const app = await buildApp(config, {
    assets: readCardAssets(join(import.meta.dirname, '../../dist/card')),
    store: createValkeyStore(valkey),
    counters: createValkeyCounters(valkey),
    logger: { level: 'info', stream: into(logs) },
  });
  onTestFinished(() => app.close());
  await firstWordOf(valkey);
  const port = Number(new URL(await app.listen({ host: '127.0.0.1', port: 0 })).port);
  return { ask: askAt(port), logs: () => logs.join('') };
}

export interface InstanceProcess extends Instance {
  port: number;
  operationsPort: number;
  process: ServerProcess;
  operations: Instance['ask'];
}

/** Whoever starts it ends it: `process.child.kill('SIGKILL')`. */
export async function startProcess(
  env: Record<string, string>,
  ...nodeOptions: string[]
): Promise<InstanceProcess> {
  const [port, operationsPort] = [await freePort(), await freePort()];
  const ports = { PORT: `${port}`, OPERATIONS_PORT: `${operationsPort}` };
  const started = spawnServer('main.ts', { ...env, ...ports }, ...nodeOptions);
  await started.logged('serving');
  if (env['VALKEY_URL']) await started.logged('"msg":"store ');
  return {
    port,
    operationsPort,
    process: started,
    ask: askAt(port),
    operations: askAt(operationsPort),
    logs: () => started.output.stdout,
  };
}

/** Of so many answers one at least is no later than the store makes it: the others a busy machine may have held up. */
const MOST_ANSWERS = 6;

/** 503 with `Retry-After` every time, within 500 ms. */
export async function expectUnavailable(ask: () => Promise<Answer>): Promise<void> {
  const tookMs: number[] = [];
  do {
    const answer = await ask();
    expect([answer.status, /^\d+$/.test(answer.headers['retry-after'] ?? '')]).toEqual([503, true]);
    tookMs.push(answer.tookMs);
  } while (tookMs.length < 2 || (tookMs.length < MOST_ANSWERS && Math.min(...tookMs) >= 500));
  expect(Math.min(...tookMs)).toBeLessThan(500);
}

/** Begins at one instance; the bank sends the browser back to whichever it likes. `cookie` is what the browser has. */
export async function begin(
  instance: Instance,
  bank: HostileBank,
  cookie?: string,
): Promise<{ callback: string; cookie: string }> {
  const headers = await entered(instance, { ...FRAMED, ...(cookie === undefined ? {} : { cookie }) });
  const url = new URL(String(headers.location));
  bank.nonce = url.searchParams.get('nonce') ?? '';
  const callback = callbackUrl(url.searchParams.get('state') ?? '', bank);
  return { callback, cookie: cookie ?? String(headers['set-cookie']).split(';')[0] ?? '' };
}

/** Where this is what a test begins with, a busy machine's late store costs one more try, as it would a customer. */
async function entered(instance: Instance, asked: Record<string, string>): Promise<Answer['headers']> {
  const { status, headers } = await instance.ask('/auth', asked);
  return status === 503 ? (await instance.ask('/auth', asked)).headers : headers;
}

export async function signIn(instance: Instance, bank: HostileBank, back = instance): Promise<Page> {
  const { callback, cookie } = await begin(instance, bank);
  return pageOf(await back.ask(callback, { ...FRAMED, cookie }), cookie);
}

export function pageOf(answer: Answer, cookie: string): Page {
  const boot = bootOf(answer);
  return { boot, cookie, authorized: { authorization: `Bearer ${boot.session}`, cookie } };
}

function askAt(port: number): Instance['ask'] {
  return (path, headers = {}, method = 'GET') =>
    new Promise((resolve, reject) => {
      const startedAtMs = performance.now();
      const own = { host: HOST, connection: 'close', ...headers };
      const asked = request({ host: '127.0.0.1', port, path, method, headers: own }, async (response) => {
        let body = '';
        for await (const chunk of response.setEncoding('utf8')) body += chunk;
        const { statusCode: status = 0, headers } = response;
        resolve({ status, headers, body, tookMs: performance.now() - startedAtMs });
      });
      asked.on('error', reject).end();
    });
}

function into(lines: string[]): Writable {
  return new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
}
