/** The card's own API, and the only file that calls fetch. */

export class CardApi {
  readonly #base: string;
  readonly #session: string;
  isOver = false;

  constructor(base: string, session: string) {
    this.#base = base;
    this.#session = session;
  }

  /** The binding cookie travels too where there is one: same origin is the default. A redirect would carry the handle elsewhere. */
  call(method: string, path: string, options: RequestInit): Promise<Response> {
    return fetch(`${this.#base}${path}`, {
      ...options,
      method,
      headers: { Authorization: `Bearer ${this.#session}` },
      cache: 'no-store',
      redirect: 'error',
    });
  }

  /** `keepalive` lets the call outlive the page that is going away; its answer interests nobody. */
  endSession(): void {
    this.isOver = true;
    this.call('DELETE', '/api/session', { keepalive: true }).catch(() => undefined);
  }
}
