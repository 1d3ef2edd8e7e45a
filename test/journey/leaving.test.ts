/** Pages that are left, restored, duplicated, killed or slept on: each start is fresh, and nothing old is ever drawn. */

import type { Page } from 'playwright';
import { request } from 'undici';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Heard } from './small-host.ts';
import {
  drawn,
  expandedShown,
  openExpanded,
  SHOWN,
  type SmallStage,
  startSmallStage,
  type Visit,
} from './small-stage.ts';

/** Any of a customer's own, and what draws it. */
const DATA = /\d\.\d\d|Checking|Savings|Loan|expanded-view|card-face/;

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
  stage.wire.mend();
});

test('A30 Back to a page on top, from the cache, finds a clean address, and no callback is sent twice', async () => {
  const { page } = visit;
  await openExpanded(page, stage.publicUrl);
  await leave(page);
  await goBack(page);
  await expandedShown(page);
  expect(page.url()).toBe(`${stage.publicUrl}/expanded`);
  const history = await page.evaluate(() => navigation.entries().map(({ url }) => url ?? ''));
  expect(history.join()).not.toMatch(/code=|state=|again=/);
  expectNothingSentTwice(2);
});

test('A30 Back in a frame, by the network, finds a clean address, and no callback is sent twice', async () => {
  await visit.load();
  const frame = await visit.card();
  await frame.getByText(SHOWN).waitFor();
  await frame.evaluate(() => location.assign('/expanded'));
  await expandedShown(frame);
  await frame.evaluate(() => history.back());
  await frame.waitForURL('**/card');
  await frame.getByText(SHOWN).waitFor();
  expectNothingSentTwice(3);
});

test('G16 signed out, then Back: the restored page holds no data and gets none', async () => {
  const { page } = visit;
  const restored = await watchRestored(visit);
  await openExpanded(page, stage.publicUrl);
  const [old] = stage.handles();
  expect(await statusOf(old)).toBe(200);
  await leave(page);
  stage.customer.isKnown = false;

  await goBack(page);

  await page.getByRole('button', { name: /sign in/i }).waitFor();
  expect(restored).toEqual([expect.not.stringMatching(DATA)]);
  expect(await drawn(page)).not.toMatch(DATA);
  // Its session ended when it was left: what it had is worth nothing, even to whoever kept it.
  expect(stage.wire.requests.some(({ method }) => method === 'DELETE')).toBe(true);
  expect(await statusOf(old)).toBe(401);
});

test('K07 a page on top from the back-forward cache starts afresh, as often as it is, and paints nothing stale', async () => {
  const { page } = visit;
  const restored = await watchRestored(visit);
  await openExpanded(page, stage.publicUrl);
  for (const times of [1, 2, 3, 4]) {
    await leave(page);
    await goBack(page);
    await expandedShown(page);
    expect(restored).toEqual(Array(times).fill(expect.not.stringMatching(DATA)));
    expect(new Set(stage.handles()).size).toBe(times + 1);
  }
});

test('K07 a framed card from the back-forward cache does the same', async () => {
  const { page } = visit;
  await watchRestored(visit);
  await visit.load();
  await (await visit.card()).getByText(SHOWN).waitFor();
  await leave(page);
  await goBack(page);
  const heard = () => page.evaluate<Heard[]>('heard');
  await expect.poll(async () => (await heard()).filter(({ data }) => data.type === 'ready').length).toBe(2);
  const restored = (await heard()).filter(({ data }) => data.type === 'restored');
  expect(restored.map(({ data }) => data.data?.['markup'])).toEqual([expect.not.stringMatching(DATA)]);
  expect(new Set(stage.handles()).size).toBe(2);
});

test('I15 a duplicated tab, a restored tab and a cached page each sign in afresh, with a handle of their own', async () => {
  const { page, context } = visit;
  await openExpanded(page, stage.publicUrl);
  const [duplicate] = await Promise.all([
    context.waitForEvent('page'),
    page.evaluate(() => void window.open(location.href)),
  ]);
  await expandedShown(duplicate);
  const restoredTab = await context.newPage();
  await restoredTab.goto(page.url());
  await expandedShown(restoredTab);
  await leave(page);
  await goBack(page);
  await expandedShown(page);

  expect(stage.handles()).toHaveLength(4);
  expect(new Set(stage.handles()).size).toBe(4);
  const [first] = stage.handles();
  for (const tab of [duplicate, restoredTab, page]) {
    // Nothing moves in a tab behind another.
    await tab.bringToFront();
    await Promise.all([
      tab.waitForResponse('**/api/accounts/refresh'),
      tab.getByRole('button', { name: 'Refresh balances' }).click(),
    ]);
  }
  const used = stage.wire.requests
    .filter(({ method }) => method === 'POST')
    .map(({ headers }) => headers.authorization);
  expect(new Set(used).size).toBe(3);
  expect(used).not.toContain(`Bearer ${first}`);
});

test('I16 a page whose content process was killed signs in afresh', async () => {
  const { page, context } = visit;
  await openExpanded(page, stage.publicUrl);
  const devtools = await context.newCDPSession(page);
  const crashed = page.waitForEvent('crash');
  devtools.send('Page.crash').catch(() => undefined);
  await crashed;

  await devtools.send('Page.reload');

  const expression = `document.querySelector('account-card')?.shadowRoot?.querySelector('expanded-view') !== null`;
  const isShown = async () => (await devtools.send('Runtime.evaluate', { expression })).result.value;
  await expect.poll(isShown).toBe(true);
  expect(new Set(stage.handles()).size).toBe(2);
});

function expectNothingSentTwice(callbacks: number): void {
  const sent = stage.wire.requests
    .filter(({ url }) => url.startsWith('/auth/callback'))
    .map(({ url }) => url);
  expect(sent).toHaveLength(callbacks);
  expect(new Set(sent).size).toBe(callbacks);
}

async function leave(page: Page): Promise<void> {
  await page.goto(`${stage.bank.origin}/?cards=0`);
}

/** By the page itself: what comes back may be gone again before a browser's driver has seen it. */
async function goBack(page: Page): Promise<void> {
  await page.evaluate(() => void setTimeout(() => history.back()));
}

/** What cards hold when they come back from the cache, told ahead of their own listeners: by then they must be empty. */
async function watchRestored({ context }: Visit): Promise<string[]> {
  const restored: string[] = [];
  await context.exposeFunction('tellRestored', (markup: string) => void restored.push(markup));
  await context.addInitScript(() => {
    const { tellRestored } = window as unknown as { tellRestored(markup: string): void };
    addEventListener('pageshow', ({ persisted }) => {
      const card = document.querySelector('account-card');
      if (!persisted || card === null) return;
      const markup = `${card.shadowRoot?.innerHTML} ${card.innerHTML}`;
      // A browser's driver has lost sight of a frame that comes out of the cache; the host has not.
      if (parent === window) tellRestored(markup);
      else parent.postMessage({ type: 'restored', data: { markup } }, '*');
    });
  });
  return restored;
}

/** Of an API call with everything that the browser would send: without its cookie no handle is worth anything. */
async function statusOf(handle = ''): Promise<number> {
  const { host, port } = new URL(stage.publicUrl);
  const cookie = (await visit.context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  const headers = { host, cookie, authorization: `Bearer ${handle}` };
  return (await request(`http://127.0.0.1:${port}/api/accounts`, { headers })).statusCode;
}
