/** A bank that breaks HTTP or its connection in every way a peer can: a named failure each time, and the next call works. */
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { deadOrigin, text } from '../support/loopback-peer.ts';
import {
  afterTurns,
  faultyOnce,
  HEAD,
  httpPeer,
  outcomeOf,
  rawPeer,
  upstreamOf,
} from '../support/loopback-upstream.ts';

test('nobody listens', async () => {
  expect(await outcomeOf(upstreamOf(await deadOrigin()))).toBe('unreachable');
});

test('plain text where TLS was expected', async () => {
  const peer = await httpPeer(text('answer'));
  expect(await outcomeOf(upstreamOf(peer.origin.replace('http:', 'https:')))).toBe('unreachable');
  expect(peer.requests).toEqual([]);
});

test.each<[string, string, (socket: Socket) => unknown]>([
  ['closes without an answer', 'unreachable', (socket) => socket.end()],
  ['resets without an answer', 'unreachable', (socket) => socket.resetAndDestroy()],
  ['answers in another language', 'unreachable', (socket) => socket.end('220 mail.example.com ESMTP\r\n')],
  [
    'answers with endless headers',
    'unreachable',
    (socket) => socket.write(`${HEAD}X: ${'x'.repeat(200_000)}`),
  ],
  [
    'says two lengths',
    'unreachable',
    (socket) => socket.end(`${HEAD}Content-Length: 4\r\nContent-Length: 5\r\n\r\nabcde`),
  ],
  [
    'says a length and chunks',
    'unreachable',
    (socket) => socket.end(`${HEAD}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`),
  ],
  [
    'closes before the length it said',
    'interrupted',
    (socket) => socket.end(`${HEAD}Content-Length: 100\r\n\r\n{"acc`),
  ],
  [
    'closes in the middle of its chunks',
    'interrupted',
    (socket) => socket.end(`${HEAD}Transfer-Encoding: chunked\r\n\r\n5\r\n{"acc\r\n`),
  ],
  [
    'sends a chunk that is none',
    'interrupted',
    (socket) => socket.end(`${HEAD}Transfer-Encoding: chunked\r\n\r\n5\r\n{"acc\r\nzz\r\n`),
  ],
])('a bank that %s', async (_name, kind, fault) => {
  const upstream = await faultyOnce(fault);
  expect(await outcomeOf(upstream)).toBe(kind);
  expect(await outcomeOf(upstream)).toBe('answered good');
});

test('a bank that resets in the middle of its body', async () => {
  const upstream = await faultyOnce((socket) =>
    socket.write(`${HEAD}Content-Length: 100\r\n\r\n{"acc`, () => afterTurns(() => socket.resetAndDestroy())),
  );
  expect(await outcomeOf(upstream)).toBe('interrupted');
  expect(await outcomeOf(upstream)).toBe('answered good');
});

test('a bank that sends more than the length it said: the rest is nobody’s answer', async () => {
  const upstream = await faultyOnce((socket) =>
    socket.write(`${HEAD}Content-Length: 4\r\n\r\ngoodHTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged`),
  );
  expect(await outcomeOf(upstream)).toBe('answered good');
  expect(await outcomeOf(upstream)).toBe('answered good');
});

test('one call that hangs holds up no other', async () => {
  const peer = await rawPeer((socket, count) => {
    if (count > 1) socket.end('HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ngood');
  });
  const upstream = upstreamOf(peer.origin);
  const hanging = outcomeOf(upstream, { timeoutMs: 400 });
  expect(await outcomeOf(upstream)).toBe('answered good');
  expect(await hanging).toBe('timeout');
});

test('a connection that the bank closed while idle is not used again', async () => {
  const peer = await rawPeer((socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ngood'));
  const upstream = upstreamOf(peer.origin);
  for (let round = 0; round < 3; round += 1) {
    expect(await outcomeOf(upstream)).toBe('answered good');
    const socket = peer.sockets.at(-1);
    if (socket !== undefined && !socket.destroyed) await once(socket, 'close');
  }
  expect(peer.sockets.length).toBe(3);
});
