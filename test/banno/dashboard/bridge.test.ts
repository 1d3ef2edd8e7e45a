/** The dashboard acts on bridge messages of its own cards, and on nobody else's. */
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cardFrame, openDashboard, openStage, type Stage, say } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

const state = (page: Page, index: number) =>
  page.locator(`[data-card="${index}"]`).getAttribute('data-state');
const logged = (page: Page, type: string) => page.locator(`#bridge-log li[data-type="${type}"]`);
const loadsOf = (title: string) =>
  stage.cardRequests.filter((path) => path === `/auth?card=${encodeURIComponent(title)}`).length;

test('ready uncovers the card that sent it, and only that one', async () => {
  const page = await openDashboard(stage);
  await expect.poll(() => state(page, 0)).toBe('loading');
  await say(await cardFrame(page, 0), { type: 'ready' });
  await expect.poll(() => state(page, 0)).toBe('ready');
  expect(await state(page, 1)).toBe('loading');
  await page.locator('[data-card="0"] .veil').waitFor({ state: 'hidden' });
  expect(await page.locator('[data-card="1"] .veil').isVisible()).toBe(true);
});

test('a card that never says ready is uncovered five seconds after it has loaded', async () => {
  const page = await stage.browser.newPage();
  await page.clock.install();
  await page.goto(stage.origin, { waitUntil: 'load' });
  await cardFrame(page, 0);
  expect(await state(page, 0)).toBe('loading');
  await page.clock.runFor(5_500);
  expect(await state(page, 0)).toBe('late');
  await page.locator('[data-card="0"] .veil').waitFor({ state: 'hidden' });
});

test('request-resize sets the height within 100 and 1200 pixels', async () => {
  const page = await openDashboard(stage);
  const frame = await cardFrame(page, 0);
  const height = async () => (await page.locator('[data-card="0"] iframe').boundingBox())?.height;
  expect(await height()).toBe(300);
  for (const [wish, result] of [
    [420, 420],
    [5, 100],
    [99_999, 1200],
    ['640', 1200],
    [null, 1200],
  ]) {
    await say(frame, { type: 'request-resize', data: { height: wish } });
    await expect.poll(height).toBe(result);
  }
  await expect.poll(() => logged(page, 'request-resize').count()).toBe(5);
});

test('messages from other windows and origins do nothing and are not logged', async () => {
  const page = await openDashboard(stage);
  const frame = await cardFrame(page, 0);
  // The right origin, the wrong window.
  await frame.evaluate(() => {
    const inner = document.createElement('iframe');
    document.body.append(inner);
    const script = inner.contentDocument?.createElement('script');
    if (!script) throw new Error('No inner page');
    script.text = "top.postMessage({ type: 'ready' }, '*')";
    inner.contentDocument?.body.append(script);
  });
  await page.evaluate(() => window.postMessage({ type: 'ready' }, '*'));
  // The right window, gone to another card's origin.
  await frame.goto(stage.cards[1]?.url ?? '');
  await say(await cardFrame(page, 0), { type: 'ready' });
  await say(await cardFrame(page, 1), { type: 'ping' });
  await logged(page, 'ping').waitFor();
  expect(await page.locator('#bridge-log li').count()).toBe(1);
  expect(await state(page, 0)).toBe('loading');
});

test('hostile messages are logged as text and break nothing', async () => {
  const page = await openDashboard(stage);
  const errors: Error[] = [];
  page.on('pageerror', (error) => errors.push(error));
  const frame = await cardFrame(page, 0);
  for (const message of [null, 7, 'ready', [], { type: 3 }, { type: '<img src=x onerror=alert(1)>' }]) {
    await say(frame, message);
  }
  await say(frame, { type: 'request-resize' });
  await say(frame, { type: 'click-link', data: { href: 'javascript:alert(1)' } });
  await logged(page, 'click-link').waitFor();
  expect(await page.locator('#bridge-count').textContent()).toBe('8');
  expect(await page.locator('#bridge-log img').count()).toBe(0);
  expect(errors).toEqual([]);
});

test('request-refresh loads the configured address again, at most once in ten seconds', async () => {
  const page = await openDashboard(stage);
  const before = loadsOf('Your accounts');
  const frame = await cardFrame(page, 0);
  await frame.evaluate(() => history.replaceState(null, '', '/card'));
  await say(frame, { type: 'request-refresh' });
  await expect.poll(() => loadsOf('Your accounts')).toBe(before + 1);
  await say(await cardFrame(page, 0), { type: 'request-refresh' });
  await expect.poll(() => logged(page, 'request-refresh').count()).toBe(2);
  expect(await logged(page, 'request-refresh').last().textContent()).toContain('too soon');
  expect(loadsOf('Your accounts')).toBe(before + 1);
});

test('request-sync makes the bank read its own accounts again', async () => {
  const page = await openDashboard(stage);
  expect(await page.locator('#synced').textContent()).toBe('');
  await say(await cardFrame(page, 1), { type: 'request-sync' });
  await expect.poll(() => page.locator('#synced').textContent()).toContain('Read again at');
  expect(await logged(page, 'request-sync').textContent()).toContain('Savings goal');
});

test('ping and request-close are noted, and leave the card where it is', async () => {
  const page = await openDashboard(stage);
  const frame = await cardFrame(page, 1);
  for (const type of ['ping', 'request-close']) await say(frame, { type });
  await expect.poll(() => page.locator('#bridge-log li').count()).toBe(2);
  expect(await logged(page, 'request-close').textContent()).toContain('cannot be closed');
  expect(await frame.locator('#blank-card').count()).toBe(1);
});

test('the history events reach every card, and only at its own origin', async () => {
  const page = await openDashboard(stage);
  const [here, away] = [await cardFrame(page, 0), await cardFrame(page, 1)];
  await away.goto(stage.cards[0]?.url ?? '');
  for (const frame of [here, await cardFrame(page, 1)])
    await frame.evaluate(() => {
      const heard: unknown[] = [];
      addEventListener('message', ({ data }) => heard.push(data));
      Object.assign(window, { heard });
    });
  await page.getByRole('button', { name: 'Tell cards: back' }).click();
  await page.getByRole('button', { name: 'forward' }).click();
  await expect
    .poll(() => here.evaluate('heard'))
    .toEqual([{ type: 'history-back' }, { type: 'history-forward' }]);
  expect(await (await cardFrame(page, 1)).evaluate('heard')).toEqual([]);
  expect(await logged(page, 'history-back').count()).toBe(2);
});
