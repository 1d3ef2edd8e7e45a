/** The server as a process of its own, as production starts it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { onTestFinished } from 'vitest';

const SERVER = join(import.meta.dirname, '../../server');
/** Halves the time a start takes. */
const NODE_COMPILE_CACHE = join(import.meta.dirname, '../../node_modules/.cache/node-compile');

export interface ServerProcess {
  child: ChildProcess;
  /** What it has written so far. */
  output: { stdout: string; stderr: string };
  /** Settles when its log has said so, so often in all; fails when it exits before. */
  logged(words: string, times?: number): Promise<void>;
  /** Its exit code, or the signal that ended it. */
  exited: Promise<number | string>;
}

/** Starts a file of `server/` with this environment and nothing else; it never outlives the test. */
export function startServer(...args: Parameters<typeof spawnServer>): ServerProcess {
  const server = spawnServer(...args);
  onTestFinished(() => void server.child.kill('SIGKILL'));
  return server;
}

/** The same for several tests; whoever starts it ends it. */
export function spawnServer(
  file: string,
  env: Record<string, string>,
  ...nodeOptions: string[]
): ServerProcess {
  const child = spawn(process.execPath, [...nodeOptions, join(SERVER, file)], {
    env: { ...env, NODE_COMPILE_CACHE },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: collect(child.stdout), stderr: collect(child.stderr) };
  const exited = once(child, 'close').then(([code, signal]) => code ?? signal);
  return {
    child,
    output: {
      get stdout() {
        return output.stdout.join('');
      },
      get stderr() {
        return output.stderr.join('');
      },
    },
    exited,
    async logged(words, times = 1) {
      const said = () => output.stdout.join('').split(words).length > times;
      const ended = exited.then((code) => {
        throw new Error(`the server exited with ${code}: ${output.stderr.join('')}`);
      });
      while (!said()) await Promise.race([once(child.stdout, 'data'), ended]);
      ended.catch(() => undefined);
    },
  };
}

function collect(stream: Readable): string[] {
  const chunks: string[] = [];
  stream.setEncoding('utf8').on('data', (chunk: string) => chunks.push(chunk));
  return chunks;
}
