/** Where the data comes from after the page's own: read again when stale, one at a time, until the page goes away. */
import { CardApi } from './card-api.ts';
import type { ReadResult } from './card-state.ts';

/** Older data is read again when the customer comes back to the page. */
const FRESH_FOR_MS = 5 * 60_000;

export class AccountSource {
  /** Holds the session's handle; null as soon as the session is over. */
  #api: CardApi | null;
  #receivedAtMs = Date.now();
  #isReading = false;

  constructor(base: string, session: string) {
    this.#api = new CardApi(base, session);
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

  end(): void {
    this.#api?.endSession();
    this.#api = null;
  }
}
