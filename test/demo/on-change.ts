/** Turns a burst of file changes into one action, and never runs two actions at once. */

/** An editor saves a file in several steps. */
const SETTLE_MS = 100;

export function onChange(action: () => Promise<void>, fail: (error: unknown) => void): () => void {
  let settling: NodeJS.Timeout | undefined;
  let last: Promise<void> = Promise.resolve();
  return () => {
    clearTimeout(settling);
    settling = setTimeout(() => {
      last = last.then(action).catch(fail);
    }, SETTLE_MS);
  };
}
