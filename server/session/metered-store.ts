/** Measures every call to a store, and counts the sessions that it is given. */

import type { RateCounters } from '../http/rate-counters.ts';
import type { Metrics } from '../metrics.ts';
import type { SessionStore } from './store.ts';

type Meter = <T>(operation: string, call: () => Promise<T>) => Promise<T>;

export function meterStore(store: SessionStore, metrics: Metrics): SessionStore {
  const metered = createMeter(metrics);
  metrics.watchSessions(() => store.count());
  return {
    useOnce: (key, lifeMs) => metered('use_once', () => store.useOnce(key, lifeMs)),
    async add(id, record, sessionsPerOwner) {
      await metered('add', () => store.add(id, record, sessionsPerOwner));
      metrics.sessionOpened(record.institutionId);
    },
    get: (id) => metered('get', () => store.get(id)),
    use: (id, caller) => metered('use', () => store.use(id, caller)),
    change: (id, version, change) => metered('change', () => store.change(id, version, change)),
    remove: (id) => metered('remove', () => store.remove(id)),
    lease: (id, holder, lifeMs) => metered('lease', () => store.lease(id, holder, lifeMs)),
    release: (id, holder) => metered('release', () => store.release(id, holder)),
    count: () => store.count(),
    close: () => store.close(),
  };
}

/** They are the first that a request asks the store for, and fail with it. */
export function meterCounters(counters: RateCounters, metrics: Metrics): RateCounters {
  const metered = createMeter(metrics);
  return {
    count: (institutionId, key, windowMs) =>
      metered('count_request', () => counters.count(institutionId, key, windowMs)),
    drop: (institutionId) => counters.drop(institutionId),
  };
}

function createMeter(metrics: Metrics): Meter {
  return async (operation, call) => {
    const startedAtMs = performance.now();
    let outcome: 'ok' | 'failed' = 'failed';
    try {
      const answer = await call();
      outcome = 'ok';
      return answer;
    } finally {
      metrics.storeCalled(operation, outcome, performance.now() - startedAtMs);
    }
  };
}
