/** Where the dashboard lets a card's links lead. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cardFrame, openDashboard, openStage, type Stage, say } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

const clickLink = (href: string, external?: boolean) => ({ type: 'click-link', data: { href, external } });

test('an internal link to the bank replaces the dashboard', async () => {
  const page = await openDashboard(stage);
  await say(await cardFrame(page, 0), clickLink(`${stage.origin}/accounts`, false));
  await page.waitForURL(`${stage.origin}/accounts`);
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Accounts');
  await page.getByRole('link', { name: 'Back to the dashboard' }).click();
  await page.waitForURL(`${stage.origin}/`);
});

test('an internal link to a card opens its expanded view in place of the dashboard', async () => {
  const page = await openDashboard(stage);
  const href = stage.cards[0]?.primaryAction?.url ?? '';
  await say(await cardFrame(page, 0), clickLink(href));
  await page.waitForURL(href);
});

test('an internal link elsewhere is refused', async () => {
  const page = await openDashboard(stage);
  await say(await cardFrame(page, 0), clickLink('http://elsewhere.localhost:9/'));
  await page.locator('#bridge-log li', { hasText: 'refused' }).waitFor();
  expect(page.url()).toBe(`${stage.origin}/`);
});

test('an external link opens a new tab without access to the dashboard', async () => {
  const page = await openDashboard(stage);
  const frame = await cardFrame(page, 0);
  const tab = page.context().waitForEvent('page');
  await frame
    .locator('#blank-card')
    .click({ force: true, position: { x: 2, y: 2 } })
    .catch(() => undefined);
  await say(frame, clickLink(`${stage.origin}/accounts`, true));
  const opened = await tab;
  await opened.waitForURL(`${stage.origin}/accounts`);
  expect(await opened.evaluate(() => window.opener)).toBe(null);
  expect(page.url()).toBe(`${stage.origin}/`);
});

test('the primary action opens the expanded view as a page of its own', async () => {
  const page = await openDashboard(stage);
  await page.getByRole('link', { name: 'Open your accounts', exact: true }).click();
  await page.waitForURL(stage.cards[0]?.primaryAction?.url ?? '');
});
