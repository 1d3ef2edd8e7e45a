/** The store in this process’s memory: for one instance, and gone with it. Expired entries are dropped when read and by a sweep. */
import { createMemorySessions } from './memory-sessions.ts';
import { createSpreadMap } from './spread-map.ts';
import type { SessionStore } from './store.ts';

const SWEEP_INTERVAL_MS = 15_000;
/** In one go: a millisecond or two, also where all of them are over. */
const LOOKED_AT_ONCE = 100;

export function createMemoryStore(now: () => number = Date.now): SessionStore {
  const { ids, removeIfOver, ...sessions } = createMemorySessions(now);
  /** Until when a key counts as used. */
  const used = createSpreadMap<number>();
  const leases = new Map<string, { holder: string; expiresAtMs: number }>();
  let isSweeping = false;
  async function sweep(): Promise<void> {
    if (isSweeping) return;
    isSweeping = true;
    await Promise.all([
      eachOf(ids(), removeIfOver),
      eachOf(used.keys(), (key) => {
        if ((used.get(key) ?? 0) <= now()) used.delete(key);
      }),
      eachOf(leases.keys(), (key) => {
        if ((leases.get(key)?.expiresAtMs ?? 0) <= now()) leases.delete(key);
      }),
    ]);
    isSweeping = false;
  }
  const sweeper = setInterval(() => void sweep(), SWEEP_INTERVAL_MS).unref();

  return {
    ...sessions,
    async useOnce(key, lifeMs) {
      const first = (used.get(key) ?? 0) <= now();
      if (first) used.set(key, now() + lifeMs);
      return first;
    },
    async lease(id, holder, lifeMs) {
      const lease = leases.get(id);
      if (lease !== undefined && lease.expiresAtMs > now() && lease.holder !== holder) return false;
      leases.set(id, { holder, expiresAtMs: now() + lifeMs });
      return true;
    },
    async release(id, holder) {
      if (leases.get(id)?.holder === holder) leases.delete(id);
    },
    close: async () => clearInterval(sweeper),
  };
}

/** A part at a time: nobody waits until all of very many have been looked at. */
async function eachOf(keys: Iterable<string>, look: (key: string) => void): Promise<void> {
  let seen = 0;
  for (const key of keys) {
    look(key);
    seen += 1;
    if (seen % LOOKED_AT_ONCE === 0) await new Promise((resolve) => setImmediate(resolve));
  }
}
