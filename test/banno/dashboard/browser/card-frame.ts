/** One framed card: loads its configured URL, covers it until it is ready, gives it the height it asks for. */

/** A card that never says `ready` is uncovered all the same, so that its own message can be read. */
const VEIL_LIMIT_MS = 15_000;
/** Sooner once its document has loaded: plugins without the bridge, Banno's own examples among them, never say it. */
const VEIL_LIMIT_AFTER_LOAD_MS = 5_000;
const REFRESH_PAUSE_MS = 10_000;
const MIN_HEIGHT_PX = 100;
const MAX_HEIGHT_PX = 1200;

export class CardFrame {
  readonly id: string;
  readonly title: string;
  readonly origin: string;
  readonly #element: HTMLElement;
  readonly #url: string;
  #iframe: HTMLIFrameElement;
  #veilTimer = 0;
  #lastRefreshMs = Number.NEGATIVE_INFINITY;

  constructor(element: HTMLElement) {
    const iframe = element.querySelector('iframe');
    if (iframe === null) throw new Error('A card without a frame');
    this.#element = element;
    this.#iframe = iframe;
    this.#url = element.dataset['url'] ?? '';
    this.id = element.dataset['card'] ?? '';
    this.title = iframe.title;
    this.origin = new URL(this.#url).origin;
  }

  /** Loads the configured URL afresh, whatever the frame shows now. */
  load(): void {
    const iframe = this.#iframe.cloneNode() as HTMLIFrameElement;
    iframe.height = this.#element.dataset['initialHeight'] ?? '300';
    iframe.src = this.#url;
    // Readable at all means the bank's own page, e.g. consent: it never says `ready`, and somebody has to answer it.
    iframe.addEventListener('load', () => {
      if (iframe.contentDocument !== null) this.#uncover('late');
      else this.#uncoverAfter(VEIL_LIMIT_AFTER_LOAD_MS);
    });
    // A new element: navigating the old one would add an entry to the page's history.
    this.#iframe.replaceWith(iframe);
    this.#iframe = iframe;
    this.#element.dataset['state'] = 'loading';
    this.#uncoverAfter(VEIL_LIMIT_MS);
  }

  /** True only for messages of this very frame while it shows the card's origin. */
  sent(event: MessageEvent): boolean {
    return event.source === this.#iframe.contentWindow && event.origin === this.origin;
  }

  /** Heard only as long as the frame shows the card's origin. */
  tell(message: object): void {
    this.#iframe.contentWindow?.postMessage(message, this.origin);
  }

  ready(): void {
    this.#uncover('ready');
  }

  /** Answers the height given, or null when the wish is not a number. */
  resize(height: unknown): number | null {
    if (typeof height !== 'number' || !Number.isFinite(height)) return null;
    const clamped = Math.round(Math.min(MAX_HEIGHT_PX, Math.max(MIN_HEIGHT_PX, height)));
    this.#iframe.height = String(clamped);
    return clamped;
  }

  /** False when the card asked again too soon: a failing card must not spin. */
  refresh(): boolean {
    const nowMs = performance.now();
    if (nowMs - this.#lastRefreshMs < REFRESH_PAUSE_MS) return false;
    this.#lastRefreshMs = nowMs;
    this.load();
    return true;
  }

  #uncoverAfter(limitMs: number): void {
    clearTimeout(this.#veilTimer);
    if (this.#element.dataset['state'] !== 'loading') return;
    this.#veilTimer = window.setTimeout(() => this.#uncover('late'), limitMs);
  }

  #uncover(state: 'ready' | 'late'): void {
    clearTimeout(this.#veilTimer);
    this.#element.dataset['state'] = state;
  }
}
