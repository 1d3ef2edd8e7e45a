/** One card server as a process of its own, started as an operator would: `node server/main.ts` and an environment. */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const ROOT = join(import.meta.dirname, '../..');
const READY_WITHIN_MS = 30_000;
const ASK_AGAIN_AFTER_MS = 50;
/** Longer than the server takes to finish what is in flight. */
const STOP_WITHIN_MS = 28_000;

export interface CardServerOptions {
  publicUrl: string;
  bankUrl: string;
  clientId: string;
  clientSecret: string;
  port: number;
  operationsPort: number;
  /** Beside its configuration, e.g. which authority Node trusts. */
  environment?: Record<string, string>;
}

export class CardServer {
  /** Called when the process ends without having been asked to; takes one sentence. */
  onDeath: (sentence: string) => void = () => {};
  readonly #options: CardServerOptions;
  readonly #sessionKey = randomBytes(32).toString('base64');
  #process: ChildProcess | undefined;

  constructor(options: CardServerOptions) {
    this.#options = options;
  }

  /** Resolves once the server says that it is ready. */
  async start(): Promise<void> {
    const child = spawn(process.execPath, ['server/main.ts'], {
      cwd: ROOT,
      env: this.#environment(),
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    this.#process = child;
    // Whatever ends this process, no server is left behind.
    const killChild = () => void child.kill();
    process.once('exit', killChild);
    child.once('exit', () => process.off('exit', killChild));
    const death = new Promise<never>((_, reject) => {
      child.once('error', (error) => reject(new Error(this.#sentence(error.message))));
      child.once('exit', (code, signal) => reject(new Error(this.#sentence(signal ?? `exit code ${code}`))));
    });
    await Promise.race([this.#readiness(child), death]);
    death.catch((error: Error) => {
      if (this.#process === child) this.onDeath(error.message);
    });
  }

  async stop(): Promise<void> {
    const child = this.#process;
    this.#process = undefined;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    const patience = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
    await ended;
    clearTimeout(patience);
  }

  async #readiness(child: ChildProcess): Promise<void> {
    const deadlineMs = performance.now() + READY_WITHIN_MS;
    const url = `http://127.0.0.1:${this.#options.operationsPort}/readyz`;
    while (child.exitCode === null && child.signalCode === null) {
      const answer = await fetch(url, { signal: AbortSignal.timeout(1_000) }).catch(() => null);
      await answer?.body?.cancel();
      if (answer?.ok) return;
      if (performance.now() > deadlineMs) throw new Error(this.#sentence('not ready in time'));
      await pause(ASK_AGAIN_AFTER_MS);
    }
  }

  /** Nothing of our own environment: the demo must not depend on what a developer has set. */
  #environment(): NodeJS.ProcessEnv {
    const { publicUrl, bankUrl, clientId, clientSecret, port, operationsPort, environment } = this.#options;
    return {
      ...environment,
      PUBLIC_URL: publicUrl,
      BANNO_URL: bankUrl,
      CLIENT_ID: clientId,
      CLIENT_SECRET: clientSecret,
      SESSION_KEYS: this.#sessionKey,
      HOST: '127.0.0.1',
      PORT: String(port),
      OPERATIONS_PORT: String(operationsPort),
      TRANSACTIONS: 'true',
      LOG_LEVEL: 'warn',
    };
  }

  #sentence(reason: string): string {
    return `The card server at ${this.#options.publicUrl} stopped (${reason}).`;
  }
}
