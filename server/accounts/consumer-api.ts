/** Banno's Consumer API: the only file that calls it. Named operations on one customer's data, nothing else. */
import { CardError } from '../errors.ts';
import {
  fromUpstream,
  readRetryAfter,
  type Upstream,
  UpstreamError,
  type UpstreamResponse,
} from '../upstream.ts';
import {
  type BalanceDisplaySetting,
  type BannoAccounts,
  readAccounts,
  readBalanceDisplaySettings,
} from './banno-types.ts';

/** Who asks: the customer of a verified sign-in and the access token issued for them. */
export interface Caller {
  subject: string;
  accessToken: string;
  bankInstitutionId: string | null;
  signal?: AbortSignal | undefined;
}

export interface ConsumerApi {
  /** `GET /users/{userId}/accounts`. @throws {CardError} */
  accounts(caller: Caller): Promise<BannoAccounts>;
  /** `GET /users/{userId}/institutions/{institutionId}`: how balances are called; empty when it cannot be read. */
  balanceDisplaySettings(caller: Caller): Promise<BalanceDisplaySetting[]>;
}

/** `status` is what the bank answered, `requestId` its `x-request-id`, which Jack Henry's support asks for. */
export interface CallRecord {
  operation: 'accounts' | 'balanceDisplaySettings';
  status: number | UpstreamError['kind'];
  durationMs: number;
  requestId: string | undefined;
}

const BASE = '/a/consumer/api/v0';
const TIMEOUT_MS = 8_000;
/** 5,000 accounts with every documented field measure 4.5 MB. */
const MAX_BYTES = 8 * 1_048_576;
const RETRY_DELAY_MS = { least: 50, most: 250 };

export function createConsumerApi(upstream: Upstream, onCall: (call: CallRecord) => void): ConsumerApi {
  async function get(
    operation: CallRecord['operation'],
    path: string,
    caller: Caller,
  ): Promise<UpstreamResponse> {
    const startedAtMs = performance.now();
    const record = (status: CallRecord['status'], requestId?: string) =>
      onCall({ operation, status, durationMs: Math.round(performance.now() - startedAtMs), requestId });
    const headers = {
      accept: 'application/json',
      authorization: `Bearer ${caller.accessToken}`,
      'user-agent': 'account-card',
    };
    const remainingMs = () => TIMEOUT_MS - (performance.now() - startedAtMs);
    const request = () =>
      upstream.request({
        method: 'GET',
        path: BASE + path,
        headers,
        timeoutMs: remainingMs(),
        maxBytes: MAX_BYTES,
        signal: caller.signal,
      });
    try {
      const response = await retryOnce(request, remainingMs);
      record(response.status, cleanRequestId(response.headers['x-request-id']));
      return response;
    } catch (error) {
      if (error instanceof UpstreamError) record(error.kind);
      throw error;
    }
  }

  return {
    async accounts(caller) {
      const path = `/users/${encodeURIComponent(caller.subject)}/accounts`;
      const response = await get('accounts', path, caller).catch(toCardError);
      // A customer who has none may get 404 (documented for this call).
      if (response.status === 404) return { accounts: [], inactivatedAccountIds: new Set() };
      const accounts = readAccounts(readJson(response));
      if (accounts === undefined) throw new CardError('BANK_UNEXPECTED', { reason: 'account list' });
      return accounts;
    },
    async balanceDisplaySettings(caller) {
      if (caller.bankInstitutionId === null) return [];
      const path = `/users/${encodeURIComponent(caller.subject)}/institutions/${encodeURIComponent(caller.bankInstitutionId)}`;
      return get('balanceDisplaySettings', path, caller)
        .then((response) => readBalanceDisplaySettings(readJson(response)))
        .catch(() => []);
    },
  };
}

const RETRYABLE = [502, 503, 504];

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

function toCardError(error: unknown): never {
  throw error instanceof UpstreamError ? fromUpstream(error) : error;
}

/** Branches on the status alone: the members of Banno's error bodies are not documented. @throws {CardError} */
function readJson({ status, headers, body }: UpstreamResponse): unknown {
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
