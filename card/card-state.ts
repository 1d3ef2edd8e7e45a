/** Every state the card can be in, and which one a problem or a summary leads to. */
import type { AccountSummary, Problem } from '../server/contract.ts';

export type UnavailableReason = 'bankUnavailable' | 'bankTimeout' | 'bankUnexpected' | 'temporary';

/** Why the data on screen is not as fresh as it should be. */
export type Notice = 'not-updated' | 'offline';

/** States that are one sentence and one next step. `reference` is the request id that support asks for. */
export type MessageState =
  | { kind: 'empty'; allHidden: boolean }
  | { kind: 'signed-out' }
  | { kind: 'sign-in-failed'; reference: string | null }
  | { kind: 'not-permitted'; reference: string | null }
  | { kind: 'unavailable'; reason: UnavailableReason; reference: string | null }
  | { kind: 'rate-limited' }
  | { kind: 'offline' };

export type CardState =
  | { kind: 'loading' }
  | { kind: 'ready'; summary: AccountSummary; notice: Notice | null }
  | MessageState;

/** What the card needs of a problem; `code` is a plain string because a newer server may know more codes. */
export interface CardProblem {
  code: Problem['code'] | (string & {});
  requestId: string | null;
}

export const MISSING_BOOT: CardProblem = {
  code: 'TEMPORARILY_UNAVAILABLE',
  requestId: null,
};

export function stateOfProblem({ code, requestId }: CardProblem): MessageState {
  const unavailable = (reason: UnavailableReason): MessageState => ({
    kind: 'unavailable',
    reason,
    reference: requestId,
  });
  switch (code) {
    case 'SIGN_IN_REQUIRED':
      return { kind: 'signed-out' };
    case 'SIGN_IN_FAILED':
      return { kind: 'sign-in-failed', reference: requestId };
    case 'NOT_PERMITTED':
      return { kind: 'not-permitted', reference: requestId };
    case 'TOO_MANY_REQUESTS':
      return { kind: 'rate-limited' };
    case 'BANK_UNAVAILABLE':
      return unavailable('bankUnavailable');
    case 'BANK_TIMEOUT':
      return unavailable('bankTimeout');
    case 'BANK_UNEXPECTED':
      return unavailable('bankUnexpected');
    default:
      return unavailable('temporary');
  }
}

export function stateOfSummary(summary: AccountSummary): CardState {
  const isEmpty = summary.groups.every((group) => group.accounts.length === 0);
  if (isEmpty) return { kind: 'empty', allHidden: summary.hiddenCount > 0 };
  return { kind: 'ready', summary, notice: null };
}

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

export function isSignedOut(result: ReadResult): boolean {
  return result.kind === 'problem' && result.status === 401;
}

/** Data on screen outlives a failure, and says so; only a withdrawn permission takes it away. */
export function stateAfterReading(state: CardState, result: ReadResult, isOnline: boolean): CardState {
  if (result.kind === 'summary') return stateOfSummary(result.summary);
  if (result.kind === 'problem' && result.status === 403) return stateOfProblem(result.problem);
  if (state.kind !== 'ready') return state;
  return { ...state, notice: result.kind === 'no-answer' && !isOnline ? 'offline' : 'not-updated' };
}
