/** Keeps a document of the bank: fetched on first use, renewed in the background, the last good one outlives an outage. */

export interface Kept<T> {
  /** Rejects only while there has never been a good answer. */
  get(): Promise<T>;
  /** The last good answer, whatever its age. */
  known(): T | undefined;
}

interface KeptOptions {
  lifeMs: number;
  /** A failing bank is asked at most this often. */
  retryMs: number;
  now: () => number;
}

export function createKept<T>(load: () => Promise<T>, { lifeMs, retryMs, now }: KeptOptions): Kept<T> {
  let current: { value: T; atMs: number } | undefined;
  let failure: { error: unknown; atMs: number } | undefined;
  let running: Promise<T> | undefined;

  async function reload(): Promise<T> {
    try {
      const value = await load();
      current = { value, atMs: now() };
      failure = undefined;
      return value;
    } catch (error) {
      failure = { error, atMs: now() };
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
      const failedJustNow = failure !== undefined && now() - failure.atMs < retryMs;
      if (current === undefined) {
        if (failedJustNow) throw failure?.error;
        return start();
      }
      if (now() - current.atMs > lifeMs && !failedJustNow) start().catch(() => undefined);
      return current.value;
    },
  };
}
