/** A flood of sign-ins that somebody begins and nobody ends: it costs the server nothing that lasts. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bootOf, FRAMED, HOST, startTestCard, type TestCard } from '../../support/test-card.ts';

let card: TestCard;
beforeAll(async () => {
  card = await startTestCard();
});
afterAll(() => card.close());

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

/** Before that nothing of a request is garbage, and the server takes itself for overloaded. */
const eventLoopTurn = () => new Promise(setImmediate);

async function heapUsed(): Promise<number> {
  card.logs.length = 0;
  await eventLoopTurn();
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

const from = (remoteAddress: string) =>
  card.app.inject({ url: '/auth', remoteAddress, headers: { host: HOST, ...FRAMED } });

async function flood(count: number): Promise<Record<number, number>> {
  const statuses: Record<number, number> = {};
  for (let sent = 0; sent < count; sent += 50) {
    const answers = await Promise.all(Array.from({ length: 50 }, () => from('192.0.2.8')));
    for (const { statusCode } of answers) statuses[statusCode] = (statuses[statusCode] ?? 0) + 1;
    await eventLoopTurn();
  }
  return statuses;
}

let heapAtFirst: number | undefined;
const THOUSANDS = Array.from({ length: 10 }, (_, index) => index + 1);
test.each(THOUSANDS)(
  'A29 of 10,000 starts from one address 20 begin, and memory stays flat: %i,000',
  async (thousand) => {
    const begun = thousand === 1 ? { 302: 20 } : {};
    const sent = await flood(1_000);

    expect(sent).toEqual({ ...begun, 429: thousand === 1 ? 980 : 1_000 });
    const heap = await heapUsed();
    heapAtFirst ??= heap;
    expect(heap - heapAtFirst).toBeLessThan(3_000_000);
  },
);

test('A29 whoever is refused learns how long to wait, and nobody else is kept out', async () => {
  const refused = await from('192.0.2.8');

  expect(refused.statusCode).toBe(429);
  expect(bootOf(refused).problem?.code).toBe('TOO_MANY_REQUESTS');
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  expect((await from('192.0.2.9')).statusCode).toBe(302);
});
