/** Clocks that disagree are told, and a bank whose servers disagree among themselves fills no log. */
import { expect, onTestFinished, test } from 'vitest';
import { watchClock } from '../../server/bank/clock-watch.ts';
import { createUpstream } from '../../server/upstream.ts';
import { fixed, startHostileBank } from '../hostile/hostile-bank.ts';

async function startWatched() {
  const bank = await startHostileBank();
  const upstream = createUpstream(bank.origin);
  onTestFinished(async () => {
    await upstream.close();
    await bank.close();
  });
  const told: number[] = [];
  const watched = watchClock(upstream, (secondsAhead) => told.push(secondsAhead), Date.now);
  return {
    told,
    async meet(date: string) {
      bank.answers.set('/clock', fixed(200, '', { date }));
      const limits = { timeoutMs: 1_000, maxBytes: 1_000 };
      await watched.request({ method: 'GET', path: '/clock', headers: {}, ...limits });
    },
  };
}

const dateIn = (seconds: number) => new Date(Date.now() + seconds * 1_000).toUTCString();

test('going apart and agreeing again is told once each', async () => {
  const { told, meet } = await startWatched();

  for (const seconds of [0, -30, -120, -121, -120, 0, 30]) await meet(dateIn(seconds));

  expect(told).toHaveLength(2);
  expect([Math.abs((told[0] ?? 0) - 120) <= 2, told[1]]).toEqual([true, 0]);
});

test('a bank whose clocks change with each answer is told of twice, not with each', async () => {
  const { told, meet } = await startWatched();

  for (let count = 0; count < 50; count += 1) await meet(dateIn(count % 2 === 0 ? 600 : 0));

  expect(told).toEqual([expect.any(Number), 0]);
});

test('what is no date tells nothing', async () => {
  const { told, meet } = await startWatched();

  for (const date of ['', 'soon', '\u00ff', '99999999999999999999']) await meet(date);

  expect(told).toEqual([]);
});
