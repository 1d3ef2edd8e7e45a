/** The limits of an outbound call: its deadline, its size, and the client that waits for it. */
import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { startDeafPeer } from '../support/loopback-deaf.ts';
import { text } from '../support/loopback-peer.ts';
import {
  afterTurns,
  faultyOnce,
  HEAD,
  httpPeer,
  outcomeOf,
  upstreamOf,
} from '../support/loopback-upstream.ts';

test.each<[string, (socket: Socket) => unknown]>([
  ['nothing', () => undefined],
  ['half a status line', (socket) => socket.write('HTTP/1.1 20')],
  ['headers alone', (socket) => socket.write(`${HEAD}Content-Length: 4\r\n\r\n`)],
  ['half a body', (socket) => socket.write(`${HEAD}Content-Length: 4\r\n\r\ngo`)],
])('the deadline ends a bank that sends %s and hangs', async (_name, fault) => {
  const upstream = await faultyOnce(fault);
  const startedAtMs = performance.now();
  expect(await outcomeOf(upstream, { timeoutMs: 150 })).toBe('timeout');
  expect(performance.now() - startedAtMs).toBeGreaterThan(140);
  expect(performance.now() - startedAtMs).toBeLessThan(1_000);
  expect(await outcomeOf(upstream)).toBe('answered good');
});

test.each(['', `${HEAD}Content-Length: 100000\r\n\r\n`])(
  'the deadline is for the whole: a drip does not lengthen it (%j)',
  async (start) => {
    const drip = start === '' ? `${HEAD}X-Slow: ` : '';
    const upstream = await faultyOnce((socket) => {
      socket.write(start + drip);
      const timer = setInterval(() => socket.write('x'), 20);
      socket.on('close', () => clearInterval(timer));
    });
    const startedAtMs = performance.now();
    expect(await outcomeOf(upstream, { timeoutMs: 200 })).toBe('timeout');
    expect(performance.now() - startedAtMs).toBeLessThan(1_000);
    expect(await outcomeOf(upstream)).toBe('answered good');
  },
);

test.each([0, -5, 0.4])('a deadline that has passed (%d ms) is a timeout', async (timeoutMs) => {
  const upstream = await faultyOnce(() => undefined);
  expect(await outcomeOf(upstream, { timeoutMs })).toBe('timeout');
});

test('a bank that takes no connection is given up after a second, long before the deadline', async () => {
  const peer = await startDeafPeer();
  onTestFinished(() => peer.close());
  const startedAtMs = performance.now();
  expect(await outcomeOf(upstreamOf(peer.origin), { timeoutMs: 4_000 })).toBe('unreachable');
  expect(performance.now() - startedAtMs).toBeGreaterThan(900);
  expect(performance.now() - startedAtMs).toBeLessThan(3_000);
});

test('a body as large as allowed is read, one byte more is refused', async () => {
  const peer = await httpPeer(text('x'.repeat(1_000)));
  const upstream = upstreamOf(peer.origin);
  expect(await outcomeOf(upstream, { maxBytes: 1_000 })).toBe(`answered ${'x'.repeat(1_000)}`);
  expect(await outcomeOf(upstream, { maxBytes: 999 })).toBe('too-large');
  peer.answerWith(text('éé'));
  expect(await outcomeOf(upstream, { maxBytes: 3 })).toBe('too-large');
});

test('E09 many large bodies at once share what is spare, and give it back', async () => {
  const MEGABYTE = 1_048_576;
  const begun: ServerResponse[] = [];
  const peer = await httpPeer((response) => {
    response.write('x'.repeat(5 * MEGABYTE));
    begun.push(response);
  });
  const upstream = upstreamOf(peer.origin);
  const large = { maxBytes: 8 * MEGABYTE, timeoutMs: 4_000 };
  const kinds: string[] = [];
  const refused = Promise.withResolvers<void>();
  // Each is 4 MiB beyond what is usual, and 32 are spare.
  const calls = Array.from({ length: 10 }, async () => {
    const outcome = await outcomeOf(upstream, large);
    if (kinds.push(outcome.slice(0, 9)) === 2) refused.resolve();
  });
  await refused.promise;
  for (const response of begun) response.end();
  await Promise.all(calls);

  expect(kinds).toEqual([...Array(2).fill('too-large'), ...Array(8).fill('answered ')]);
  peer.answerWith(text('x'.repeat(7 * MEGABYTE)));
  expect(await outcomeOf(upstream, large)).toMatch(/^answered x/);
});

test('an endless body is cut at the limit, memory stays flat, and the bank is hung up on', async () => {
  const chunk = `10000\r\n${'x'.repeat(65_536)}\r\n`;
  let sent = 0;
  const hungUp = Promise.withResolvers<void>();
  const upstream = await faultyOnce((socket) => {
    const pour = () => {
      while (!socket.destroyed && socket.write(chunk)) sent += chunk.length;
    };
    socket.on('drain', pour).on('close', () => hungUp.resolve());
    socket.write(`${HEAD}Transfer-Encoding: chunked\r\n\r\n`);
    pour();
  });
  const before = process.memoryUsage().rss;
  expect(await outcomeOf(upstream, { maxBytes: 1_048_576 })).toBe('too-large');
  await hungUp.promise;
  expect(sent).toBeLessThan(32 * 1_048_576);
  expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1_048_576);
  expect(await outcomeOf(upstream)).toBe('answered good');
});

test('a client that has left before the call asks nothing of the bank', async () => {
  const peer = await httpPeer(text('answer'));
  expect(await outcomeOf(upstreamOf(peer.origin), { signal: AbortSignal.abort() })).toBe('cancelled');
  expect(peer.requests).toEqual([]);
});

test.each(['', `${HEAD}Content-Length: 4\r\n\r\ngo`])(
  'a client that leaves during the call (%j) hangs up on the bank',
  async (start) => {
    const client = new AbortController();
    const closed = Promise.withResolvers<void>();
    const upstream = await faultyOnce((socket) => {
      socket.on('close', () => closed.resolve());
      socket.write(start, () => afterTurns(() => client.abort()));
    });
    expect(await outcomeOf(upstream, { signal: client.signal })).toBe('cancelled');
    await closed.promise;
    expect(await outcomeOf(upstream)).toBe('answered good');
  },
);
