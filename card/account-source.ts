/** Where the data comes from after the page's own: read when asked for or stale, or fetched anew from the bank's core. */
import type { CardApi } from './card-api.ts';
import { FRESH_FOR_MS } from './card-state.ts';
import { type ApiAnswer, type ReadResult, resultOf } from './read-result.ts';
import { type RefreshResult, readRefresh } from './refresh-stream.ts';

/** Longer than the server gives the bank (12 s), so that its answer, good or bad, still arrives. */
const DEADLINE_MS = 15_000;
/** The server follows the core for 30 s, and then reads the accounts. */
const REFRESH_DEADLINE_MS = 50_000;

export interface SourceOptions {
  api: CardApi;
  receivedAtMs: number;
  /** What the bank grants beyond the summary, as the page brought it: for the views that ask for it to check. */
  features: unknown;
}

export class AccountSource {
  readonly features: unknown;
  readonly #api: CardApi;
  #receivedAtMs: number;
  #reading: Promise<unknown> | null = null;

  constructor({ api, receivedAtMs, features }: SourceOptions) {
    this.#api = api;
    this.#receivedAtMs = receivedAtMs;
    this.features = features;
  }

  /** Null when there is nothing to do (fresh, or being read already), or when the session ended while the answer was on its way. */
  async readIfStale(isForced: boolean): Promise<ReadResult | null> {
    const isStale = isForced || Date.now() - this.#receivedAtMs > FRESH_FOR_MS;
    return isStale && this.#reading === null ? this.readAccounts() : null;
  }

  /** What the customer asks for waits for what is being read already. Null when the session ended. */
  async readAccounts(): Promise<ReadResult | null> {
    return this.#inTurn(async () => resultOf(await answerOf(this.#api, '/api/accounts')));
  }

  /** Null as above. Aborted, too, when it takes too long. */
  async refresh(onProgress: (events: number) => void, abort: AbortController): Promise<RefreshResult | null> {
    const { signal } = abort;
    return this.#inTurn(async () => {
      const deadline = setTimeout(() => abort.abort(), REFRESH_DEADLINE_MS);
      const answer = this.#api.call('POST', '/api/accounts/refresh', { signal });
      const result = await readRefresh(answer, onProgress);
      clearTimeout(deadline);
      return result;
    });
  }

  /** Answers null also when the session is over here; if it is over there, the accounts are stale as well. */
  async read(path: string): Promise<ApiAnswer | null> {
    const answer = this.#api.isOver ? null : await answerOf(this.#api, path);
    if (answer?.status === 401) this.#receivedAtMs = 0;
    return this.#api.isOver ? null : answer;
  }

  async #inTurn<Result extends RefreshResult>(read: () => Promise<Result>): Promise<Result | null> {
    while (this.#reading !== null) await this.#reading.then(nextTask);
    if (this.#api.isOver) return null;
    const reading = read();
    this.#reading = reading;
    const result = await reading;
    this.#reading = null;
    if (this.#api.isOver) return null;
    if (result.kind === 'summary') this.#receivedAtMs = Date.now();
    return result;
  }
}

/** By then all is done that an answer leads to: it may have ended the session. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

/** Never rejects. */
async function answerOf(api: CardApi, path: string): Promise<ApiAnswer | null> {
  try {
    const response = await api.call('GET', path, { signal: AbortSignal.timeout(DEADLINE_MS) });
    const { ok, status } = response;
    return { ok, status, body: await response.json().catch(() => null) };
  } catch {
    return null;
  }
}
