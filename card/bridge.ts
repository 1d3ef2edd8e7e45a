/** The one door to the host: sends the card's messages and touches nothing else. */

/** Everything the card ever says to a host. Never data, never the handle. */
export type OutgoingMessage =
  | { type: 'ready' }
  | { type: 'ping' }
  | { type: 'request-close' }
  | { type: 'request-refresh' }
  | { type: 'request-sync' }
  | { type: 'request-resize'; data: { height: number } }
  | { type: 'click-link'; data: { href: string; external: boolean } };

/** A window as Banno's hosts make it: the two mobile apps add a global of their own. */
export type HostWindow = Window & {
  bannoAndroidBridge?: { postMessage(json: string): void };
  webkit?: { messageHandlers?: { bannoIOSBridge?: { postMessage(message: object): void } } };
};

export interface BridgeOptions {
  window: HostWindow;
  /** Origin of Banno Online. Null when unknown: then nothing is ever sent or accepted. */
  hostOrigin: string | null;
  /** The Android port arrives some time after the page: what depends on the host must then be drawn again. */
  onNativeHost?: () => void;
  /** Banno Mobile's way back was used. Never called in a frame: its history is the host's, and not to be moved. */
  onHistoryBack?: () => void;
}

/** Heights that a dashboard card may sensibly ask for, in CSS px. */
const LEAST_HEIGHT_PX = 200;
const MOST_HEIGHT_PX = 400;
const WORTH_ASKING_PX = 8;
/** A host that answers every wish with another width must not be asked for ever. */
const MOST_RESIZES = 4;
/** Nobody documents what a host does then; it may well read everything anew. */
const SYNC_EVERY_MS = 5_000;
/** A host that answered each wish to close with its way back would otherwise go on for ever. */
const CLOSE_EVERY_MS = 1_000;
const ONCE = Number.POSITIVE_INFINITY;

export class Bridge {
  readonly #options: BridgeOptions;
  #androidPort: MessagePort | null = null;
  #isReady = false;
  readonly #sentAtMs = new Map<string, number>();
  #askedHeightPx = 0;
  #resizesLeft = MOST_RESIZES;

  constructor(options: BridgeOptions) {
    this.#options = options;
    // In a frame any page could offer a port and would then read the card's messages; there nothing is heard.
    if (options.hostOrigin !== null && !this.isFramed) options.window.addEventListener('message', this.#hear);
  }

  get isFramed(): boolean {
    return this.#options.window.parent !== this.#options.window;
  }

  /** True inside Banno Mobile, which draws its own way back to the dashboard. */
  get isNativeHost(): boolean {
    return Boolean(this.#android ?? this.#ios);
  }

  /** Tells the host, once in a page's life, that there is something to look at. */
  ready(): void {
    this.#isReady = true;
    this.#sendSeldom({ type: 'ready' }, ONCE);
  }

  ping(): boolean {
    return this.#send({ type: 'ping' });
  }

  requestRefresh(): void {
    this.#sendSeldom({ type: 'request-refresh' }, ONCE);
  }

  /** After the card learned of newer balances than the host shows. */
  requestSync(): void {
    this.#sendSeldom({ type: 'request-sync' }, SYNC_EVERY_MS);
  }

  /** Only Banno Mobile has something to close: a page in a browser, and a card on a dashboard, stay. */
  requestClose(): void {
    if (this.isNativeHost) this.#sendSeldom({ type: 'request-close' }, CLOSE_EVERY_MS);
  }

  /** Only when it would make a visible difference, and a bounded number of times: resizing must not feed itself. True when asked. */
  requestResize(wantedHeightPx: number): boolean {
    if (!Number.isFinite(wantedHeightPx) || this.#resizesLeft === 0) return false;
    const height = Math.min(MOST_HEIGHT_PX, Math.max(LEAST_HEIGHT_PX, Math.ceil(wantedHeightPx)));
    const { innerHeight } = this.#options.window;
    const differs = (otherPx: number) => Math.abs(height - otherPx) >= WORTH_ASKING_PX;
    if (!differs(innerHeight) || !differs(this.#askedHeightPx)) return false;
    this.#askedHeightPx = height;
    this.#resizesLeft -= 1;
    return this.#send({ type: 'request-resize', data: { height } });
  }

  /** False when nobody took the message: the link is then the browser's to follow. */
  clickLink(href: string, external: boolean): boolean {
    return this.#send({ type: 'click-link', data: { href, external } });
  }

  /** What nobody took does not count as sent. */
  #sendSeldom(message: OutgoingMessage, everyMs: number): void {
    // `performance.now` runs on when somebody sets the clock.
    const nowMs = performance.now();
    const sentAtMs = this.#sentAtMs.get(message.type) ?? Number.NEGATIVE_INFINITY;
    if (nowMs - sentAtMs < everyMs) return;
    // Noted first: a host may answer before its `postMessage` returns.
    this.#sentAtMs.set(message.type, nowMs);
    if (!this.#send(message)) this.#sentAtMs.set(message.type, sentAtMs);
  }

  /** In Banno's order; the encodings differ: text for Android, an object for iOS and for a parent frame. */
  #send(message: OutgoingMessage): boolean {
    const { window, hostOrigin } = this.#options;
    if (hostOrigin === null) return false;
    try {
      if (this.#android) this.#android.postMessage(JSON.stringify(message));
      else if (this.#ios) this.#ios.postMessage(message);
      else if (this.isFramed) window.parent.postMessage(message, hostOrigin);
      else return false;
      return true;
    } catch {
      return false;
    }
  }

  get #android() {
    return this.#androidPort ?? this.#options.window.bannoAndroidBridge;
  }

  /** `window.webkit` also exists where there are no message handlers. */
  get #ios() {
    return this.#options.window.webkit?.messageHandlers?.bannoIOSBridge;
  }

  /** A native host posts as nobody, or through script as the page itself; any other sender is another window. */
  readonly #hear = ({ data, ports: [port], source }: MessageEvent): void => {
    if (source !== null && source !== this.#options.window) return;
    if (port !== undefined) this.#acceptPort(port);
    if (this.isNativeHost && typeOf(data) === 'history-back') this.#options.onHistoryBack?.();
  };

  /** Android's, the first one. */
  #acceptPort(port: MessagePort): void {
    if (this.#androidPort !== null) return;
    this.#androidPort = port;
    if (this.#isReady) this.ready();
    this.#options.onNativeHost?.();
  }
}

/** Undefined for whatever cannot be read. */
function typeOf(data: unknown): unknown {
  try {
    return (data as { type?: unknown } | null | undefined)?.type;
  } catch {
    return undefined;
  }
}
