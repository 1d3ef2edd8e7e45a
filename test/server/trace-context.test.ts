/** A trace that a caller began goes on at the bank and stands in every log line; a header that is none begins a new one. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ACCOUNTS_PATH } from '../hostile/hostile-bank.ts';
import { type SignedIn, startTestCard, type TestCard } from '../support/test-card.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const PARENT = '00f067aa0ba902b7';

let card: TestCard;
let signedIn: SignedIn;
beforeAll(async () => {
  card = await startTestCard();
  signedIn = await card.signIn();
});
afterAll(() => card.close());

/** What the bank was told, and what the log says, of one call that came with this header. */
async function callWith(traceparent?: string, tracestate?: string) {
  card.logs.length = 0;
  await card.get('/api/accounts', {
    ...signedIn.authorized,
    ...(traceparent === undefined ? {} : { traceparent }),
    ...(tracestate === undefined ? {} : { tracestate }),
  });
  const { traceparent: told, tracestate: state } =
    card.bank.requests.findLast(({ path }) => path === ACCOUNTS_PATH)?.headers ?? {};
  const [, traceId, spanId, flags] = /^00-([0-9a-f]{32})-([0-9a-f]{16})-(0[01])$/.exec(String(told)) ?? [];
  return { traceId, spanId, flags, state, logged: card.logs.map((line) => JSON.parse(line)) };
}

test('the trace goes on as a span of its own, recorded or not as its beginner says', async () => {
  const recorded = await callWith(`00-${TRACE}-${PARENT}-01`);
  expect(recorded).toMatchObject({ traceId: TRACE, flags: '01' });
  expect(recorded.spanId).not.toBe(PARENT);
  expect(await callWith(`00-${TRACE}-${PARENT}-00`)).toMatchObject({ traceId: TRACE, flags: '00' });
  expect(await callWith(`cc-${TRACE}-${PARENT}-03-what.comes.later`)).toMatchObject({
    traceId: TRACE,
    flags: '01',
  });
});

test('every log line of a request carries its trace', async () => {
  const { logged } = await callWith(`00-${TRACE}-${PARENT}-01`);
  expect(logged.map(({ msg }) => msg)).toEqual(expect.arrayContaining(['consumer api call', 'request']));
  expect(logged.filter(({ traceId }) => traceId !== TRACE)).toEqual([]);
});

test.for([
  undefined,
  '',
  `ff-${TRACE}-${PARENT}-01`,
  `00-${TRACE}-${PARENT}-01-more`,
  `00-${'0'.repeat(32)}-${PARENT}-01`,
  `00-${TRACE}-${'0'.repeat(16)}-01`,
  `00-${TRACE.toUpperCase()}-${PARENT}-01`,
  `00-${TRACE}-${PARENT}-01\t`.repeat(2),
  `00-${TRACE}-${PARENT}`,
  'x'.repeat(4_000),
])('%s begins a new trace', async (header) => {
  const { traceId, flags, logged } = await callWith(header);
  expect(traceId).toMatch(/^[0-9a-f]{32}$/);
  expect(traceId).not.toBe(TRACE);
  expect(flags).toBe('00');
  expect(new Set(logged.map((line) => line.traceId))).toEqual(new Set([traceId]));
});

test.for([
  ['rojo=00f067aa0ba902b7,congo=t61rcWkgMzE', 'rojo=00f067aa0ba902b7,congo=t61rcWkgMzE'],
  ['a@system=1 2 , ,\tb=2', 'a@system=1 2,b=2'],
  [`a=${'x'.repeat(256)}`, `a=${'x'.repeat(256)}`],
])('the state %s of a trace goes on as it is', async ([given, expected]) => {
  expect((await callWith(`00-${TRACE}-${PARENT}-01`, given)).state).toBe(expected);
});

test.for([
  '',
  ',',
  'no-value',
  'Upper=1',
  'a=b=c',
  'a=\u00e9',
  'a=1,b',
  `a=${'x'.repeat(257)}`,
  Array.from({ length: 33 }, (_, index) => `k${index}=1`).join(','),
  `a=1,${'b'.repeat(600)}=1`,
])('the state %s is none, and its trace goes on', async (given) => {
  expect(await callWith(`00-${TRACE}-${PARENT}-01`, given)).toMatchObject({
    traceId: TRACE,
    state: undefined,
  });
});

test('a state without a trace is handed to nobody', async () => {
  expect((await callWith(undefined, 'a=1')).state).toBeUndefined();
  expect((await callWith('00-none', 'a=1')).state).toBeUndefined();
});
