/** A slow bank, and a connection that breaks: the skeleton is there at once, and there is always a way on. */
import type { Frame } from 'playwright';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Stage, startStage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
}, 60_000);
afterAll(() => stage?.close());
afterEach(() => {
  stage.bank.switches.latencyMs = 0;
});

test('the skeleton is drawn while the bank still thinks, and nothing jumps when the balances come', async () => {
  const { context, page, visit, card } = await stage.open();
  await context.addInitScript(recordLayoutShifts);
  stage.bank.switches.latencyMs = 300;
  // More accounts than the Initial Height holds: the host grants the height that the card then asks for.
  await visit('many');
  const frame = await card(stage.cards.foreign);

  await frame.waitForSelector('account-card .skeleton-shape');
  expect(await frame.locator('#card-boot').count()).toBe(0);
  await frame.waitForSelector('account-card >> text=Project Checking 1');
  await page.waitForSelector('#bridge-log li[data-type="request-resize"]');
  await frame.locator('.footer .link').waitFor();
  expect(await frame.evaluate('layoutShifts')).toEqual([]);
  await context.close();
});

test('K03 a stream cut after the skeleton leaves a plain link that leads on', async () => {
  const { context, visit, card } = await stage.open();
  stage.bank.switches.latencyMs = 3_000;
  await visit('everyday');
  const frame = await card(stage.cards.cookieless);
  const link = frame.locator('.skeleton-stalled a');
  await link.waitFor({ state: 'attached' });
  expect(await link.isVisible()).toBe(false);

  stage.cutConnections();
  stage.bank.switches.latencyMs = 0;
  await showWhatTimeWouldShow(frame);

  expect(await link.isVisible()).toBe(true);
  // The host's own veil lifts after 15 s too; the keyboard reaches the link below it.
  await link.press('Enter');
  await frame.waitForSelector('account-card >> text=$1,234.56');
  await context.close();
});

function recordLayoutShifts(): void {
  const layoutShifts: number[] = [];
  Object.assign(window, { layoutShifts });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries())
      layoutShifts.push((entry as PerformanceEntry & { value: number }).value);
  }).observe({ type: 'layout-shift', buffered: true });
}

/** Ends the delay of the CSS animation that reveals the link, as 15 s would. */
async function showWhatTimeWouldShow(frame: Frame): Promise<void> {
  await frame.evaluate(() => {
    for (const animation of document.getAnimations()) {
      if (animation instanceof CSSAnimation && animation.animationName === 'skeleton-reveal')
        animation.finish();
    }
  });
}
