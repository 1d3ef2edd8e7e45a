/** Asks a bank once more where that may help: it did not take the call, named no time to come back, and can bear it. */
import { DelegateBackoff, handleWhenResult, type RetryPolicy, retry } from 'cockatiel';
import type { RetryBudget } from '../retry-budget.ts';
import { UpstreamError, type UpstreamResponse } from '../upstream.ts';

const PAUSE_MS = { least: 50, most: 250 };
const RETRYABLE = [500, 502, 503, 504];

/** What came of one try; a failure is a value here, since only the first one may be tried again. */
interface Outcome {
  response?: UpstreamResponse;
  error?: unknown;
  mayBeTriedAgain: boolean;
}

/** For calls that change nothing at the bank. `remainingMs`: until nobody waits any more. @throws {UpstreamError} */
export async function askTwice(
  request: () => Promise<UpstreamResponse>,
  budget: RetryBudget,
  remainingMs: () => number,
): Promise<UpstreamResponse> {
  budget.earn();
  const { response, error } = await retryPolicy(budget).execute(async ({ attempt }): Promise<Outcome> => {
    const isFirst = () => attempt === 0 && remainingMs() > PAUSE_MS.most;
    return request().then(
      (answer) => ({ response: answer, mayBeTriedAgain: isRetryable(answer) && isFirst() }),
      (failure: unknown) => ({ error: failure, mayBeTriedAgain: isUnreachable(failure) && isFirst() }),
    );
  });
  if (response === undefined) throw error;
  return response;
}

function retryPolicy(budget: RetryBudget): RetryPolicy {
  return retry(
    handleWhenResult((outcome) => (outcome as Outcome).mayBeTriedAgain && budget.spend()),
    // Random, so that all who met the same fault do not come back at once.
    { maxAttempts: 1, backoff: new DelegateBackoff(pauseMs) },
  );
}

function pauseMs(): number {
  return PAUSE_MS.least + Math.random() * (PAUSE_MS.most - PAUSE_MS.least);
}

function isRetryable({ status, headers }: UpstreamResponse): boolean {
  return RETRYABLE.includes(status) && !('retry-after' in headers);
}

function isUnreachable(error: unknown): boolean {
  return error instanceof UpstreamError && error.kind === 'unreachable';
}
