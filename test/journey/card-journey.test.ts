/** A customer's journey in a real browser: sign-in, balances, a fault and its retry, a reload; with and without cookies. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Stage, startStage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
}, 60_000);
afterAll(() => stage?.close());
afterEach(() => {
  stage.bank.switches.fault = 'none';
});

const EVERYDAY = ['Everyday Checking', '$1,234.56', 'Rainy Day Savings', '$8,310.20', 'Platinum Card'];
const kinds = ['ownSite', 'foreign', 'cookieless'] as const;

test('the browser really blocks third-party cookies', async ({ skip }) => {
  if (!stage.blocksThirdPartyCookies && process.env['CI'] !== 'true') {
    skip('the bundled Chromium cannot block third-party cookies: install Chromium');
  }
  const { context, page, visit, card } = await stage.open();
  await visit('everyday');
  const frame = await card(stage.cards.foreign);
  await frame.waitForSelector('account-card >> text=Everyday Checking');
  // An unpartitioned cookie of the card's site, set first-party, must not reach its frame on the bank's page.
  const { hostname, origin } = new URL(stage.cards.foreign);
  await context.addCookies([
    {
      name: 'probe',
      value: '1',
      domain: hostname,
      path: '/',
      secure: true,
      sameSite: 'None',
      httpOnly: true,
    },
  ]);
  const sent = page.waitForRequest((request) => request.url().startsWith(`${origin}/auth`));
  await page.getByRole('button', { name: 'Reload cards' }).click();
  const headers = await (await sent).allHeaders();

  expect(headers['cookie'] ?? '').not.toContain('probe=1');
  await context.close();
});

test.each(kinds)('%s: signs in, shows balances, tells the host it is ready', async (kind) => {
  const { context, page, visit, card } = await stage.open();
  await visit('everyday');
  const frame = await card(stage.cards[kind]);

  for (const text of EVERYDAY) await frame.waitForSelector(`account-card >> text=${text}`);
  await page.waitForSelector(`[data-card]:has(iframe[src^="${stage.cards[kind]}"])[data-state="ready"]`);
  expect(new URL(frame.url()).pathname).toBe('/card');
  expect(new URL(frame.url()).search).toBe('');
  expect(await frame.locator('#card-boot').count()).toBe(0);
  await context.close();
});

test.each(kinds)('%s: a reload of the frame is a fresh, silent sign-in', async (kind) => {
  const { context, visit, card } = await stage.open();
  await visit('everyday');
  const frame = await card(stage.cards[kind]);
  await frame.waitForSelector('account-card >> text=$1,234.56');
  const before = stage.bank.requests.filter(({ path }) => path.endsWith('/oidc/token')).length;

  await frame.evaluate(() => location.reload());

  await frame.waitForURL((url) => url.pathname === '/card');
  await frame.waitForSelector('account-card >> text=$1,234.56');
  await expect
    .poll(() => stage.bank.requests.filter(({ path }) => path.endsWith('/oidc/token')).length)
    .toBeGreaterThan(before);
  await context.close();
});

test('the handle works for the page that has it, and is nowhere in the browser’s storage', async () => {
  const { context, visit, card } = await stage.open();
  await visit('everyday');
  const frame = await card(stage.cards.foreign);
  await frame.waitForSelector('account-card >> text=$1,234.56');

  const stored = await frame.evaluate(() => {
    try {
      return JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]);
    } catch (error) {
      // Where third-party cookies are blocked, a foreign frame has no storage at all.
      return String(error).startsWith('SecurityError') ? '[{},{},""]' : String(error);
    }
  });
  expect(stored).toBe('[{},{},""]');
  expect(await frame.evaluate(() => document.documentElement.outerHTML)).not.toMatch(/[\w-]{43}/);
  await context.close();
});

test('the expanded view opens as a full page and leads back', async () => {
  const { context, page, visit } = await stage.open();
  await visit('everyday');

  await page.goto(`${stage.cards.foreign}/expanded`);

  await page.waitForSelector('account-card >> text=Home Loan');
  expect(new URL(page.url()).pathname).toBe('/expanded');
  await page.getByRole('link', { name: /back to dashboard/i }).click();
  await page.waitForURL((url) => url.origin === stage.bank.origin);
  await context.close();
});

// After the others: a bank that has failed in half of its calls would not be asked for a while.
test.each(kinds)('%s: a fault is one calm sentence, and trying again brings the balances', async (kind) => {
  const { context, visit, card } = await stage.open();
  stage.bank.switches.fault = '500';
  await visit('everyday');
  const frame = await card(stage.cards[kind]);
  const retry = frame.getByRole('button', { name: /try again/i });
  await retry.waitFor();
  expect(await frame.locator('body').ariaSnapshot()).not.toMatch(/\b500\b/);

  stage.bank.switches.fault = 'none';
  await retry.click();

  await frame.waitForSelector('account-card >> text=$1,234.56');
  await context.close();
});

test('I18 in all of this there was no policy violation, no error, no request to elsewhere', () => {
  const expected = /the server responded with a status of (401|502)/;
  expect(stage.incidents.filter((incident) => !expected.test(incident))).toEqual([]);
});
