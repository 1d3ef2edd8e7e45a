/** Where the data comes from after the page's own: read again when stale, one at a time, until the page goes away. */
import type { CardStart } from './boot.ts';
import { CardApi } from './card-api.ts';
import type { ApiAnswer, ReadResult } from './card-state.ts';

type SessionStart = Extract<CardStart, { session: string }>;

/** Older data is read again when the customer comes back to the page. */
const FRESH_FOR_MS = 5 * 60_000;

export class AccountSource {
  /** Holds the session's handle; null as soon as the session is over. */
  #api: CardApi | null;
  #receivedAtMs = Date.now();
  /** What the bank grants beyond the summary, as the page brought it: for the views that ask for it to check. */
  readonly features: unknown;
  #isReading = false;

  constructor(base: string, { session, features }: SessionStart) {
    this.#api = new CardApi(base, session);
    this.features = features;
  }

  /** Null when there is nothing to do, or when the session ended while the answer was on its way. */
  async readIfStale(): Promise<ReadResult | null> {
    const api = this.#api;
    if (api === null || this.#isReading || Date.now() - this.#receivedAtMs <= FRESH_FOR_MS) return null;
    this.#isReading = true;
    const result = await api.readAccounts();
    this.#isReading = false;
    if (this.#api === null) return null;
    if (result.kind === 'summary') this.#receivedAtMs = Date.now();
    return result;
  }

  /** Answers null also when the session is over here; if it is over there, the accounts are stale as well. */
  async read(path: string): Promise<ApiAnswer | null> {
    const answer = await this.#api?.read(path);
    if (answer?.status === 401) this.#receivedAtMs = 0;
    return answer ?? null;
  }

  end(): void {
    this.#api?.endSession();
    this.#api = null;
  }
}
