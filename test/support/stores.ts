/** The same test for both stores: the one in memory, and the one in a real Valkey. */
import { afterAll, onTestFinished, test } from 'vitest';
import { readValkeyAddress } from '../../server/config/valkey-address.ts';
import { createMemoryCounters, type RateCounters } from '../../server/http/rate-counters.ts';
import { createMemoryStore } from '../../server/session/memory-store.ts';
import type { SessionStore } from '../../server/session/store.ts';
import { connectValkey, type Valkey } from '../../server/session/valkey.ts';
import { createValkeyCounters } from '../../server/session/valkey-counters.ts';
import { createValkeyStore } from '../../server/session/valkey-store.ts';
import { firstWordOf, startAnyValkey, type TestValkey, testWithValkey } from './valkey.ts';

export interface StoreStage {
  store: SessionStore;
  counters: RateCounters;
  clock: { ms: number };
  /** Lets so much time go by. */
  pass(ms: number): Promise<void>;
}

let valkey: Promise<TestValkey> | undefined;
afterAll(async () => (await valkey)?.close());

export function inBothStores(name: string, body: (stage: StoreStage) => Promise<void>): void {
  test(`${name} (memory)`, () => body(inMemory()));
  testWithValkey(`${name} (Valkey)`, async () => body(await inValkey()));
}

function inMemory(): StoreStage {
  const clock = { ms: Date.now() };
  const store = createMemoryStore(() => clock.ms);
  onTestFinished(() => store.close());
  return {
    store,
    counters: createMemoryCounters(() => clock.ms),
    clock,
    async pass(ms) {
      clock.ms += ms;
    },
  };
}

async function inValkey(): Promise<StoreStage> {
  valkey ??= startAnyValkey();
  const { admin, url, pass } = await valkey;
  await admin.flushdb();
  const clock = { ms: Date.now() };
  const connection = await connectTo(url);
  const store = createValkeyStore(connection, () => clock.ms);
  onTestFinished(() => store.close());
  return {
    store,
    counters: createValkeyCounters(connection),
    clock,
    async pass(ms) {
      clock.ms += ms;
      await pass(ms);
    },
  };
}

/** The server's own connection. */
export async function connectTo(url: string): Promise<Valkey> {
  const address = readValkeyAddress({ VALKEY_URL: url }, (problem) => {
    throw new Error(problem);
  });
  if (address === undefined) throw new Error('no address');
  const valkey = connectValkey(address);
  await firstWordOf(valkey);
  return valkey;
}
