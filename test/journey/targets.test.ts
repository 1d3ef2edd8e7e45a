/** Every control is at least 24 by 24 CSS px (WCAG 2.2, 2.5.8), in the smallest card and on the narrowest page. */
import type { Page } from 'playwright';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { focused } from './focus.ts';
import { type Stage, startStage, type Visit } from './stage.ts';

const FACES = [
  { width: 512, height: 300 },
  { width: 264, height: 200 },
];

let stage: Stage;
let visit: Visit;
beforeAll(async () => {
  stage = await startStage();
  visit = await stage.open();
  await visit.visit('everyday');
}, 60_000);
afterAll(() => stage?.close());
afterEach(() => {
  stage.bank.switches.fault = 'none';
});

test('the face', async () => {
  await visit.visit('many');
  for (const size of FACES) {
    const page = await open('/auth', size);
    await page.getByRole('button', { name: 'Hide amounts' }).waitFor();
    await page.getByRole('link', { name: /see all accounts/ }).waitFor();
    expect(await tooSmall(page)).toEqual([]);
  }
});

test.for(['html', '403', '429'] as const)('a message (%s)', async (fault) => {
  stage.bank.switches.fault = fault;
  for (const size of FACES) {
    const page = await open('/auth', size);
    await page.locator('.message').waitFor();
    expect(await tooSmall(page)).toEqual([]);
  }
});

test('the face that could not be updated', async () => {
  const page = await open('/auth', { width: 264, height: 200 });
  stage.bank.switches.fault = '503';
  await page.getByRole('button', { name: 'Refresh balances' }).click();
  await page.getByText('Couldn’t update.').first().waitFor();
  expect(await tooSmall(page)).toEqual([]);
});

test('the skeleton that never ends', async () => {
  const page = await open('/auth', { width: 264, height: 200 });
  await page.route('**/*.js', (route) => route.abort());
  await page.goto(`${stage.cards.ownSite}/auth`, { waitUntil: 'domcontentloaded' });
  const link = page.locator('.skeleton-stalled a');
  await link.waitFor({ state: 'attached' });
  expect(await tooSmall(page)).toEqual([]);
  await page.unroute('**/*.js');
});

test('the expanded view, with everything unfolded', async () => {
  await visit.visit('everyday');
  const page = await open('/expanded', { width: 320, height: 640 });
  await page.locator('recent-transactions').scrollIntoViewIfNeeded();
  await page.getByRole('searchbox').waitFor();
  expect(await tooSmall(page)).toEqual([]);
  for (const folded of await page.locator('summary').all()) await folded.click();
  expect(await tooSmall(page)).toEqual([]);
});

test('a long history: “Show more” can be hit, and after a press by keyboard the focus is still there', async () => {
  await visit.visit('many');
  const page = await open('/expanded', { width: 320, height: 640 });
  await page.locator('recent-transactions').scrollIntoViewIfNeeded();
  const more = page.getByRole('button', { name: 'Show more' });
  await more.waitFor();
  expect(await tooSmall(page)).toEqual([]);

  const rows = page.locator('recent-transactions').getByRole('listitem');
  await more.focus();
  const before = await rows.count();
  await page.keyboard.press('Enter');
  await expect.poll(() => rows.count()).toBeGreaterThan(before);
  expect((await focused(page))?.name).toBe('Show more');
});

async function open(path: string, size: { width: number; height: number }): Promise<Page> {
  const { page } = visit;
  await page.setViewportSize(size);
  await page.goto(`${stage.cards.ownSite}${path}`);
  return page;
}

/** A sentence for each control that is drawn too small; also a check that there is any. */
async function tooSmall(page: Page): Promise<string[]> {
  const controls = await page
    .locator('a[href], button, input, select, summary, [tabindex="0"]')
    .evaluateAll((elements) =>
      elements
        .filter((element) => element.getClientRects().length > 0)
        .map((element) => {
          const { width, height } = element.getBoundingClientRect();
          const name = element.getAttribute('aria-label') ?? element.textContent?.trim().replace(/\s+/g, ' ');
          return { name: `<${element.localName}> ${name}`, width, height };
        }),
    );
  expect(controls.length).toBeGreaterThan(0);
  return controls
    .filter(({ width, height }) => width < 24 || height < 24)
    .map(({ name, width, height }) => `${name}: ${width} x ${height}`);
}
