/** The memory store alone: time to the millisecond, and nothing left behind. */
import { expect, onTestFinished, test, vi } from 'vitest';
import { createMemoryStore, type SessionRecord } from '../../../server/session/store.ts';

const clock = { ms: 1_000_000 };

function record(expiresAtMs: number): SessionRecord {
  const whose = { institutionId: 'example-fi', owner: 'owner-1', bindingHash: 'binding' };
  return { ...whose, sealed: 'sealed', createdAtMs: clock.ms, expiresAtMs, idle: null, version: 1 };
}

test('a session ends at its time to the millisecond', async () => {
  const store = createMemoryStore(() => clock.ms);
  onTestFinished(() => store.close());
  await store.add('id', record(clock.ms + 600_000), 5);
  clock.ms += 599_999;
  expect(await store.get('id')).toBeDefined();
  clock.ms += 1;
  expect(await store.get('id')).toBeUndefined();
});

test('what nobody asks for any more is swept away', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  onTestFinished(() => void vi.useRealTimers());
  const store = createMemoryStore(() => clock.ms);
  await store.add('id', record(clock.ms + 600_000), 5);
  await store.useOnce('key', 600_000);
  await store.lease('id', 'holder', 600_000);
  clock.ms += 600_000;
  vi.advanceTimersByTime(15_000);
  clock.ms -= 1;
  const left = [await store.get('id'), await store.useOnce('key', 1), await store.lease('id', 'other', 1)];
  expect(left).toEqual([undefined, true, true]);
  await store.close();
  expect(vi.getTimerCount()).toBe(0);
});

test('a store tells the real time unless told otherwise', async () => {
  const store = createMemoryStore();
  onTestFinished(() => store.close());
  await store.add('past', record(Date.now() - 1), 5);
  await store.add('future', record(Date.now() + 60_000), 5);
  expect([await store.get('past'), (await store.get('future'))?.sealed]).toEqual([undefined, 'sealed']);
});

test('of very many that are over a part at a time is swept away, and in the end all', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  onTestFinished(() => void vi.useRealTimers());
  const store = createMemoryStore(() => clock.ms);
  for (let index = 0; index < 5_000; index += 1)
    await store.add(`id-${index}`, { ...record(clock.ms + 1), owner: `owner-${index}` }, 5);
  clock.ms += 1;
  vi.advanceTimersByTime(15_000);
  expect([0, 5_000]).not.toContain(await store.count());
  vi.useRealTimers();
  await expect.poll(() => store.count()).toBe(0);
  await store.close();
});
