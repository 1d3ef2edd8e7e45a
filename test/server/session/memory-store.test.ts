/** The memory store alone: time to the millisecond, and nothing left behind. */
import { expect, onTestFinished, test, vi } from 'vitest';
import { createMemoryStore } from '../../../server/session/memory-store.ts';
import type { SessionRecord } from '../../../server/session/store.ts';

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

test('a session added a second time takes the place of the first', async () => {
  const store = createMemoryStore(() => clock.ms);
  onTestFinished(() => store.close());
  await store.add('id', record(clock.ms + 1_000), 5);
  await store.add('id', { ...record(clock.ms + 2_000), sealed: 'second', owner: 'owner-2' }, 5);
  expect(await store.get('id')).toMatchObject({ sealed: 'second', owner: 'owner-2' });
  expect(await store.count()).toBe(1);
  await store.remove('id');
  expect(await store.count()).toBe(0);
});

test('the longest and the oddest tokens come back as they were', async () => {
  const store = createMemoryStore(() => clock.ms);
  onTestFinished(() => store.close());
  for (const sealed of ['', 'é€😀\u0000"\\', '\ud800', 'x'.repeat(100_000)]) {
    const kept = { ...record(clock.ms + 1_000), sealed };
    await store.add('id', kept, 5);
    expect(await store.get('id')).toEqual(kept);
    await store.change('id', 1, { sealed: `${sealed}${sealed}`, expiresAtMs: clock.ms + 3_000 });
    expect(await store.get('id')).toEqual({
      ...kept,
      sealed: `${sealed}${sealed}`,
      expiresAtMs: clock.ms + 3_000,
      version: 2,
    });
  }
});

test('a thousand sessions that come, change and end leave nobody another one’s', async () => {
  const store = createMemoryStore(() => clock.ms);
  onTestFinished(() => store.close());
  const sealedOf = (index: number, round: number) => `${index}-${round} `.repeat(1 + (index % 300));
  const numbers = Array.from({ length: 1_000 }, (_, index) => index);
  for (const index of numbers) {
    const whose = { owner: `owner-${index % 400}`, sealed: sealedOf(index, 1) };
    await store.add(`id-${index}`, { ...record(clock.ms + 1_000), ...whose }, 5);
  }
  for (const index of numbers) {
    if (index % 3 === 0) await store.remove(`id-${index}`);
    if (index % 3 === 1)
      await store.change(`id-${index}`, 1, { sealed: sealedOf(index, 2), expiresAtMs: clock.ms + 1_000 });
  }
  const found = await Promise.all(numbers.map(async (index) => (await store.get(`id-${index}`))?.sealed));
  expect(found).toEqual(
    numbers.map((index) => [undefined, sealedOf(index, 2), sealedOf(index, 1)][index % 3]),
  );
  expect(await store.count()).toBe(666);
});
