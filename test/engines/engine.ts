/** What the tests need of a browser, whichever engine it is. */

/** A document: the page on top, or the one in a card's frame. */
export interface Realm {
  /** Runs a function there; it must stand on its own, arguments and answer travel as JSON. */
  run<Args extends unknown[], Answer>(
    script: (...args: Args) => Answer | Promise<Answer>,
    ...args: Args
  ): Promise<Answer>;
}

/** A window of a profile that nobody has used before. */
export interface Tab {
  open(url: string): Promise<void>;
  top: Realm;
  /** The frame of a card on the dashboard, looked up at every call. */
  card(publicUrl: string): Realm;
  /** PNG. */
  picture(): Promise<Uint8Array>;
  close(): Promise<void>;
}

export interface RunningEngine {
  newTab(): Promise<Tab>;
  close(): Promise<void>;
}

export interface Engine {
  name: string;
  /** Whether its frames on a foreign site keep a partitioned cookie. */
  keepsPartitionedCookies: boolean;
  /** WebKitGTK keeps nothing that a foreign frame sets, but sends it what its site has set at home. */
  sendsCookiesOfHome: boolean;
  /** WebKit tells the address of a frame whose document it refused to show. */
  hidesRefusedFrames: boolean;
  /** What it asks its maker, whatever it is told; nothing of it leaves the machine. */
  callsByItself: RegExp;
  /** What must be installed, when it is not. */
  missing: string | null;
  /** `wayOut`: the address of the proxy that is its only connection. */
  start(wayOut: string): Promise<RunningEngine>;
}
