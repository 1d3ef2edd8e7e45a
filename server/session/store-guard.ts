/** A store that fails or is slow becomes one failure with a code, soon: what it keeps has no second place to be. */
import { CardError } from '../errors.ts';
import type { SessionStore } from './store.ts';

/** The answer itself has to be out within 500 ms. */
const TIMEOUT_MS = 350;
const RETRY_AFTER_SECONDS = 5;

/** Every call throws `TEMPORARILY_UNAVAILABLE` where the store itself throws, or says nothing for too long. */
export function guardStore(store: SessionStore): SessionStore {
  return {
    useOnce: (key, lifeMs) => guarded(() => store.useOnce(key, lifeMs)),
    add: (id, record, sessionsPerOwner) => guarded(() => store.add(id, record, sessionsPerOwner)),
    get: (id) => guarded(() => store.get(id)),
    use: (id, caller) => guarded(() => store.use(id, caller)),
    change: (id, version, change) => guarded(() => store.change(id, version, change)),
    remove: (id) => guarded(() => store.remove(id)),
    lease: (id, holder, lifeMs) => guarded(() => store.lease(id, holder, lifeMs)),
    release: (id, holder) => guarded(() => store.release(id, holder)),
    count: () => guarded(() => store.count()),
    close: () => store.close(),
  };
}

export async function guarded<T>(call: () => Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>();
  const giveUp = () => late.reject(new Error('slow'));
  // A turn later: where this process stood still, the answer has long been here, and waits to be read.
  const timer = setTimeout(() => setImmediate(giveUp), TIMEOUT_MS);
  try {
    return await Promise.race([call(), late.promise]);
  } catch (cause) {
    throw new CardError('TEMPORARILY_UNAVAILABLE', {
      cause,
      reason: `store ${faultOf(cause)}`,
      retryAfterSeconds: RETRY_AFTER_SECONDS,
    });
  } finally {
    clearTimeout(timer);
  }
}

/**
 * What went wrong in one word: a socket's code, e.g. `ECONNREFUSED`, or the word with which Valkey begins an error,
 * e.g. `READONLY`. Never the message: it may quote a command, and with it a password.
 */
export function faultOf(cause: unknown): string {
  if (!(cause instanceof Error)) return 'failed';
  if ('code' in cause && typeof cause.code === 'string') return cause.code;
  if (/^(slow|Command timed out|Socket timeout)/.test(cause.message)) return 'slow';
  return /^[A-Z]{3,}\b/.exec(cause.message)?.[0] ?? cause.name;
}
