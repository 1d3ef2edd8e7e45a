/** A store that fails or is slow becomes one failure with a code, soon: sessions have no second place to be. */
import { CardError } from '../errors.ts';
import type { SessionStore } from './store.ts';

const TIMEOUT_MS = 500;
const RETRY_AFTER_SECONDS = 5;

/** Every call throws `TEMPORARILY_UNAVAILABLE` where the store itself throws, or says nothing for 500 ms. */
export function guardStore(store: SessionStore): SessionStore {
  return {
    useOnce: (key, lifeMs) => guarded(() => store.useOnce(key, lifeMs)),
    add: (id, record, sessionsPerOwner) => guarded(() => store.add(id, record, sessionsPerOwner)),
    get: (id) => guarded(() => store.get(id)),
    change: (id, change) => guarded(() => store.change(id, change)),
    remove: (id) => guarded(() => store.remove(id)),
    close: () => store.close(),
  };
}

async function guarded<T>(call: () => Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error('the store is slow')), TIMEOUT_MS);
  try {
    return await Promise.race([call(), late.promise]);
  } catch (cause) {
    const reason = `store ${cause instanceof Error ? cause.name : 'failed'}`;
    throw new CardError('TEMPORARILY_UNAVAILABLE', {
      cause,
      reason,
      retryAfterSeconds: RETRY_AFTER_SECONDS,
    });
  } finally {
    clearTimeout(timer);
  }
}
