/** Who asks for what is already under way shares its outcome: begun once, cancelled only when the last asker has left. */
import { fromUpstream, UpstreamError } from './upstream.ts';

export interface SharedWork<T> {
  /** Begins work, or joins that of the same key. `left` is this asker's own leaving. @throws what the work throws */
  join(key: string, begin: (signal: AbortSignal) => Promise<T>, left: AbortSignal): Promise<T>;
  /** What is under way goes on for those who wait for it, and is joined by nobody more. */
  close(key: string): void;
}

interface Work<T> {
  outcome: Promise<T>;
  askers: number;
  cancellation: AbortController;
}

/** Nothing is kept: an outcome is gone once it is known. */
export function createSharedWork<T>(): SharedWork<T> {
  const running = new Map<string, Work<T>>();

  function start(key: string, begin: (signal: AbortSignal) => Promise<T>): Work<T> {
    const cancellation = new AbortController();
    const outcome = begin(cancellation.signal).finally(() => drop(key, work));
    const work: Work<T> = { outcome, askers: 0, cancellation };
    running.set(key, work);
    return work;
  }

  /** Another one may have begun under the same key. */
  function drop(key: string, work: Work<T>): void {
    if (running.get(key) === work) running.delete(key);
  }

  return {
    join(key, begin, left) {
      const work = running.get(key) ?? start(key, begin);
      work.askers += 1;
      return new Promise((resolve, reject) => {
        const leave = () => {
          work.askers -= 1;
          reject(fromUpstream(new UpstreamError('cancelled')));
          if (work.askers > 0) return;
          drop(key, work);
          work.cancellation.abort();
        };
        left.addEventListener('abort', leave, { once: true });
        if (left.aborted) leave();
        work.outcome.finally(() => left.removeEventListener('abort', leave)).then(resolve, reject);
      });
    },
    close: (key) => void running.delete(key),
  };
}
