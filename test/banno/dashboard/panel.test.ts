/** The sandbox panel: switches reach the bank, the keyboard reaches the switches. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cardFrame, openDashboard, openStage, type Stage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

test('each switch is changed at the bank', async () => {
  const page = await openDashboard(stage);
  await page.getByLabel('Fault').selectOption('503');
  await page.getByLabel('strikes').selectOption('token');
  await page.getByLabel('Signed out of the bank').check();
  await page.getByLabel('User consent required').check();
  await page.getByLabel('SameSite').selectOption('Lax');
  await page.getByLabel('Added delay').fill('1200');
  await page.getByLabel('Added delay').press('Tab');
  await page.getByLabel('accounts.readonly').check();
  await page.getByLabel('offline_access').check();
  await expect
    .poll(() => stage.switches)
    .toMatchObject({
      fault: '503',
      faultAt: 'token',
      signedOut: true,
      consentRequired: true,
      sessionCookieSameSite: 'Lax',
      latencyMs: 1200,
      withheldScopes: ['accounts.readonly', 'offline_access'].map(
        (name) => `https://api.banno.com/consumer/auth/${name}`,
      ),
    });
  await page.getByLabel('offline_access').uncheck();
  await expect.poll(() => stage.switches.withheldScopes.length).toBe(1);
  await page.reload();
  expect(await page.getByLabel('Fault').inputValue()).toBe('503');
  expect(await page.getByLabel('Signed out of the bank').isChecked()).toBe(true);
  expect(await page.getByLabel('accounts.readonly').isChecked()).toBe(true);
});

test('another customer is signed in at once, and stays signed in to this browser', async () => {
  const page = await openDashboard(stage);
  await page.getByLabel('Signed in as').selectOption('many');
  await page.waitForURL(`${stage.origin}/?persona=many`);
  await cardFrame(page, 0);
  expect(stage.switches.persona).toBe('many');
  expect(stage.signedIn.at(-1)).toBe('many');
  stage.switches.persona = 'everyday';
  await page.goto(stage.origin);
  expect(await page.locator('#customer').textContent()).toBe('Morgan, many accounts');
});

test('a new browser gets the persona of the address, or else of the switches', async () => {
  stage.switches.persona = 'everyday';
  await openDashboard(stage, '?persona=many');
  expect(stage.signedIn.at(-1)).toBe('many');
  await openDashboard(stage, '?persona=nobody');
  expect(stage.signedIn.at(-1)).toBe('everyday');
});

test('reload buttons load all cards, or one', async () => {
  const page = await openDashboard(stage);
  const before = stage.cardRequests.length;
  await page.getByRole('button', { name: 'Reload cards' }).click();
  await expect.poll(() => stage.cardRequests.length).toBe(before + 2);
  await page.getByRole('button', { name: 'Options of Your accounts' }).click();
  await page.getByRole('button', { name: 'Reload this card' }).click();
  await expect.poll(() => stage.cardRequests.length).toBe(before + 3);
});

test('the panel closes and opens by keyboard, and stays as it was', async () => {
  const page = await openDashboard(stage);
  const toggle = page.getByRole('button', { name: 'Switches and log' });
  await page.locator('body').press('Tab');
  expect(await toggle.evaluate((button) => button === document.activeElement)).toBe(true);
  await page.keyboard.press('Enter');
  await page.locator('#sandbox-panel').waitFor({ state: 'hidden' });
  await page.reload();
  expect(await toggle.getAttribute('aria-expanded')).toBe('false');
  await toggle.press('Space');
  await page.locator('#sandbox-panel').waitFor({ state: 'visible' });
});

test('a rebuilt card is loaded again where the page asked for that', async () => {
  const page = await openDashboard(stage, '?live=yes');
  const before = stage.cardRequests.length;
  await expect
    .poll(async () => {
      await fetch(`http://127.0.0.1:${new URL(stage.origin).port}/sandbox/reloads`, { method: 'POST' });
      return stage.cardRequests.length;
    })
    .toBeGreaterThan(before);
  await page.close();
});
