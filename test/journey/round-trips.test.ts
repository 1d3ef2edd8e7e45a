/** Between the navigation and the balances: three answers, one after the other, and one script, from the cache the next time. */
import type { Frame, Request } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Stage, startStage, type Visit } from './stage.ts';

let stage: Stage;
let visit: Visit;
let asked: Request[];
beforeAll(async () => {
  stage = await startStage();
  visit = await stage.open();
  visit.page.on('request', (request) => asked.push(request));
});
afterAll(() => stage.close());

/** Loads the dashboard until the card on the bank's own site shows balances. */
async function load(): Promise<Frame> {
  asked = [];
  await visit.visit('everyday');
  const frame = await visit.card(stage.cards.ownSite);
  await frame.locator('.money').first().waitFor();
  return frame;
}

/** What the card's frame asked for, in order. */
function requestsOf(frame: Frame): string[] {
  return asked
    .filter((request) => request.frame() === frame)
    .map((request) => new URL(request.url()).pathname.replace(/-[\w-]{8}\.js$/, '.js'));
}

/** Scripts that came over the network: what the cache gives has no size on the wire. */
function scriptBytes(frame: Frame): Promise<number> {
  return frame.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .map((entry) => (entry as PerformanceResourceTiming).transferSize)
      .reduce((sum, size) => sum + size, 0),
  );
}

const ALL = ['/auth', '/a/consumer/api/v0/oidc/auth', '/auth/callback', '/assets/main.js'];

test('a first load takes three answers and one script, a second one no script', async () => {
  const first = await load();
  expect(requestsOf(first)).toEqual(ALL);
  expect(await scriptBytes(first)).toBeGreaterThan(0);

  const second = await load();
  expect(requestsOf(second).slice(0, 3)).toEqual(ALL.slice(0, 3));
  expect(requestsOf(second).slice(3)).toEqual(['/assets/main.js']);
  expect(await scriptBytes(second)).toBe(0);
});
