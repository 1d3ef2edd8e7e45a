/** What a reading of the API brings, and which state it leads to. */
import type { AccountSummary } from '../server/contract.ts';
import { isRecord } from './account-summary.ts';
import { readProblem } from './boot.ts';
import {
  type CardProblem,
  type CardState,
  MISSING_BOOT,
  type Notice,
  stateOfProblem,
  stateOfSummary,
} from './card-state.ts';
import { isAccountSummary } from './summary-check.ts';

/** What the API said: null in place of a body that is no JSON, and of an answer that did not come. */
export interface ApiAnswer {
  ok: boolean;
  status: number;
  body: unknown;
}

/** What a reading of the API brought; `no-answer` is a network that did not deliver. */
export type ReadResult =
  | { kind: 'summary'; summary: AccountSummary }
  | { kind: 'problem'; status: number; problem: CardProblem }
  | { kind: 'no-answer' };

/** An answer that is no summary is a problem, a missing answer says so. */
export function resultOf(answer: ApiAnswer | null): ReadResult {
  if (answer === null) return { kind: 'no-answer' };
  const { ok, status, body } = answer;
  if (ok && isAccountSummary(body)) return { kind: 'summary', summary: body };
  return { kind: 'problem', status, problem: !ok && isRecord(body) ? readProblem(body) : MISSING_BOOT };
}

export function isSignedOut(result: ReadResult): boolean {
  return result.kind === 'problem' && result.status === 401;
}

/** Data on screen outlives a failure, and says so; only a withdrawn permission takes it away. */
export function stateAfterReading(state: CardState, result: ReadResult, isOnline: boolean): CardState {
  if (result.kind === 'summary') return stateOfSummary(result.summary);
  if (result.kind === 'problem' && result.status === 403) return stateOfProblem(result.problem);
  return state.kind === 'ready' ? { ...state, notice: noticeOf(result, isOnline) } : state;
}

function noticeOf(result: Exclude<ReadResult, { kind: 'summary' }>, isOnline: boolean): Notice {
  if (result.kind === 'no-answer') return { kind: isOnline ? 'notUpdated' : 'offline' };
  const state = stateOfProblem(result.problem);
  return state.kind === 'rateLimited' ? state : { kind: 'notUpdated' };
}
