/** A load that is interrupted, whatever by: there is always something to read and to press, and it leads on. */
import type { Frame, Page, Route } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  drawn,
  expandedShown,
  openExpanded,
  SHOWN,
  type SmallStage,
  showWhatTimeWouldShow,
  startSmallStage,
  type Visit,
} from './small-stage.ts';

const BODY = /<body>/;
const HALF_A_SKELETON = /class="skeleton-rows"/;
const SKELETON = /<\/account-card>/;
const MIDDLE_OF_DATA = /id="card-boot">.{200}/s;

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
  stage.wire.mend();
});

test.for([
  ['cut after the start of its body', { after: BODY, how: 'cut' }],
  ['ended after the start of its body', { after: BODY, how: 'end' }],
  ['stalled after the start of its body', { after: BODY, how: 'stall' }],
  ['cut in the middle of the skeleton', { after: HALF_A_SKELETON, how: 'cut' }],
  ['cut after the skeleton', { after: SKELETON, how: 'cut' }],
  ['ended after the skeleton', { after: SKELETON, how: 'end' }],
  ['stalled after the skeleton', { after: SKELETON, how: 'stall' }],
  ['cut in the middle of the JSON', { after: MIDDLE_OF_DATA, how: 'cut' }],
  ['ended in the middle of the JSON', { after: MIDDLE_OF_DATA, how: 'end' }],
  ['stalled in the middle of the JSON', { after: MIDDLE_OF_DATA, how: 'stall' }],
] as const)('K03 a stream %s leaves a way on, and no eternal skeleton', async ([, wound]) => {
  await visit.page.clock.install();
  // Of a page that is cut before its parser has met a body, Chromium paints nothing, whatever a script does.
  stage.wire.break = { ...wound, once: bodyIsThere };
  await visit.load();
  const frame = await visit.card();
  await expect.poll(() => stage.wire.brokenOff).toBe(1);
  await frame.waitForFunction(() => customElements.get('account-card'));
  await visit.page.clock.fastForward(15_000);
  await showWhatTimeWouldShow(frame);

  const way = wayOn(frame);
  await way.waitFor();
  const shapes = await frame.locator('.skeleton-shape').all();
  for (const shape of shapes) expect(await shape.evaluate(isOnTop)).toBe(false);
  stage.wire.mend();
  await way.click();
  await frame.getByText(SHOWN).waitFor();
});

test('K06 a reload while the page streams is a fresh start: no code is redeemed twice', async () => {
  for (const reload of [
    (frame: Frame) => void frame.evaluate(() => location.reload()),
    () => visit.page.reload(),
  ]) {
    stage.wire.break = { after: SKELETON, how: 'stall' };
    await visit.load();
    const frame = await visit.card();
    await frame.locator('.skeleton-shape').waitFor();
    stage.wire.break = null;
    await reload(frame);
    await (await visit.card()).getByText(SHOWN).waitFor();
  }
  const codes = stage.bank.requests
    .filter(({ path }) => path.endsWith('/oidc/token'))
    .map(({ body }) => new URLSearchParams(body).get('code'));
  expect(new Set(codes).size).toBe(codes.length);
});

test('K06 the expanded view stays expanded, reloaded while it streams and after', async () => {
  const { page } = visit;
  stage.wire.break = { after: SKELETON, how: 'stall' };
  await page.goto(`${stage.publicUrl}/expanded`, { waitUntil: 'commit' });
  await page.locator('.skeleton-expanded').waitFor();
  stage.wire.break = null;
  for (let i = 0; i < 2; i += 1) {
    await page.reload();
    await expandedShown(page);
    expect(page.url()).toBe(`${stage.publicUrl}/expanded`);
  }
  expect(new Set(stage.handles()).size).toBe(2);
});

test('I14 offline in the middle of a sign-in: a button says so, and leads on when there is a network', async () => {
  stage.wire.break = { after: MIDDLE_OF_DATA, how: 'end' };
  await visit.load();
  const frame = await visit.card();
  await wayOn(frame).waitFor();
  stage.wire.mend();
  await visit.context.setOffline(true);
  await wayOn(frame).click();
  await frame.getByText('You’re offline.').first().waitFor();

  await wayOn(frame).click();
  await frame.getByText('You’re offline.').first().waitFor();
  await visit.context.setOffline(false);

  await frame.getByText(SHOWN).waitFor();
});

test('I14 a connection that is lost in the middle, as when a VPN comes up: the link leads on', async () => {
  stage.wire.onRequest = (path) => {
    if (path.startsWith('/assets/main')) throw new Error('lost');
  };
  await visit.load();
  const frame = await visit.card();
  await frame.locator('account-card').waitFor();
  await showWhatTimeWouldShow(frame);
  await wayOn(frame).waitFor();
  stage.wire.mend();
  await wayOn(frame).click();
  await frame.getByText(SHOWN).waitFor();
});

test('I14 a captive portal in the place of the API: the data stays, and a button leads on', async () => {
  const { page, context } = visit;
  await openExpanded(page, stage.publicUrl);
  for (const portal of [
    { status: 200, contentType: 'text/html', body: '<title>Welcome</title>' },
    { status: 302, headers: { location: 'http://portal.localhost/' } },
  ]) {
    await context.route('**/api/**', (route) => route.fulfill(portal));
    await page.getByRole('button', { name: 'Refresh balances' }).click();
    await page
      .getByText(/Couldn’t update/)
      .first()
      .waitFor();
    expect(await drawn(page)).toContain(SHOWN);
    await context.unroute('**/api/**');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page
      .getByText(/Couldn’t update/)
      .first()
      .waitFor({ state: 'detached' });
  }
});

test.for([
  ['blocked', (page: Page) => page.route('**/assets/main-*', (route) => route.abort('blockedbyclient'))],
  ['not found', (page: Page) => page.route('**/assets/main-*', (route) => route.fulfill({ status: 404 }))],
  [
    'not JavaScript',
    (page: Page) => page.route('**/assets/main-*', (route) => route.fulfill({ body: '<html>' })),
  ],
  ['broken', (page: Page) => page.route('**/assets/main-*', brokenScript)],
] as const)('I20 a script that is %s: a sentence and a link, no blank card', async ([, spoil]) => {
  await spoil(visit.page);
  await visit.load();
  const frame = await visit.card();
  await frame.locator('account-card').waitFor();
  await showWhatTimeWouldShow(frame);
  await frame.getByText('Your accounts are taking longer than usual.').waitFor();
  await visit.page.unroute('**/assets/main-*');
  await wayOn(frame).click();
  await frame.getByText(SHOWN).waitFor();
});

test('I20 without JavaScript the sentence and the link are there at once', async () => {
  const { context, load, card } = await stage.open({ javaScriptEnabled: false });
  await load();
  const frame = await card();
  await frame.getByText('Your accounts are taking longer than usual.').waitFor();
  await wayOn(frame).waitFor();
  await context.close();
});

async function bodyIsThere(): Promise<void> {
  const frame = await visit.card();
  await frame.waitForURL('**/auth/callback?*', { waitUntil: 'commit' });
  await frame.locator('body').waitFor({ state: 'attached' });
}

/** Whatever a person could press. */
function wayOn(place: Frame | Page) {
  return place.locator('a:visible, button:visible').first();
}

function isOnTop(element: Element): boolean {
  const { left, top, width, height } = element.getBoundingClientRect();
  return element.contains(document.elementFromPoint(left + width / 2, top + height / 2));
}

function brokenScript(route: Route): Promise<void> {
  return route.fulfill({ contentType: 'text/javascript', body: 'throw new Error("broken")' });
}
