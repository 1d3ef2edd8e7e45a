/** Fresh balances and hidden amounts, as one customer of the sandbox bank meets them, from page to page. */
import type { Frame, Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Stage, startStage, type Visit } from './stage.ts';

const AMOUNT = /\$|\d[.,]\d\d\b/;

let stage: Stage;
let visit: Visit;
let frame: Frame;
beforeAll(async () => {
  stage = await startStage();
  visit = await stage.open();
  await visit.visit('everyday');
  frame = await visit.card(stage.cards.ownSite);
  await frame.waitForSelector('account-card >> text=$1,234.56');
}, 60_000);
afterAll(() => stage?.close());

test('refreshing tells how many updates came, and then shows the changed balance', async () => {
  const refresh = frame.getByRole('button', { name: 'Refresh balances' });
  await refresh.click();
  await frame.waitForSelector('account-card >> text=/updates? received/');
  expect(await refresh.getAttribute('aria-disabled')).toBe('true');
  await frame.waitForSelector('account-card >> text=$1,230.06');
  expect(await refresh.getAttribute('aria-disabled')).toBe('false');
  expect(await refresh.evaluate((button) => button.matches(':focus'))).toBe(true);
});

test('hidden amounts are nowhere', async () => {
  await frame.getByRole('button', { name: 'Hide amounts' }).click();
  await expectNoAmounts(frame);
});

test('on the next page they are still hidden', async () => {
  await visit.visit('everyday');
  frame = await visit.card(stage.cards.ownSite);
  await expectNoAmounts(frame);
});

test('on the full page too, until the customer shows them', async () => {
  const { page } = visit;
  await page.goto(`${stage.cards.ownSite}/expanded`);
  await expectNoAmounts(page);
  await page.getByRole('button', { name: 'Hide amounts' }).click();
  await page.waitForSelector('account-card >> text=$1,230.06');
  expect(await page.evaluate(() => localStorage.length)).toBe(0);
});

test('there was no policy violation, no error, no request to elsewhere', () => {
  expect(stage.incidents).toEqual([]);
});

async function expectNoAmounts(page: Frame | Page): Promise<void> {
  await page.getByRole('button', { name: 'Hide amounts', pressed: true }).waitFor();
  const view = page.locator('account-card').locator('.face, .page');
  for (const told of [await view.innerText(), await view.ariaSnapshot()]) {
    expect(told).toContain('Everyday Checking');
    expect(told).not.toMatch(AMOUNT);
  }
  expect(await view.ariaSnapshot()).toContain('amount hidden');
}
