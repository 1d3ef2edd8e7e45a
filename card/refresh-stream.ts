/** Reads the answer of a refresh: progress line by line, then the end. */
import type { RefreshLine } from '../server/contract.ts';
import { isRecord } from './account-summary.ts';
import { readProblem } from './boot.ts';
import { MISSING_BOOT } from './card-state.ts';
import type { ReadResult } from './read-result.ts';
import { isAccountSummary } from './summary-check.ts';

/** What a refresh brought. `complete` is false when the bank did not say that all of it is fresh. */
export type RefreshResult = (ReadResult & { complete?: boolean }) | { kind: 'refused' };

/** Never rejects, like every reading: a stream that breaks off is a missing answer. */
export async function readRefresh(
  answer: Promise<Response>,
  onProgress: (events: number) => void,
): Promise<RefreshResult> {
  try {
    const response = await answer;
    // Before it has begun, this is about refreshing alone; later it would be about the accounts.
    if (response.status === 403) return { kind: 'refused' };
    if (!response.ok) return problemResult(await response.json().catch(() => null), response.status);
    if (response.body === null) return { kind: 'no-answer' };
    for await (const line of linesOf(response.body)) {
      if (line['type'] === ('progress' satisfies RefreshLine['type']))
        onProgress(Number(line['events']) || 0);
      else return endOf(line);
    }
  } catch {
    // Cut off, aborted, or no JSON.
  }
  return { kind: 'no-answer' };
}

function endOf({ summary, complete, problem }: Record<string, unknown>): RefreshResult {
  if (isAccountSummary(summary)) return { kind: 'summary', summary, complete: complete === true };
  return problemResult(problem, isRecord(problem) ? Number(problem['status']) : 0);
}

function problemResult(body: unknown, status: number): RefreshResult {
  if (!isRecord(body)) return { kind: 'problem', status, problem: MISSING_BOOT };
  return { kind: 'problem', status, problem: readProblem(body) };
}

/** By `getReader`: WebKit cannot iterate a stream. */
async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Record<string, unknown>> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
      const lines = (rest + decoder.decode(chunk.value, { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const value: unknown = JSON.parse(line);
        if (isRecord(value)) yield value;
      }
    }
  } finally {
    reader.cancel().catch(() => undefined);
  }
}
