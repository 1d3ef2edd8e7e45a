/** Keeps a document of the bank: fetched on first use, renewed in the background, the last good one outlives an outage. */

export interface Kept<T> {
  /** Rejects only while there has never been a good answer. */
  get(): Promise<T>;
  /** The last good answer, whatever its age. */
  known(): T | undefined;
}

interface KeptOptions {
  lifeMs: number;
  /** A bank that failed is left alone for so long, and for twice as long after each further failure. */
  retryMs: number;
  /** No longer than this; absent: always for `retryMs`. */
  maxRetryMs?: number;
  now: () => number;
}

export function createKept<T>(load: () => Promise<T>, options: KeptOptions): Kept<T> {
  const { lifeMs, retryMs, maxRetryMs = retryMs, now } = options;
  let current: { value: T; atMs: number } | undefined;
  let failure: { error: unknown; atMs: number; waitMs: number } | undefined;
  let running: Promise<T> | undefined;

  async function reload(): Promise<T> {
    try {
      const value = await load();
      current = { value, atMs: now() };
      failure = undefined;
      return value;
    } catch (error) {
      const waitMs = failure === undefined ? retryMs : Math.min(2 * failure.waitMs, maxRetryMs);
      failure = { error, atMs: now(), waitMs };
      throw error;
    }
  }
  const start = () =>
    (running ??= reload().finally(() => {
      running = undefined;
    }));

  return {
    known: () => current?.value,
    async get() {
      const failedJustNow = failure !== undefined && isWithin(failure.waitMs, now() - failure.atMs);
      if (current === undefined) {
        if (failedJustNow) throw failure?.error;
        return start();
      }
      if (now() - current.atMs > lifeMs && !failedJustNow) start().catch(() => undefined);
      return current.value;
    },
  };
}

/** A clock that was set back makes time since then negative: who waited for it to pass would wait for as long. */
function isWithin(waitMs: number, passedMs: number): boolean {
  return passedMs >= 0 && passedMs < waitMs;
}
