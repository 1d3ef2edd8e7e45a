/** Places at a bank: 64 calls under way, 128 wait, no longer than their deadline, and the rest is told so at once. */
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { createBankGate } from '../../../server/bank/gate.ts';
import { UpstreamError } from '../../../server/upstream.ts';
import { type Answer, text } from '../../support/loopback-peer.ts';
import { GET, httpPeer, upstreamOf } from '../../support/loopback-upstream.ts';

const HANG: Answer = () => undefined;
const kindOf = (error: unknown) => (error instanceof UpstreamError ? error.kind : error);

test('64 are under way, 128 wait, and who comes then is told at once; those who leave leave their places', async () => {
  const bank = await httpPeer(HANG);
  const gate = createBankGate(upstreamOf(bank.origin));
  const lane = gate.lane('accounts');
  const crowd = new AbortController();
  const calls = Array.from({ length: 192 }, () =>
    lane.request({ ...GET, signal: crowd.signal }).catch(kindOf),
  );
  await expect.poll(() => bank.requests.length).toBe(64);
  expect([gate.inFlight, gate.queued]).toEqual([64, 128]);

  await expect(lane.request(GET)).rejects.toMatchObject({ kind: 'shed', retryAfterSeconds: 5 });

  expect(gate.shed).toBe(1);
  crowd.abort();
  expect(new Set(await Promise.all(calls))).toEqual(new Set(['cancelled']));
  expect(bank.requests).toHaveLength(64);
  await expect.poll(() => [gate.inFlight, gate.queued]).toEqual([0, 0]);
  bank.answerWith(text('good'));
  expect((await lane.request(GET)).body).toBe('good');
});

test('who waits gets a place when one is free', async () => {
  const bank = await httpPeer((response) => setImmediate(() => response.end('good')));
  const lane = createBankGate(upstreamOf(bank.origin)).lane('accounts');
  const answers = await Promise.all(Array.from({ length: 192 }, () => lane.request(GET)));
  expect(answers.every(({ body }) => body === 'good')).toBe(true);
});

test('the deadline covers the waiting, and who leaves waits no longer', async () => {
  const bank = await httpPeer(HANG);
  const lane = createBankGate(upstreamOf(bank.origin)).lane('accounts');
  const hanging = Array.from({ length: 64 }, () => lane.request({ ...GET, timeoutMs: 1_500 }).catch(kindOf));
  const client = new AbortController();
  const startedAtMs = performance.now();
  const short = lane.request({ ...GET, timeoutMs: 200 }).catch(kindOf);
  const left = lane.request({ ...GET, signal: client.signal }).catch(kindOf);
  client.abort();
  expect([await left, await short]).toEqual(['cancelled', 'timeout']);
  expect(performance.now() - startedAtMs).toBeLessThan(1_000);
  await Promise.all(hanging);
  expect(bank.requests).toHaveLength(64);
});

test('calls that the bank holds take half of the places, and never wait', async () => {
  const bank = await httpPeer((response, { url }) => (url === '/held' ? undefined : response.end('good')));
  const gate = createBankGate(upstreamOf(bank.origin));
  const client = new AbortController();
  const held = () => gate.lane('polls', 'held').request({ ...GET, path: '/held', signal: client.signal });
  const calls = Array.from({ length: 40 }, () => held().catch(kindOf));
  await expect.poll(() => bank.requests.length).toBe(32);
  expect((await gate.lane('accounts').request(GET)).body).toBe('good');
  client.abort();
  const outcomes = await Promise.all(calls);
  expect(outcomes.filter((kind) => kind === 'shed')).toHaveLength(8);
  expect(outcomes.filter((kind) => kind === 'cancelled')).toHaveLength(32);
});

test('after a deadline the bank is hung up on', async () => {
  const closed = Promise.withResolvers<void>();
  const bank = await httpPeer(
    (_response, request) => void once(request.socket, 'close').then(() => closed.resolve()),
  );
  const lane = createBankGate(upstreamOf(bank.origin)).lane('accounts');
  expect(await lane.request({ ...GET, timeoutMs: 100 }).catch(kindOf)).toBe('timeout');
  await closed.promise;
});
