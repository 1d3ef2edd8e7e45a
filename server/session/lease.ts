/** A lease on a session: of all instances one at a time may renew its tokens, and none for longer than it lives. */
import { randomUUID } from 'node:crypto';
import type { SessionStore } from './store.ts';

/** Longer than a renewal may take (5 s): whoever dies with the lease holds the others up for so long. */
const LIFE_MS = 5_500;

export interface Leases {
  /** Undefined while somebody else has it. */
  take(id: string): Promise<Lease | undefined>;
}

export interface Lease {
  /** False once a process that stood still, or lost the store, may have lost the lease as well. */
  isHeld(): boolean;
  release(): void;
}

export function createLeases(store: Pick<SessionStore, 'lease' | 'release'>, lifeMs = LIFE_MS): Leases {
  return {
    async take(id) {
      const holder = randomUUID();
      let heldUntilMs = 0;
      // Counted from before the question: the store counts from a little later.
      const ask = async () => {
        const askedAtMs = performance.now();
        if (await store.lease(id, holder, lifeMs)) heldUntilMs = askedAtMs + lifeMs;
      };
      await ask();
      const isHeld = () => performance.now() < heldUntilMs;
      if (!isHeld()) return undefined;
      const keeper = setInterval(() => {
        // What has once been lost is not taken again: somebody else may have been there.
        if (isHeld()) ask().catch(() => undefined);
      }, lifeMs / 3).unref();
      return {
        isHeld,
        release() {
          clearInterval(keeper);
          store.release(id, holder).catch(() => undefined);
        },
      };
    },
  };
}
