/** The one way to a bank: places, a queue, and a circuit breaker for each kind of call. */
import { expect, onTestFinished, test, vi } from 'vitest';
import { type BankGate, type BankGateOptions, createBankGate } from '../../../server/bank/gate.ts';
import { UpstreamError, type UpstreamRequest } from '../../../server/upstream.ts';
import { type Answer, deadOrigin, type HttpPeer, text } from '../../support/loopback-peer.ts';
import { afterTurns, GET, httpPeer, upstreamOf } from '../../support/loopback-upstream.ts';

const BAD = text('', 503);
const GOOD = text('good');
const HANG: Answer = () => undefined;

interface Scene {
  gate: BankGate;
  bank: HttpPeer;
  states: string[];
  /** Milliseconds that the breaker's clock is ahead. */
  clock: { aheadMs: number };
}

async function gateFor(...answers: Answer[]): Promise<Scene> {
  const bank = await httpPeer(...answers);
  const states: string[] = [];
  const clock = { aheadMs: 0 };
  const options: BankGateOptions = {
    onStateChange: (lane, state) => states.push(`${lane} ${state}`),
    monotonicMs: () => performance.now() + clock.aheadMs,
  };
  return { gate: createBankGate(upstreamOf(bank.origin), options), bank, states, clock };
}

/** What becomes of a call: the answer's status, or the kind of failure. */
function ask(gate: BankGate, lane = 'accounts', request: Partial<UpstreamRequest> = {}): Promise<unknown> {
  return gate
    .lane(lane)
    .request({ ...GET, ...request })
    .then(
      ({ status }) => status,
      (error: unknown) => (error instanceof UpstreamError ? error.kind : error),
    );
}

function times<T>(count: number, make: () => T): T[] {
  return Array.from({ length: count }, make);
}

async function open({ gate, bank }: Scene, answer = BAD): Promise<void> {
  bank.answerWith(answer);
  await Promise.all(times(20, () => ask(gate, 'accounts', { timeoutMs: 300 })));
  expect(gate.state).toBe('open');
}

test.each<[string, Answer]>([
  ['5xx', BAD],
  ['no answer', HANG],
  ['a reset', (_response, request) => request.socket.resetAndDestroy()],
  ['half a body', (response, request) => response.write('x', () => request.socket.resetAndDestroy())],
])('a bank that fails (%s) is asked no more, at once, and its other lanes are', async (_name, answer) => {
  const scene = await gateFor();
  await open(scene, answer);
  const asked = scene.bank.requests.length;
  const error = await scene.gate.lane('accounts').request(GET).catch(Object);
  expect(error).toMatchObject({ kind: 'circuit-open', retryAfterSeconds: 5 });
  expect(scene.bank.requests).toHaveLength(asked);
  scene.bank.answerWith(GOOD);
  expect(await ask(scene.gate, 'transactions')).toBe(200);
  expect([...scene.gate.states]).toEqual([
    ['accounts', 'open'],
    ['transactions', 'closed'],
  ]);
});

test('nobody listens: the breaker counts that too', async () => {
  const gate = createBankGate(upstreamOf(await deadOrigin()));
  for (const _call of times(10, () => 0)) expect(await ask(gate, 'sign-in')).toBe('unreachable');
  expect(await ask(gate, 'sign-in')).toBe('circuit-open');
});

test.each([200, 301, 400, 401, 403, 404, 429])('%i is an answer, however often', async (status) => {
  const { gate } = await gateFor(text('', status));
  for (const _call of times(30, () => 0)) expect(await ask(gate)).toBe(status);
  expect(gate.state).toBe('closed');
});

test('neither clients that leave nor lists that are too large say that a bank is unwell', async () => {
  const { gate, bank } = await gateFor(text('x'.repeat(500)));
  for (const _call of times(20, () => 0))
    expect(await ask(gate, 'accounts', { maxBytes: 10 })).toBe('too-large');
  bank.answerWith(HANG);
  const client = new AbortController();
  const calls = times(20, () => ask(gate, 'accounts', { signal: client.signal }));
  afterTurns(() => client.abort());
  expect(new Set(await Promise.all(calls))).toEqual(new Set(['cancelled']));
  expect(gate.state).toBe('closed');
});

test('half of all calls may fail', async () => {
  const { gate, bank } = await gateFor();
  for (const _round of times(15, () => 0)) {
    bank.answerWith(GOOD, BAD);
    expect([await ask(gate), await ask(gate)]).toEqual([200, 503]);
  }
  expect(gate.state).toBe('closed');
});

test('E20 the API recovers: after a while one probe alone is let through, and closes the breaker', async () => {
  const scene = await gateFor();
  await open(scene);
  const { gate, bank, clock, states } = scene;
  clock.aheadMs = 4_900;
  expect(await ask(gate)).toBe('circuit-open');
  const asked = bank.requests.length;
  const probed = Promise.withResolvers<() => void>();
  bank.answerWith((response) => probed.resolve(() => response.end()), GOOD);
  clock.aheadMs = 5_100;
  const probe = ask(gate);
  const answer = await probed.promise;
  expect(gate.state).toBe('half-open');
  expect(await Promise.all(times(5, () => ask(gate)))).toEqual(Array(5).fill('circuit-open'));
  expect(bank.requests).toHaveLength(asked + 1);
  answer();
  expect([await probe, await ask(gate)]).toEqual([200, 200]);
  expect(states).toEqual(['accounts open', 'accounts half-open', 'accounts closed']);
});

test.each<[string, Answer, unknown]>([
  ['fails', BAD, 503],
  ['is left by its client', HANG, 'cancelled'],
])('a probe that %s closes nothing', async (_name, answer, outcome) => {
  const scene = await gateFor();
  await open(scene);
  const { gate, bank, clock } = scene;
  const client = new AbortController();
  bank.answerWith(answer);
  clock.aheadMs = 5_100;
  const probe = ask(gate, 'accounts', { signal: client.signal });
  if (answer === HANG) await expect.poll(() => gate.inFlight).toBe(1);
  if (answer === HANG) client.abort();
  expect(await probe).toBe(outcome);
  await expect.poll(() => gate.state).toBe('open');
  expect(await ask(gate)).toBe('circuit-open');
});

test('a bank that says when it will be back is left alone as long, a minute at most', async () => {
  const scene = await gateFor();
  await open(scene, text('', 503, { 'retry-after': '1000000000' }));
  const { gate, clock, bank } = scene;
  bank.answerWith(GOOD);
  clock.aheadMs = 59_000;
  expect(await ask(gate)).toBe('circuit-open');
  clock.aheadMs = 61_000;
  expect(await ask(gate)).toBe(200);
});

test('a wall clock that is set back keeps no breaker open', async () => {
  const scene = await gateFor();
  await open(scene);
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() - 3_600_000 });
  onTestFinished(() => void vi.useRealTimers());
  scene.bank.answerWith(GOOD);
  scene.clock.aheadMs = 5_100;
  expect(await ask(scene.gate)).toBe(200);
});
