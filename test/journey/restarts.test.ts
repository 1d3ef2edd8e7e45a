/** Sign-ins that race, lose their cookie or find nobody: few tries by themselves, then a button. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Frame } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { seededRandom } from '../support/seeded-random.ts';
import { SHOWN, type SmallStage, startSmallStage, type Visit } from './small-stage.ts';

let stage: SmallStage;
let visit: Visit;
beforeAll(async () => {
  stage = await startSmallStage();
}, 60_000);
afterAll(() => stage?.close());
beforeEach(async () => {
  visit = await stage.open();
});
afterEach(async () => {
  await visit.context.close();
  stage.customer.isKnown = true;
  stage.clock.aheadMs = 0;
  stage.bank.requests.length = 0;
  stage.wire.mend();
});

/** The two hundred rounds are played without a browser, in `server/sign-in/parallel-cards.test.ts`. */
test.for([1, 2, 3])(
  'K04 three cards at once, /auth delayed at random (seed %i): each ends with a working call',
  async (seed) => {
    const random = seededRandom(seed);
    stage.wire.onRequest = async (path) => {
      if (/^\/auth($|\?)/.test(path)) await pause(random() * 300);
    };
    await visit.load(3);
    for (const index of [0, 1, 2]) {
      const card = await visit.card(index);
      await card.getByText(SHOWN).waitFor();
      let status = await statusOfCall(card);
      // Whose cookie was overwritten has started over by now.
      if (status === 401) {
        await card.getByText(SHOWN).waitFor();
        status = await statusOfCall(card);
      }
      expect(status).toBe(200);
    }
  },
);

test('A35 two tabs that sign in at once are independent, and both succeed', async () => {
  const tab = await visit.context.newPage();
  const address = `${stage.publicUrl}/expanded`;
  await Promise.all([visit.page.goto(address), tab.goto(address)]);
  for (const page of [visit.page, tab]) await page.getByText(SHOWN).first().waitFor();
  expect(new Set(stage.handles()).size).toBe(2);
});

test('K05 the cookie is lost between callback and API, for ever: two sign-ins by itself, then a button', async () => {
  stage.wire.onRequest = (path, headers) => {
    if (path.startsWith('/api/')) delete headers.cookie;
  };
  await visit.page.clock.install();
  await visit.load();
  for (let i = 0; i < 2; i += 1) {
    const card = await visit.card();
    await card.getByText(SHOWN).waitFor();
    await askAgain(await visit.card());
    await expect.poll(() => stage.handles().length).toBe(i + 2);
  }
  await (await visit.card()).getByText(SHOWN).waitFor();
  await askAgain(await visit.card());
  const card = await visit.card();
  await card.getByRole('button', { name: /sign in/i }).waitFor();
  await visit.page.clock.fastForward(60_000);

  expect(starts()).toHaveLength(3);
  expect(stage.handles()).toHaveLength(3);
  stage.wire.onRequest = () => undefined;
  await card.getByRole('button', { name: /sign in/i }).click();
  await card.getByText(SHOWN).waitFor();
});

test('I21 the bank always answers login_required, and the host reloads whatever asks: two tries in 60 s', async () => {
  const { page } = visit;
  await page.clock.install();
  await visit.load();
  await (await visit.card()).getByText(SHOWN).waitFor();
  // A host that does at once, and every time, what it is asked for.
  await page.evaluate(() => {
    addEventListener('message', ({ data }) => {
      const frame = document.querySelector('iframe');
      if (data?.type === 'request-refresh' && frame !== null) frame.src += '';
    });
  });
  stage.customer.isKnown = false;
  stage.clock.aheadMs = 11 * 60_000;
  stage.bank.requests.length = 0;
  await askAgain(await visit.card());

  await expect.poll(() => page.evaluate(`heard.filter(({ data }) => data.type === 'ready').length`)).toBe(3);
  await (await visit.card()).getByRole('button', { name: /sign in/i }).waitFor();
  await page.clock.fastForward(60_000);
  await (await visit.card()).evaluate(() => void document.dispatchEvent(new Event('visibilitychange')));

  expect(starts()).toHaveLength(2);
});

test('I21 nobody signed in from the start: one try, a button, and one try for each press', async () => {
  const { page } = visit;
  stage.customer.isKnown = false;
  await page.clock.install();
  await visit.load();
  const button = (await visit.card()).getByRole('button', { name: /sign in/i });
  await button.waitFor();
  await page.clock.fastForward(60_000);
  expect(starts()).toHaveLength(1);
  await button.click();
  await expect.poll(() => starts().length).toBe(2);
  await button.waitFor();
  await page.clock.fastForward(60_000);
  expect(starts()).toHaveLength(2);
});

/** Of the call that a card makes when it reads again; one that is refused has started over when this returns. */
async function statusOfCall(card: Frame): Promise<number> {
  const { page } = visit;
  const startedOver = page.waitForEvent('framenavigated', (frame) => frame === card).catch(() => undefined);
  const answer = page.waitForResponse(
    (response) => response.frame() === card && /accounts$/.test(response.url()),
  );
  await askAgain(card);
  const status = (await answer).status();
  if (status === 401) await startedOver;
  return status;
}

/** The customer comes back to a card whose data is old by then: it reads again, unless it is just starting over. */
async function askAgain(card: Frame): Promise<void> {
  await card
    .evaluate((laterMs) => {
      const nowMs = Date.now() + laterMs;
      Date.now = () => nowMs;
      document.dispatchEvent(new Event('visibilitychange'));
    }, 6 * 60_000)
    .catch(() => undefined);
}

/** What the bank has seen of it. */
function starts(): unknown[] {
  return stage.bank.requests.filter(({ path }) => path.endsWith('/oidc/auth'));
}
