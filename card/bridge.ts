/** The one door to the host: sends the card's messages, receives the host's, and touches nothing else. */

/** Everything the card ever says to a host. Never data, never the handle. */
export type OutgoingMessage =
  | { type: 'ready' }
  | { type: 'ping' }
  | { type: 'request-refresh' }
  | { type: 'request-resize'; data: { height: number } }
  | { type: 'click-link'; data: { href: string; external: boolean } };

export type HostEvent = 'history-back' | 'history-forward';

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
  /** The card keeps no history of its own, so nothing listens yet; a host's wish never touches data. */
  onHostEvent?: (event: HostEvent) => void;
}

/** Heights that a dashboard card may sensibly ask for, in CSS px. */
const HEIGHT_PX = { least: 200, most: 400, worthAsking: 8 };
/** A host that answers every wish with another width must not be asked for ever. */
const MOST_RESIZES = 4;

export class Bridge {
  readonly #options: BridgeOptions;
  #androidPort: MessagePort | null = null;
  #isReady = false;
  #isReadySent = false;
  #isRefreshAsked = false;
  #askedHeightPx = 0;
  #resizesLeft = MOST_RESIZES;

  constructor(options: BridgeOptions) {
    this.#options = options;
    if (options.hostOrigin !== null) options.window.addEventListener('message', this.#receive);
  }

  get isFramed(): boolean {
    return this.#options.window.parent !== this.#options.window;
  }

  /** True inside Banno Mobile, which draws its own way back to the dashboard. */
  get isNativeHost(): boolean {
    const { bannoAndroidBridge } = this.#options.window;
    return this.#androidPort !== null || bannoAndroidBridge !== undefined || this.#iosHandler() !== undefined;
  }

  /** Tells the host, once in a page's life, that there is something to look at. */
  ready(): void {
    this.#isReady = true;
    if (!this.#isReadySent) this.#isReadySent = this.#send({ type: 'ready' });
  }

  ping(): boolean {
    return this.#send({ type: 'ping' });
  }

  requestRefresh(): void {
    if (!this.#isRefreshAsked) this.#isRefreshAsked = this.#send({ type: 'request-refresh' });
  }

  /** Only when it would make a visible difference, and a bounded number of times: resizing must not feed itself. */
  requestResize(wantedHeightPx: number): void {
    if (!Number.isFinite(wantedHeightPx) || this.#resizesLeft === 0) return;
    const height = Math.min(HEIGHT_PX.most, Math.max(HEIGHT_PX.least, Math.ceil(wantedHeightPx)));
    const { innerHeight } = this.#options.window;
    const differs = (otherPx: number) => Math.abs(height - otherPx) >= HEIGHT_PX.worthAsking;
    if (!differs(innerHeight) || !differs(this.#askedHeightPx)) return;
    this.#askedHeightPx = height;
    this.#resizesLeft -= 1;
    this.#send({ type: 'request-resize', data: { height } });
  }

  /** False when nobody took the message: the link is then the browser's to follow. */
  clickLink(href: string, external: boolean): boolean {
    return this.#send({ type: 'click-link', data: { href, external } });
  }

  /** In Banno's order; the encodings differ: text for Android, an object for iOS and for a parent frame. */
  #send(message: OutgoingMessage): boolean {
    const { window, hostOrigin } = this.#options;
    if (hostOrigin === null) return false;
    try {
      if (this.#androidPort !== null) this.#androidPort.postMessage(JSON.stringify(message));
      else if (window.bannoAndroidBridge) window.bannoAndroidBridge.postMessage(JSON.stringify(message));
      else if (this.#iosHandler()) this.#iosHandler()?.postMessage(message);
      else if (this.isFramed) window.parent.postMessage(message, hostOrigin);
      else return false;
      return true;
    } catch {
      return false;
    }
  }

  /** `window.webkit` also exists where there are no message handlers. */
  #iosHandler() {
    return this.#options.window.webkit?.messageHandlers?.bannoIOSBridge;
  }

  readonly #receive = (event: MessageEvent<unknown>): void => {
    if (this.isFramed) this.#receiveFromParent(event);
    else if (this.#androidPort === null) this.#acceptPort(event.ports[0]);
  };

  /** Only unframed: in a frame any page could offer a port and would then read the card's messages. */
  #acceptPort(port: MessagePort | undefined): void {
    if (port === undefined) return;
    this.#androidPort = port;
    if (this.#isReady) this.ready();
    this.#options.onNativeHost?.();
  }

  #receiveFromParent({ source, origin, data }: MessageEvent<unknown>): void {
    const { window, hostOrigin, onHostEvent } = this.#options;
    if (source !== window.parent || origin !== hostOrigin) return;
    const type = typeof data === 'object' && data !== null && 'type' in data ? data.type : null;
    if (type === 'history-back' || type === 'history-forward') onHostEvent?.(type);
  }
}
