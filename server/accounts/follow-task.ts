/** Follows a refresh of balances at the bank to its end. */
import { CardError } from '../errors.ts';
import type { Caller, ConsumerApi } from './consumer-api.ts';
import type { TaskEvents } from './task-events.ts';

const LIFE_MS = 30_000;
/** From the start of one poll to the next: a bank that does not hold them must not be asked without pause. */
const PACE_MS = 250;

/**
 * Follows a task to its `TaskEnded`, to 30 s, or to where the bank stops telling. Yields the number of events seen
 * so far; returns whether the end was seen.
 */
export async function* followTask(
  api: ConsumerApi,
  caller: Caller,
  taskId: string,
  now: () => number = () => performance.now(),
): AsyncGenerator<number, boolean> {
  const deadlineMs = now() + LIFE_MS;
  const signal = AbortSignal.any([AbortSignal.timeout(LIFE_MS), ...(caller.signal ? [caller.signal] : [])]);
  let version: number | null = null;
  let seen = 0;
  let nextPollAtMs = 0;
  while (now() < deadlineMs && !signal.aborted) {
    await pause(nextPollAtMs - performance.now(), signal);
    nextPollAtMs = performance.now() + PACE_MS;
    const answer: TaskEvents | 'busy' | null = await api
      .taskEvents({ ...caller, signal }, taskId, version)
      .catch((error: unknown) => (isBusy(error) ? 'busy' : null));
    if (answer === 'busy' || (answer === null && version === null)) return false;
    if (answer === null) {
      // Nothing new, but to say nothing for too long would close the connection to the customer.
      yield seen;
      // 400: our version is ahead of the bank's. Asked without one, it tells all events again.
      version = null;
      seen = 0;
      continue;
    }
    version = answer.version;
    seen += answer.types.length;
    yield seen;
    // Some institutions' tasks end with a longer name.
    if (answer.types.some((type) => type.endsWith('TaskEnded'))) return true;
  }
  return false;
}

function isBusy(error: unknown): boolean {
  return error instanceof CardError && error.code === 'TOO_MANY_REQUESTS';
}

/** Ends early when nobody waits any more. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (ms <= 0 || signal.aborted) return;
  await new Promise<void>((resolve) => {
    const done = () => {
      clearTimeout(timer);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done, { once: true });
  });
}
