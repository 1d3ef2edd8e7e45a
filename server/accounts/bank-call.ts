/** One call to the Consumer API: its headers, deadline, single retry and record, and what its status means. */
import { CardError } from '../errors.ts';
import {
  fromUpstream,
  readRetryAfter,
  type Upstream,
  UpstreamError,
  type UpstreamResponse,
} from '../upstream.ts';

export type Operation =
  | 'accounts'
  | 'balanceDisplaySettings'
  | 'transactions'
  | 'themes'
  | 'fetch'
  | 'taskEvents';

export interface BankCall {
  operation: Operation;
  /** A GET is retried once; nothing else is. */
  method?: 'GET' | 'PUT';
  /** Below the API's base. */
  path: string;
  /** Null for the few public documents. */
  accessToken: string | null;
  signal?: AbortSignal | undefined;
  timeoutMs?: number;
}

/** `status` is what the bank answered, `bankRequestId` its `x-request-id`, which Jack Henry's support asks for. */
export interface CallRecord {
  operation: Operation;
  status: number | UpstreamError['kind'];
  durationMs: number;
  bankRequestId: string | undefined;
}

const BASE = '/a/consumer/api/v0';
const TIMEOUT_MS = 8_000;
/** 5,000 accounts with every documented field measure 4.5 MB. */
const MAX_BYTES = 8 * 1_048_576;
const RETRY_DELAY_MS = { least: 50, most: 250 };
const RETRYABLE = [502, 503, 504];

/** Answers the raw response, whatever its status. @throws {CardError} when there is none. */
export async function callBank(
  upstream: Upstream,
  { operation, method = 'GET', path, accessToken, signal, timeoutMs = TIMEOUT_MS }: BankCall,
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
  const remainingMs = () => timeoutMs - (performance.now() - startedAtMs);
  const request = () =>
    upstream.request({
      method,
      path: BASE + path,
      headers,
      timeoutMs: remainingMs(),
      maxBytes: MAX_BYTES,
      signal,
    });
  try {
    const response = await (method === 'GET' ? retryOnce(request, remainingMs) : request());
    record(response.status, cleanRequestId(response.headers['x-request-id']));
    return response;
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    record(error.kind);
    throw fromUpstream(error);
  }
}

/** A GET is asked once more when the bank did not take it, unless it named a time to come back. */
async function retryOnce(
  request: () => Promise<UpstreamResponse>,
  remainingMs: () => number,
): Promise<UpstreamResponse> {
  const first = await request().catch((error: unknown) => {
    if (error instanceof UpstreamError && error.kind === 'unreachable') return undefined;
    throw error;
  });
  if (first !== undefined && (!RETRYABLE.includes(first.status) || 'retry-after' in first.headers))
    return first;
  const { least, most } = RETRY_DELAY_MS;
  await new Promise((resolve) => setTimeout(resolve, least + Math.random() * (most - least)));
  if (first !== undefined && remainingMs() <= 0) return first;
  return request();
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
  try {
    return JSON.parse(body.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw new CardError('BANK_UNEXPECTED', { cause, reason: 'not JSON' });
  }
}

function cleanRequestId(header: string | undefined): string | undefined {
  return header?.replace(/[^\w.:-]/g, '').slice(0, 80);
}
