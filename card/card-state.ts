/** Every state the card can be in, and which one a problem or a summary leads to. */
import type { AccountSummary, Problem } from '../server/contract.ts';
import { memberOf } from './account-summary.ts';

/** What each problem is to the customer. Any other, also one that only a newer server knows, is a short break. */
const KINDS = {
  SIGN_IN_REQUIRED: 'signedOut',
  SIGN_IN_FAILED: 'signInFailed',
  SIGN_IN_UNBOUND: 'signInFailed',
  NOT_PERMITTED: 'notPermitted',
  TOO_MANY_REQUESTS: 'rateLimited',
  BANK_UNAVAILABLE: 'bankUnavailable',
  BANK_TIMEOUT: 'bankTimeout',
  BANK_UNEXPECTED: 'bankUnexpected',
} as const;

/** `reference` is the request id that support asks for, where support can do anything. */
export interface ProblemState {
  kind: (typeof KINDS)[keyof typeof KINDS] | 'temporary';
  reference: string | null;
  retryAtMs: number | null;
}

/** States that are one sentence and one next step. */
export type MessageState =
  | ProblemState
  | { kind: 'empty'; allHidden: boolean }
  /** So many accounts could not be read; as a message, when there is no other account. */
  | { kind: 'partial'; count: number }
  | { kind: 'offline' };

/** What there is to say about data on screen. */
export type Notice = Exclude<MessageState, { kind: 'empty' }> | { kind: 'notUpdated' } | { kind: 'stale' };

export type CardState =
  | { kind: 'loading' }
  | { kind: 'ready'; summary: AccountSummary; notice: Notice | null }
  | MessageState;

/** Older data is read again when the customer comes back to the page. */
export const FRESH_FOR_MS = 5 * 60_000;
/** Banks post every night: what is older than a day has missed a posting. */
const STALE_AFTER_MS = 24 * 60 * 60_000;

/** What the card needs of a problem; `code` is a plain string because a newer server may know more codes. */
export interface CardProblem {
  code: Problem['code'] | (string & {});
  requestId: string | null;
  /** When trying again may help, by this browser's clock. */
  retryAtMs: number | null;
}

export const MISSING_BOOT: CardProblem = {
  code: 'TEMPORARILY_UNAVAILABLE',
  requestId: null,
  retryAtMs: null,
};

export function stateOfProblem({ code, requestId, retryAtMs }: CardProblem): ProblemState {
  const kind = memberOf<ProblemState['kind']>(KINDS, code) || 'temporary';
  const isOrdinary = kind === 'signedOut' || kind === 'rateLimited';
  return { kind, reference: isOrdinary ? null : requestId, retryAtMs };
}

export function stateOfSummary(summary: AccountSummary): CardState {
  const isEmpty = summary.groups.every((group) => group.accounts.length === 0);
  if (!isEmpty) return { kind: 'ready', summary, notice: null };
  return partialOf(summary) ?? { kind: 'empty', allHidden: summary.hiddenCount > 0 };
}

/** Only one thing is said at a time: first what keeps the data from being newer, unless it is over. */
export function noticeOf(state: CardState, nowMs: number): Notice | null {
  if (state.kind !== 'ready') return null;
  const { summary, notice } = state;
  const isOver = notice?.kind === 'rateLimited' && (notice.retryAtMs ?? nowMs) < nowMs;
  if (notice !== null && !isOver) return notice;
  return partialOf(summary) ?? (isStale(summary, nowMs) ? { kind: 'stale' } : null);
}

export function isStale({ asOf }: AccountSummary, nowMs: number): boolean {
  return nowMs - Date.parse(asOf ?? '') > STALE_AFTER_MS;
}

/** An older server does not count: then there is no such number, and nothing to say. */
function partialOf({ unreadableCount: count }: AccountSummary): (MessageState & Notice) | null {
  return count > 0 ? { kind: 'partial', count } : null;
}
