/** A flood of sign-ins costs nothing that stays: from one address it is refused, from ten thousand it is forgotten. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, onTestFinished, test } from 'vitest';
import { FRAMED, HOST, startTestCard, type TestCard } from '../../support/test-card.ts';

const FLOOD = 10_000;
/** What counters, compiled code and a garbage collector's mood may add; stored attempts would be 10 MB and more. */
const FLAT_BYTES = 5 * 1_048_576;
const TIMEOUT_MS = 60_000;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** How often each status was answered, and what tells by how many bytes the heap has grown since the first tenth. */
async function flood(card: TestCard, addressOf: (index: number) => string) {
  const statuses: Record<number, number> = {};
  let before = 0;
  for (let index = 0; index < FLOOD; index += 1) {
    if (index === FLOOD / 10) before = heapUsed(card);
    const { statusCode } = await card.app.inject({
      url: '/auth',
      remoteAddress: addressOf(index),
      headers: { host: HOST, ...FRAMED },
    });
    statuses[statusCode] = (statuses[statusCode] ?? 0) + 1;
    // What a request leaves behind goes with the turn of the event loop.
    if (index % 100 === 0) await nextTurn();
  }
  return { statuses, grownBytes: () => heapUsed(card) - before };
}

function heapUsed({ logs }: TestCard): number {
  logs.length = 0;
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

async function floodedCard(): Promise<TestCard> {
  const card = await startTestCard();
  onTestFinished(() => card.close());
  return card;
}

test(
  'A29 10,000 sign-ins from one address: 429 past the limit, and memory stays flat',
  async () => {
    const { statuses, grownBytes } = await flood(await floodedCard(), () => '198.51.100.7');

    expect(statuses).toEqual({ 302: 20, 429: FLOOD - 20 });
    await expect.poll(grownBytes).toBeLessThan(FLAT_BYTES);
  },
  TIMEOUT_MS,
);

test(
  '10,000 sign-ins from as many networks: all begin, none is stored, and memory stays flat',
  async () => {
    const card = await floodedCard();

    const { statuses, grownBytes } = await flood(card, (index) => `2001:db8:${index.toString(16)}::1`);

    expect(statuses).toEqual({ 302: FLOOD });
    await expect.poll(grownBytes).toBeLessThan(FLAT_BYTES);
  },
  TIMEOUT_MS,
);
