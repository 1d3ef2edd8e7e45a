/** Counters of requests in both stores, and whom an address stands for. */
import { expect, test } from 'vitest';
import { isProxy, networkOf } from '../../../server/http/peer-address.ts';
import { createMemoryCounters, MOST_COUNTERS } from '../../../server/http/rate-counters.ts';
import { createMetrics } from '../../../server/metrics.ts';
import { meterCounters } from '../../../server/session/metered-store.ts';
import { inBothStores } from '../../support/stores.ts';

const WINDOW_MS = 60_000;

inBothStores('a window counts up, says what is left of it, and ends', async ({ counters, pass }) => {
  const first = await counters.count('one', 'a', WINDOW_MS);
  expect(first).toEqual({ count: 1, leftMs: WINDOW_MS });
  await pass(20_000);
  const second = await counters.count('one', 'a', WINDOW_MS);
  expect(second.count).toBe(2);
  expect(Math.abs(second.leftMs - 40_000)).toBeLessThan(2_000);
  await pass(40_000);
  expect(await counters.count('one', 'a', WINDOW_MS)).toEqual({ count: 1, leftMs: WINDOW_MS });
});

inBothStores('keys and institutions count for themselves', async ({ counters }) => {
  for (const [institution, key] of [
    ['one', 'a'],
    ['one', 'b'],
    ['two', 'a'],
    ['one-a', 'a'],
  ] as const)
    expect((await counters.count(institution, key, WINDOW_MS)).count).toBe(1);
});

inBothStores('of many at once, each has its own number', async ({ counters }) => {
  const counted = await Promise.all(Array.from({ length: 50 }, () => counters.count('one', 'a', WINDOW_MS)));
  expect(new Set(counted.map(({ count }) => count)).size).toBe(50);
});

async function flood(counters: ReturnType<typeof createMemoryCounters>, institution: string, size: number) {
  for (let count = 0; count < size; count += 1) await counters.count(institution, `${count}`, WINDOW_MS);
}
const again = async (counters: ReturnType<typeof createMemoryCounters>, institution: string, key: string) =>
  (await counters.count(institution, key, WINDOW_MS)).count === 2;

test('counting is measured as a call to the store, failed or not: the alert looks at both', async () => {
  const metrics = createMetrics();
  const memory = createMemoryCounters();
  const failing = { ...memory, count: () => Promise.reject(new Error('down')) };
  await meterCounters(memory, metrics).count('one', 'a', WINDOW_MS);
  await expect(meterCounters(failing, metrics).count('one', 'a', WINDOW_MS)).rejects.toThrow('down');

  const text = await metrics.text();
  for (const outcome of ['ok', 'failed'])
    expect(text).toContain(
      `store_call_duration_seconds_count{operation="count_request",outcome="${outcome}"} 1`,
    );
});

test('a flood at one institution pushes out no counter of another', async () => {
  const counters = createMemoryCounters();
  await counters.count('two', 'a', WINDOW_MS);
  await counters.count('one', 'first', WINDOW_MS);
  await flood(counters, 'one', 20_000);
  expect(await again(counters, 'two', 'a')).toBe(true);
  // Its own oldest ones went: memory stays bounded.
  expect(await again(counters, 'one', 'first')).toBe(false);
  expect(await again(counters, 'one', '19999')).toBe(true);
});

test('a flood of strangers at one route pushes out no counter of another route', async () => {
  const counters = createMemoryCounters();
  await counters.count('one', 'one GET /auth address', WINDOW_MS);
  for (let count = 0; count < 2 * MOST_COUNTERS.ofOne; count += 1)
    await counters.count('one', `one GET /api/accounts ${count}`, WINDOW_MS);
  expect(await again(counters, 'one', 'one GET /auth address')).toBe(true);
  expect(await again(counters, 'one', 'one GET /api/accounts 0')).toBe(false);
});

test('a flood at all institutions stays bounded, and a quiet one keeps its counter', async () => {
  const counters = createMemoryCounters();
  await counters.count('quiet', 'a', WINDOW_MS);
  const institutions = MOST_COUNTERS.ofAll / MOST_COUNTERS.ofOne + 5;
  for (let number = 0; number < institutions; number += 1)
    await flood(counters, `${number}`, MOST_COUNTERS.ofOne);
  expect(await again(counters, 'quiet', 'a')).toBe(true);
  const kept: number[] = [];
  for (let number = 0; number < institutions; number += 1) {
    const key = `${MOST_COUNTERS.ofOne - 1}`;
    if (await again(counters, `${number}`, key)) kept.push(number);
  }
  expect(kept).toHaveLength(institutions);
  expect(await again(counters, '0', '0')).toBe(false);
});

test('what was counted for an institution that is replaced is forgotten', async () => {
  const counters = createMemoryCounters();
  for (const institution of ['one', 'two']) await counters.count(institution, 'a', WINDOW_MS);
  counters.drop('one');
  counters.drop('never-served');
  expect(await again(counters, 'one', 'a')).toBe(false);
  expect(await again(counters, 'two', 'a')).toBe(true);
});

test.each([
  ['192.0.2.1', '192.0.2.1'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::', '2001:db8:1:2::/64'],
  ['2001:db8:1:2:ffff::1', '2001:db8:1:2::/64'],
  ['2001:0db8:0001:0002::1', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['2001:db8::1:2:3:4:5', '2001:db8:0:1::/64'],
  ['::1', '0:0:0:0::/64'],
  ['::', '0:0:0:0::/64'],
  ['', ''],
])('%s counts as %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});

test.each([
  ['127.0.0.1', true],
  ['10.1.2.3', true],
  ['172.31.0.1', true],
  ['192.168.0.1', true],
  ['::1', true],
  ['fd00::1', true],
  ['172.32.0.1', false],
  ['203.0.113.7', false],
  ['2001:db8::1', false],
  ['', false],
])('%s is a proxy: %s', (address, expected) => {
  expect(isProxy(address)).toBe(expected);
});
