/** One call to the Consumer API: its headers, limits and record, and what its status means. */
import type { BankGate } from '../bank/gate.ts';
import { CardError } from '../errors.ts';
import { fromUpstream, readRetryAfter, UpstreamError, type UpstreamResponse } from '../upstream.ts';
import { askTwice } from './ask-twice.ts';
import { parseStrictly } from './strict-json.ts';

export type Operation =
  | 'accounts'
  | 'balanceDisplaySettings'
  | 'transactions'
  | 'themes'
  | 'fetch'
  | 'taskEvents';

export interface BankCall {
  operation: Operation;
  /** A GET may be asked once more; nothing else is. */
  method?: 'GET' | 'PUT';
  /** Below the API's base. */
  path: string;
  /** Null for the few public documents. */
  accessToken: string | null;
  signal?: AbortSignal | undefined;
}

/** `status` is what the bank answered, `bankRequestId` its `x-request-id`, which Jack Henry's support asks for. */
export interface CallRecord {
  operation: Operation;
  status: number | UpstreamError['kind'];
  durationMs: number;
  bankRequestId: string | undefined;
}

const BASE = '/a/consumer/api/v0';
const MEBIBYTE = 1_048_576;
const USUAL = { timeoutMs: 8_000, maxBytes: MEBIBYTE, lane: 'short' } as const;
const LIMITS: Partial<Record<Operation, { timeoutMs: number; maxBytes: number; lane: 'short' | 'held' }>> = {
  // 5,000 accounts with every documented field measure 4.5 MB.
  accounts: { ...USUAL, maxBytes: 8 * MEBIBYTE },
  // 500 transactions are a page.
  transactions: { ...USUAL, maxBytes: 2 * MEBIBYTE },
  // The bank holds a poll for 7 s by design.
  taskEvents: { ...USUAL, timeoutMs: 10_000, lane: 'held' },
};

/** Answers the raw response, whatever its status. @throws {CardError} when there is none. */
export async function callBank(
  gate: Pick<BankGate, 'lane' | 'retryBudget'>,
  { operation, method = 'GET', path, accessToken, signal }: BankCall,
  onCall: (call: CallRecord) => void,
): Promise<UpstreamResponse> {
  const startedAtMs = performance.now();
  const record = (status: CallRecord['status'], bankRequestId?: string) =>
    onCall({ operation, status, durationMs: Math.round(performance.now() - startedAtMs), bankRequestId });
  const headers = {
    accept: 'application/json',
    'user-agent': 'account-card',
    ...(accessToken === null ? {} : { authorization: `Bearer ${accessToken}` }),
  };
  const { timeoutMs, maxBytes, lane } = LIMITS[operation] ?? USUAL;
  const remainingMs = () => timeoutMs - (performance.now() - startedAtMs);
  const upstream = gate.lane(operation, lane);
  const request = () =>
    upstream.request({ method, path: BASE + path, headers, timeoutMs: remainingMs(), maxBytes, signal });
  try {
    const response = await (method === 'GET' ? askTwice(request, gate.retryBudget, remainingMs) : request());
    record(response.status, readRequestId(response.headers['x-request-id'], accessToken));
    return response;
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    record(error.kind);
    throw fromUpstream(error);
  }
}

/** Branches on the status alone: the members of Banno's error bodies are not documented. @throws {CardError} */
export function readJson({ status, headers, body }: UpstreamResponse): unknown {
  const retryAfterSeconds = readRetryAfter(headers['retry-after']);
  if (status === 401) throw new CardError('SIGN_IN_REQUIRED', { reason: 'bank answered 401' });
  if (status === 403) throw new CardError('NOT_PERMITTED', { reason: 'bank answered 403' });
  if (status === 404) throw new CardError('NOT_FOUND');
  if (status === 429) throw new CardError('TOO_MANY_REQUESTS', { retryAfterSeconds });
  if (status >= 500)
    throw new CardError('BANK_UNAVAILABLE', { reason: `status ${status}`, retryAfterSeconds });
  if (status !== 200) throw new CardError('BANK_UNEXPECTED', { reason: `status ${status}` });
  return parseStrictly(body);
}

/** Of the form of an id, whole, and without the token that the call carried: a log takes no other word of the bank's. */
function readRequestId(header: string | undefined, accessToken: string | null): string | undefined {
  if (header === undefined || !/^[\w.:-]{1,80}$/.test(header)) return undefined;
  return accessToken !== null && header.includes(accessToken) ? undefined : header;
}
