/** The bank knows nobody, or its cookie does not travel: a button, help from the host, and never a loop. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Stage, startStage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
}, 60_000);
afterAll(() => stage?.close());
afterEach(() => {
  stage.bank.switches.signedOut = false;
  stage.bank.switches.sessionCookieSameSite = 'None';
});

function starts(): number {
  return stage.bank.requests.filter(({ path }) => path.endsWith('/oidc/auth')).length;
}

test('A18 signed out of the bank: one sentence and a button, and no further tries', async () => {
  const { context, page, visit, card } = await stage.open();
  stage.bank.switches.signedOut = true;
  await visit('everyday');
  const frame = await card(stage.cards.foreign);
  await frame.getByRole('button').waitFor();
  await page.waitForLoadState('networkidle');

  const before = starts();
  await frame.getByRole('button').click();
  await page.waitForSelector('#bridge-log li[data-type="request-refresh"]');
  const refreshed = await card(stage.cards.foreign);
  await refreshed.getByRole('button').waitFor();
  await page.waitForLoadState('networkidle');

  expect(starts() - before).toBeLessThanOrEqual(3);
  await context.close();
});

test('a Lax bank cookie: the card’s own start ends without a session, so it asks the host, which helps', async () => {
  const { context, page, visit, card } = await stage.open();
  stage.bank.switches.sessionCookieSameSite = 'Lax';
  await visit('everyday');
  const frame = await card(stage.cards.foreign);
  await frame.waitForSelector('account-card >> text=$1,234.56');
  const before = starts();

  await frame.evaluate(() => location.replace('/auth'));

  await page.waitForSelector('#bridge-log li[data-type="request-refresh"]');
  const refreshed = await card(stage.cards.foreign);
  await refreshed.waitForSelector('account-card >> text=$1,234.56');
  expect(starts() - before).toBeLessThanOrEqual(3);
  await context.close();
});
