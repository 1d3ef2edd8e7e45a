/** How many sessions there are is known at every instance, at once, and is nobody's failure when it is not. */
import { expect } from 'vitest';
import type { SessionRecord } from '../../../server/session/store.ts';
import { createValkeyStore } from '../../../server/session/valkey-store.ts';
import { connectTo, inBothStores } from '../../support/stores.ts';
import { startAnyValkey, testWithValkey } from '../../support/valkey.ts';

const IDLE_MS = 10_000;

function record(nowMs: number, owner: string): SessionRecord {
  return {
    institutionId: 'example-fi',
    owner,
    bindingHash: null,
    sealed: 'sealed',
    createdAtMs: nowMs,
    expiresAtMs: nowMs + IDLE_MS,
    idle: { lifeMs: IDLE_MS, endsAtMs: nowMs + 6 * IDLE_MS },
    version: 1,
  };
}

inBothStores('what was added counts, what ended or was pushed out does not', async ({ store, clock }) => {
  expect(await store.count()).toBe(0);
  for (let number = 0; number < 8; number += 1) await store.add(`a${number}`, record(clock.ms, 'a'), 5);
  for (let number = 0; number < 3; number += 1) await store.add(`b${number}`, record(clock.ms, 'b'), 5);
  expect(await store.count()).toBe(8);
  for (const id of ['b0', 'b0', 'a7', 'none']) await store.remove(id);
  expect(await store.count()).toBe(6);
});

inBothStores('a session counts as long as its use keeps it', async ({ store, clock, pass }) => {
  for (const id of ['used', 'renewed', 'idle']) await store.add(id, record(clock.ms, id), 5);
  await pass(IDLE_MS - 1_000);
  await store.use('used', { institutionId: 'example-fi', bindingHash: null });
  await store.change('renewed', 1, { sealed: 'renewed', expiresAtMs: clock.ms + IDLE_MS });
  await pass(2_000);
  // The store in memory counts what is over until somebody asks for it, or the sweep comes by.
  expect(await store.get('idle')).toBeUndefined();
  expect(await store.count()).toBe(2);
});

testWithValkey('a count that is damaged, or dropped, costs the count alone', async () => {
  const valkey = await startAnyValkey();
  const store = createValkeyStore(await connectTo(valkey.url));
  await valkey.admin.set('card:alive', 'damaged', 'PX', 60_000);
  const mine = record(Date.now(), 'owner');
  const caller = { institutionId: 'example-fi', bindingHash: null };

  for (const id of ['one', 'two', 'three']) await store.add(id, mine, 2);
  expect(await store.get('one')).toBeUndefined();
  expect(await store.use('two', caller)).toBeDefined();
  expect(await store.change('two', 1, { sealed: 'new', expiresAtMs: mine.expiresAtMs })).toBe(true);
  await store.remove('two');
  await expect(store.count()).rejects.toThrow('WRONGTYPE');

  await valkey.admin.del('card:alive');
  expect(await store.use('three', caller)).toBeDefined();
  expect(await store.count()).toBe(0);
  await store.add('four', record(Date.now(), 'owner'), 2);
  expect(await store.count()).toBe(1);
  await store.close();
  await valkey.close();
});
