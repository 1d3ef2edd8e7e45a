/** Counters of requests, and whom an address stands for. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { isProxy, networkOf } from '../../server/peer-address.ts';
import { RateCounters } from '../../server/rate-counters.ts';

const WINDOW_MS = 60_000;

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

function counted(counters: RateCounters, key: string): { current: number; ttl: number } | undefined {
  let seen: { current: number; ttl: number } | undefined;
  counters.incr(
    key,
    (_error, result) => {
      seen = result;
    },
    WINDOW_MS,
  );
  return seen;
}

test('a window counts up, says what is left of it, and ends', () => {
  const counters = new RateCounters();
  expect(counted(counters, 'one a')).toEqual({ current: 1, ttl: WINDOW_MS });
  vi.advanceTimersByTime(20_000);
  expect(counted(counters, 'one a')).toEqual({ current: 2, ttl: 40_000 });
  vi.advanceTimersByTime(40_000);
  expect(counted(counters, 'one a')).toEqual({ current: 1, ttl: WINDOW_MS });
});

test('keys, institutions and routes count for themselves', () => {
  const counters = new RateCounters();
  for (const key of ['one a', 'one b', 'two a', 'one-a a']) expect(counted(counters, key)?.current).toBe(1);
  expect(counted(counters.child(), 'one a')?.current).toBe(1);
});

test('a flood at one institution pushes out no counter of another', () => {
  const counters = new RateCounters();
  counted(counters, 'two a');
  counted(counters, 'one first');
  for (let count = 0; count < 20_000; count += 1) counted(counters, `one ${count}`);
  expect(counted(counters, 'two a')?.current).toBe(2);
  // Its own oldest ones went: memory stays bounded.
  expect(counted(counters, 'one first')?.current).toBe(1);
  expect(counted(counters, 'one 19999')?.current).toBe(2);
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
