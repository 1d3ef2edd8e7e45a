/** The card's own API, and the only file that calls fetch. */
import { isAccountSummary, isRecord } from './account-summary.ts';
import { readProblem } from './boot.ts';
import { type ApiAnswer, MISSING_BOOT, type ReadResult } from './card-state.ts';

/** Longer than the server gives the bank (12 s), so that its answer, good or bad, still arrives. */
const DEADLINE_MS = 15_000;

export class CardApi {
  readonly #base: string;
  readonly #session: string;

  constructor(base: string, session: string) {
    this.#base = base;
    this.#session = session;
  }

  /** Never rejects: an answer that is no summary is a problem, a missing answer says so. */
  async readAccounts(): Promise<ReadResult> {
    const answer = await this.read('/api/accounts');
    if (answer === null) return { kind: 'no-answer' };
    const { ok, status, body } = answer;
    if (ok && isAccountSummary(body)) return { kind: 'summary', summary: body };
    return { kind: 'problem', status, problem: !ok && isRecord(body) ? readProblem(body) : MISSING_BOOT };
  }

  /** Never rejects. */
  async read(path: string): Promise<ApiAnswer | null> {
    try {
      const response = await this.#call('GET', path, { signal: AbortSignal.timeout(DEADLINE_MS) });
      const { ok, status } = response;
      return { ok, status, body: await response.json().catch(() => null) };
    } catch {
      return null;
    }
  }

  /** `keepalive` lets the call outlive the page that is going away; its answer interests nobody. */
  endSession(): void {
    this.#call('DELETE', '/api/session', { keepalive: true }).catch(() => undefined);
  }

  /** The binding cookie must travel too where there is one, and a redirect would carry the handle elsewhere. */
  #call(method: string, path: string, options: RequestInit): Promise<Response> {
    return fetch(`${this.#base}${path}`, {
      ...options,
      method,
      headers: { Authorization: `Bearer ${this.#session}` },
      cache: 'no-store',
      credentials: 'same-origin',
      redirect: 'error',
    });
  }
}
