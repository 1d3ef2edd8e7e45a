/** A single External Application: the card's own address, opened full screen, becomes the expanded view by its size. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { focused } from './focus.ts';
import { type Stage, startStage, type Visit } from './stage.ts';

const PHONE = { width: 390, height: 780 };
const PHONE_TURNED = { width: 780, height: 390 };
const CARD = { width: 358, height: 300 };

let stage: Stage;
let visit: Visit;
beforeAll(async () => {
  stage = await startStage();
}, 60_000);
afterAll(() => stage?.close());
beforeEach(async () => {
  visit = await stage.open();
  await visit.visit('everyday');
});
afterEach(() => visit.context.close());

test('in a big window of a browser: the expanded view, and the way back to the dashboard', async () => {
  const { page } = visit;
  await page.goto(`${stage.cards.ownSite}/auth`);
  await page.getByRole('heading', { name: 'Loans' }).waitFor();
  expect(new URL(page.url()).pathname).toBe('/card');
  await page.getByRole('link', { name: 'Back to dashboard' }).click();
  await page.waitForURL(`${stage.bank.origin}/`);
});

test('where the expanded view cannot be had, the face stands in for it, with the way back', async () => {
  const { page } = visit;
  await page.route('**/assets/expanded-view-*', (route) => route.abort());
  await page.goto(`${stage.cards.ownSite}/expanded`);
  await page.waitForSelector('account-card >> text=$1,234.56');
  await page.getByRole('link', { name: 'Back to dashboard' }).click();
  await page.waitForURL(`${stage.bank.origin}/`);
});

test('on the dashboard, as on a phone’s, there is nothing extra', async () => {
  const { page } = visit;
  for (const view of ['online', 'phone-360', 'phone-320']) {
    await page.goto(`${stage.dashboardUrl}?view=${view}`, { waitUntil: 'domcontentloaded' });
    const frame = await visit.card(stage.cards.ownSite);
    await frame.getByRole('button', { name: 'Hide amounts' }).waitFor();
    expect(await frame.getByText('Back to dashboard').count()).toBe(0);
    expect(await frame.getByRole('heading', { name: 'Loans' }).count()).toBe(0);
  }
});

test('full screen in a phone’s web view: the expanded view without a way back, which closes when asked to', async () => {
  const { page, said } = await openInWebView(PHONE);
  await page.getByRole('heading', { name: 'Loans' }).waitFor();
  expect(await page.getByText('Back to dashboard').count()).toBe(0);
  await expect.poll(said).toEqual(['ready']);
  await page.evaluate(() => postMessage({ type: 'history-back' }));
  await expect.poll(said).toEqual(['ready', 'request-close']);
});

test('as a card in a phone’s web view: the face, which stays', async () => {
  const { page, said } = await openInWebView(CARD);
  await page.locator('.face').waitFor();
  await expect.poll(said).toEqual(['ready']);
  await page.evaluate(() => postMessage({ type: 'history-back' }));
  await page.getByRole('link', { name: /^Everyday Checking/ }).click();
  // The host's word on the link comes after what it would have said on the way back.
  await expect.poll(said).toEqual(['ready', 'click-link']);
});

test('turning the phone changes the view at once, and keeps data, choice and focus', async () => {
  const { page, said } = await openInWebView(PHONE);
  await page.getByRole('heading', { name: 'Loans' }).waitFor();
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  await page.getByRole('button', { name: 'Hide amounts' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Hide amounts', pressed: true }).waitFor();
  for (const [size, view] of [
    [PHONE_TURNED, '.face'],
    [PHONE, '.page'],
    [PHONE_TURNED, '.face'],
  ] as const) {
    await page.setViewportSize(size);
    await page.locator(view).waitFor();
    await page.getByRole('button', { name: 'Hide amounts', pressed: true }).waitFor();
    await page.getByText('Everyday Checking').first().waitFor();
    expect(await focused(page)).not.toBeNull();
  }
  expect(requests.filter((url) => /\/auth|\/api\/accounts$|\/expanded/.test(url))).toEqual([]);
  expect(said()).toEqual(['ready']);
});

test('a phone’s keyboard takes half of the screen, but not the page from whoever is typing', async () => {
  const { page } = await openInWebView(PHONE);
  await page.locator('recent-transactions').scrollIntoViewIfNeeded();
  const search = page.getByRole('searchbox');
  await search.focus();
  await page.setViewportSize({ ...PHONE, height: 420 });
  await page.keyboard.type('corner');
  await page.getByText('1 transaction', { exact: true }).first().waitFor();
  await page.setViewportSize(PHONE);
  expect(await search.inputValue()).toBe('corner');
  expect((await focused(page))?.name).toBe('Search transactions');
});

test('I18 there was no policy violation, no error, no request to elsewhere', () => {
  const expected = 'console: Failed to load resource: net::ERR_FAILED';
  expect(stage.incidents.filter((incident) => incident !== expected)).toEqual([]);
});

async function openInWebView(size: { width: number; height: number }) {
  const { page } = visit;
  // The dashboard's own cards may still be loading: they would speak up, too.
  await page.goto('about:blank');
  const said: string[] = [];
  await page.exposeFunction('saidToHost', (type: string) => void said.push(type));
  await page.addInitScript(() => {
    const { saidToHost } = window as unknown as { saidToHost(type: string): void };
    const postMessage = ({ type }: { type: string }) => saidToHost(type);
    Object.assign(window, { webkit: { messageHandlers: { bannoIOSBridge: { postMessage } } } });
  });
  await page.setViewportSize(size);
  await page.goto(`${stage.cards.ownSite}/auth`);
  await page.getByRole('button', { name: 'Hide amounts' }).waitFor();
  return { page, said: () => said.filter((type) => type !== 'ping' && type !== 'request-resize') };
}
