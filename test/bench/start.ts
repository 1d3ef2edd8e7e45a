/** Time from the start of a process to its first answer: the card's, beside that of a bare Fastify server. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { get } from 'node:http';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '../support/free-port.ts';
import { column, median } from './table.ts';

const ROOT = join(import.meta.dirname, '../..');
const ROUNDS = 9;
const ASK_AGAIN_AFTER_MS = 2;
const GIVE_UP_AFTER_MS = 30_000;

/** The least that answers as an operations port does. */
const BARE = `
  import Fastify from 'fastify';
  const app = Fastify();
  app.get('/livez', async () => ({ status: 'ok' }));
  await app.listen({ host: '127.0.0.1', port: Number(process.env.PORT) });`;

export async function measureStart(): Promise<string[]> {
  const [port, operationsPort] = [await freePort(), await freePort()];
  const bare = () => start(['--input-type=module', '--eval', BARE], { PORT: `${port}` }, port);
  const card = (more = {}) => {
    const env = { ...environmentWith(`${port}`, `${operationsPort}`), ...more };
    return start(['server/main.ts'], env, operationsPort);
  };
  // Not counted: the first of each finds the files on the disk.
  const firsts = { bareMs: await bare(), cardMs: await card() };
  const [bareMs, cardMs, uncompiledMs]: [number[], number[], number[]] = [[], [], []];
  for (let round = 0; round < ROUNDS; round += 1) {
    bareMs.push(await bare());
    cardMs.push(await card());
    uncompiledMs.push(await card({ NODE_DISABLE_COMPILE_CACHE: '1' }));
  }
  // Of each round by itself: what else the machine does then, it does to all three.
  const ratio = (times: number[]) => median(times.map((ms, round) => ms / (bareMs[round] ?? Number.NaN)));
  return [
    column(['', 'median', 'least', 'most']),
    row('bare Fastify', bareMs),
    row('the card', cardMs),
    row('nothing compiled', uncompiledMs),
    `The card takes ${ratio(cardMs).toFixed(2)} times as long as a bare server (most allowed: 2), at its very first start ${(firsts.cardMs / firsts.bareMs).toFixed(2)} times, without what the build has compiled ${ratio(uncompiledMs).toFixed(2)} times.`,
  ];
}

function row(name: string, times: number[]): string {
  const ms = [median(times), Math.min(...times), Math.max(...times)];
  return column([name, ...ms.map((time) => `${time.toFixed(0)} ms`)]);
}

function environmentWith(port: string, operationsPort: string): Record<string, string> {
  return {
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    BANNO_URL: 'http://localhost:1',
    CLIENT_ID: 'client',
    CLIENT_SECRET: randomBytes(16).toString('hex'),
    SESSION_KEYS: randomBytes(32).toString('base64'),
    HOST: '127.0.0.1',
    PORT: port,
    OPERATIONS_PORT: operationsPort,
  };
}

async function start(args: string[], env: Record<string, string>, port: number): Promise<number> {
  const startedAtMs = performance.now();
  const child = spawn(process.execPath, args, { cwd: ROOT, env, stdio: ['ignore', 'ignore', 'inherit'] });
  const ended = once(child, 'exit');
  try {
    while (!(await answers(port))) {
      if (child.exitCode !== null) throw new Error(`the process ended with ${child.exitCode}`);
      if (performance.now() - startedAtMs > GIVE_UP_AFTER_MS) throw new Error('no answer');
      await delay(ASK_AGAIN_AFTER_MS);
    }
    return performance.now() - startedAtMs;
  } finally {
    child.kill();
    await ended;
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    get({ host: '127.0.0.1', port, path: '/livez', agent: false }, (response) => {
      response.resume().once('end', () => resolve(response.statusCode === 200));
    }).once('error', () => resolve(false));
  });
}
