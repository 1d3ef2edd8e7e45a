/** One card server as a process that can be looked into: its answers, its memory, its descriptors, its CPU time. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { Pool } from 'undici';
import { freePort } from '../support/free-port.ts';

export interface CardInstance {
  child: ChildProcess;
  /** As a load balancer has them. */
  readonly pool: Pool;
  startedAtMs: number;
  /** Lines that say that something is wrong with the server itself. */
  alarms: string[];
  /** Bytes that are held once all garbage is gone. */
  heldBytes(): Promise<number>;
  openFiles(): number;
  /** Closes the balancer's connections; new ones come as needed. */
  disconnect(): Promise<void>;
  cpuMs(): number;
  /** Its exit code, or the signal that ended it. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | string>;
}

const MAIN = join(import.meta.dirname, '../../server/main.ts');
const OBSERVE = pathToFileURL(join(import.meta.dirname, 'observe.ts')).href;
const READY_WITHIN_MS = 30_000;
const CONNECTIONS = 256;
/** Of `/proc/<pid>/stat`: USER_HZ is 100 on every Linux. */
const MS_PER_TICK = 10;

export async function startCardInstance(env: Record<string, string>): Promise<CardInstance> {
  const [port, operationsPort] = [await freePort(), await freePort()];
  const own = { ...env, PORT: `${port}`, OPERATIONS_PORT: `${operationsPort}` };
  const child = spawn(process.execPath, ['--expose-gc', `--import=${OBSERVE}`, MAIN], {
    env: own,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit').then(([code, signal]: (number | string)[]) => code ?? signal ?? 0);
  const alarms: string[] = [];
  let told: (bytes: number) => void = () => undefined;
  createInterface({ input: child.stdout }).on('line', (line) => {
    const { msg, heldBytes } = JSON.parse(line) as { msg: string; heldBytes: number };
    if (msg === 'observed') told(heldBytes);
    else if (/unexpected|nobody caught/.test(msg)) alarms.push(line);
  });
  await ready(child, operationsPort);
  const connect = () => new Pool(`http://127.0.0.1:${port}`, { connections: CONNECTIONS });
  let pool = connect();
  return {
    child,
    get pool() {
      return pool;
    },
    alarms,
    startedAtMs: performance.now(),
    heldBytes() {
      const { promise, resolve } = Promise.withResolvers<number>();
      told = resolve;
      child.kill('SIGUSR2');
      return Promise.race([promise, exited.then(() => Number.NaN)]);
    },
    openFiles: () => readdirSync(`/proc/${child.pid}/fd`).length,
    async disconnect() {
      const old = pool;
      pool = connect();
      await old.destroy();
    },
    cpuMs() {
      const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
      return (Number(fields[11]) + Number(fields[12])) * MS_PER_TICK;
    },
    async end(signal) {
      child.kill(signal);
      const code = await exited;
      await pool.destroy();
      return code;
    },
  };
}

async function ready(child: ChildProcess, operationsPort: number): Promise<void> {
  const giveUpAtMs = performance.now() + READY_WITHIN_MS;
  for (;;) {
    const answer = await fetch(`http://127.0.0.1:${operationsPort}/readyz`).catch(() => undefined);
    await answer?.body?.cancel();
    if (answer?.ok) return;
    if (child.exitCode !== null) throw new Error(`a server exited with ${child.exitCode}`);
    if (performance.now() > giveUpAtMs) throw new Error('a server is not ready in time');
    await delay(20);
  }
}
