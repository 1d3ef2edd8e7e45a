/** Asks a bank once more where that may help: it did not take the call, named no time to come back, and can bear it. */
import { setTimeout as delay } from 'node:timers/promises';
import type { RetryBudget } from '../bank/retry-budget.ts';
import { UpstreamError, type UpstreamResponse } from '../upstream.ts';

const PAUSE_MS = { least: 50, most: 250 };
const RETRYABLE = [500, 502, 503, 504];

/** For calls that change nothing at the bank. `remainingMs`: until nobody waits any more. @throws {UpstreamError} */
export async function askTwice(
  request: () => Promise<UpstreamResponse>,
  budget: RetryBudget,
  remainingMs: () => number,
): Promise<UpstreamResponse> {
  budget.earn();
  const mayAskAgain = () => remainingMs() > PAUSE_MS.most && budget.spend();
  try {
    const response = await request();
    if (!isRetryable(response) || !mayAskAgain()) return response;
  } catch (error) {
    if (!isUnreachable(error) || !mayAskAgain()) throw error;
  }
  // Random, so that all who met the same fault do not come back at once.
  await delay(PAUSE_MS.least + Math.random() * (PAUSE_MS.most - PAUSE_MS.least));
  return request();
}

function isRetryable({ status, headers }: UpstreamResponse): boolean {
  return RETRYABLE.includes(status) && !('retry-after' in headers);
}

function isUnreachable(error: unknown): boolean {
  return error instanceof UpstreamError && error.kind === 'unreachable';
}
