/** Runs the demo as a program: until somebody stops it or a part of it dies, leaving nothing behind. */
import { env } from 'node:process';

export interface Running {
  /** Resolves with one sentence if a part ends by itself. */
  failure: Promise<string>;
  stop(): Promise<void>;
}

const LOOK_AFTER_PARENT_MS = 500;

export function tell(sentence: string): void {
  process.stdout.write(`${sentence}\n`);
}

/** Ends the process: 0 when it was asked to stop, 1 when it did not start or a part died. */
export async function run(open: () => Promise<Running>): Promise<never> {
  const stopWanted = Promise.race([signalled(), orphaned()]);
  try {
    const running = await Promise.race([open(), stopWanted]);
    // Still starting: what was started ends with this process.
    if (running === null) process.exit(0);
    const failure = await Promise.race([running.failure, stopWanted]);
    if (failure !== null) process.stderr.write(`${failure}\n`);
    await running.stop();
    process.exit(failure === null ? 0 : 1);
  } catch (error) {
    process.stderr.write(`The demo did not start. ${reasonOf(error)}\n`);
    process.exit(1);
  }
}

export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function signalled(): Promise<null> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve(null));
  });
}

/** npm passes a signal to its shell only, which dies without telling us. Without npm, a parent may well go first. */
function orphaned(): Promise<null> {
  const parent = process.ppid;
  return new Promise((resolve) => {
    if (env['npm_lifecycle_event'] === undefined) return;
    const look = () => {
      if (process.ppid !== parent) resolve(null);
    };
    setInterval(look, LOOK_AFTER_PARENT_MS).unref();
  });
}
