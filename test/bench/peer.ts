/** A process beside the benchmark: so that what is measured shares no thread with what measures it. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** What a peer can be asked for, by name. */
export type Answers = Record<string, (question: never) => unknown>;

interface Message {
  id: number;
  name: string;
  question: unknown;
}

export interface Peer {
  /** Of the peer's server; 0 for one that has none. */
  port: number;
  ask<T>(name: string, question?: unknown): Promise<T>;
  stop(): Promise<void>;
}

/** `file` in this folder, run with Node. Ends with this process at the latest. */
export async function startPeer(
  file: string,
  args: readonly string[] = [],
  nodeArgs: readonly string[] = [],
): Promise<Peer> {
  const child = fork(join(import.meta.dirname, file), args, { execArgv: [...nodeArgs] });
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  const started = Promise.withResolvers<number>();
  child.on('message', (message: { port?: number; id?: number; answer?: unknown; error?: string }) => {
    if (message.port !== undefined) return started.resolve(message.port);
    const asked = waiting.get(message.id ?? -1);
    waiting.delete(message.id ?? -1);
    if (message.error === undefined) asked?.resolve(message.answer);
    else asked?.reject(new Error(`${file}: ${message.error}`));
  });
  child.once('exit', (code) => {
    const error = new Error(`${file} exited with ${code}`);
    for (const { reject } of [started, ...waiting.values()]) reject(error);
  });
  let count = 0;
  return {
    port: await started.promise,
    ask<T>(name: string, question?: unknown) {
      const asked = Promise.withResolvers<unknown>();
      waiting.set(count, asked);
      child.send({ id: count, name, question } satisfies Message);
      count += 1;
      return asked.promise as Promise<T>;
    },
    stop: () => stop(child),
  };
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const exited = once(child, 'exit');
  child.disconnect();
  await exited;
}

/** The peer's side: tells its port, answers what it is asked, and ends with whoever started it. */
export function serveParent(port: number, answers: Answers): void {
  process.on('message', async ({ id, name, question }: Message) => {
    try {
      process.send?.({ id, answer: await answers[name]?.(question as never) });
    } catch (error) {
      process.send?.({ id, error: error instanceof Error ? error.message : String(error) });
    }
  });
  process.on('disconnect', () => process.exit());
  process.send?.({ port });
}
