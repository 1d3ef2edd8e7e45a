/** A session whose time is over: whoever comes back signs in afresh, and what was on screen is gone. */
import type { Frame, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { ACCOUNT_SAMPLE } from '../support/account-sample.ts';
import { drawn, openExpanded, SHOWN, type SmallStage, startSmallStage, type Visit } from './small-stage.ts';

const MINUTE_MS = 60_000;

let stage: SmallStage;
let visit: Visit;
beforeAll(async () => {
  stage = await startSmallStage({ OFFLINE_ACCESS: 'true' });
}, 60_000);
afterAll(() => stage?.close());
beforeEach(async () => {
  visit = await stage.open();
  await visit.page.clock.install();
});
afterEach(async () => {
  await visit.context.close();
  stage.customer.isKnown = true;
  stage.clock.aheadMs = 0;
  stage.bank.accounts = ACCOUNT_SAMPLE;
  stage.bank.tokenAnswer = {};
  stage.bank.idToken = {};
  stage.wire.mend();
});

test('G14 pings keep no session alive: after ten idle minutes the API answers 401, and the card is wiped', async () => {
  stage.bank.tokenAnswer = { refresh_token: 'refresh-token-value', expires_in: 3_600 };
  const { page } = visit;
  await visit.load();
  const frame = await visit.card();
  await frame.getByText(SHOWN).waitFor();
  for (let pings = 0; pings < 3; pings += 1) {
    await pass(4 * MINUTE_MS);
    await frame.locator('.headline').click();
  }
  expect(await page.evaluate(`heard.filter(({ data }) => data.type === 'ping').length`)).toBe(3);
  expect(stage.wire.requests.filter(({ url }) => url.startsWith('/api/'))).toEqual([]);
  stage.customer.isKnown = false;

  const [answer] = await Promise.all([page.waitForResponse('**/api/accounts'), comeBack(frame)]);

  expect(answer.status()).toBe(401);
  await frame.getByRole('button', { name: /sign in/i }).waitFor();
  expect(await drawn(frame)).not.toMatch(/\$|Checking/);
});

test('I16 resumed after an hour, the app signs in afresh, and the old data is gone', async () => {
  const { page, context } = visit;
  await openExpanded(page, stage.publicUrl);
  const devtools = await context.newCDPSession(page);
  await devtools.send('Page.setWebLifecycleState', { state: 'frozen' });
  const iat = Math.floor(Date.now() / 1_000) + 3_600;
  stage.bank.idToken = { claims: { iat, exp: iat + 600 } };
  stage.bank.accounts = {
    accounts: [{ id: 'new', name: 'Opened Since', accountType: 'Deposit', balance: '1' }],
  };
  await devtools.send('Page.setWebLifecycleState', { state: 'active' });
  await pass(60 * MINUTE_MS);
  await comeBack(page);

  await page.getByText('Opened Since').first().waitFor();
  expect(await drawn(page)).not.toContain(SHOWN);
  expect(new Set(stage.handles()).size).toBe(2);
  expect(stage.wire.requests.filter(({ url }) => url.includes('again='))).toHaveLength(1);
});

/** For the server and for the browser. */
async function pass(ms: number): Promise<void> {
  stage.clock.aheadMs += ms;
  await visit.page.clock.fastForward(ms);
}

/** The customer looks at the page again. */
async function comeBack(place: Frame | Page): Promise<void> {
  await place.evaluate(() => void document.dispatchEvent(new Event('visibilitychange')));
}
