/** Colour scheme, forced colours and reduced motion, as the customer's system asks for them, while the card is open. */
import type { Frame, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { focused } from './focus.ts';
import { type Stage, startStage } from './stage.ts';

/** Of the sandbox bank's own theme. */
const LIGHT = { paper: 'rgb(255, 255, 255)', ink: 'rgb(35, 25, 7)', brand: 'rgb(0, 119, 89)' };
const DARK = { paper: 'rgb(32, 32, 30)', ink: 'rgb(230, 230, 230)', brand: 'rgb(79, 201, 171)' };

let stage: Stage;
let page: Page;
let framed: Frame;
beforeAll(async () => {
  stage = await startStage();
  const visit = await stage.open();
  page = visit.page;
  // The theme comes with the second page of a card at the latest.
  for (const _ of ['first', 'second']) {
    await visit.visit('everyday');
    framed = await visit.card(stage.cards.ownSite);
    await framed.getByRole('button', { name: 'Hide amounts' }).waitFor();
  }
}, 60_000);
afterAll(() => stage?.close());
afterEach(async () => {
  stage.bank.switches.latencyMs = 0;
  await page.emulateMedia({ colorScheme: 'light', forcedColors: 'none', reducedMotion: 'no-preference' });
});

test('in its frame, an open card follows the scheme without a reload, in the institution’s colours', async () => {
  await framed.evaluate(() => Object.assign(window, { isSamePage: true }));
  for (const [colorScheme, colours] of [
    ['dark', DARK],
    ['light', LIGHT],
    ['dark', DARK],
  ] as const) {
    await page.emulateMedia({ colorScheme });
    await expect.poll(() => coloursOf(framed)).toEqual({ ...colours, page: colours.paper });
    expect(await motions(framed)).toEqual([]);
  }
  expect(await framed.evaluate('isSamePage')).toBe(true);
});

test.for(['/card', '/expanded'])('no colour fades: nothing in %s has a transition', async (path) => {
  await openCard(path);
  const durations = await page
    .locator('*')
    .evaluateAll((elements) => elements.map((element) => getComputedStyle(element).transitionDuration));
  // Empty for what is not drawn at all, as the skeleton once the card is there.
  expect(new Set(durations).difference(new Set(['0s', '']))).toEqual(new Set());
});

test.for(['light', 'dark'] as const)(
  '%s: the skeleton already stands on the card’s paper',
  async (colorScheme) => {
    await page.emulateMedia({ colorScheme });
    await openSkeleton();
    const before = await style('body', 'background-color');
    await page.getByRole('button', { name: 'Hide amounts' }).waitFor();
    expect(await style('account-card', 'background-color')).toBe(before);
    expect(await style('body', 'background-color')).toBe(before);
  },
);

test('forced colours: lines, icons, the bar and the focus are drawn in them', async () => {
  await page.emulateMedia({ forcedColors: 'active', colorScheme: 'dark' });
  await openCard('/card');
  const paper = await style('body', 'background-color');
  for (const [selector, property] of [
    ['.rows li', 'border-top-color'],
    ['svg', 'stroke'],
    ['.yours', 'background-color'],
    ['.owed', 'background-color'],
    ['.headline', 'color'],
  ] as const) {
    expect(await style(selector, property), selector).not.toBe(paper);
  }
  await page.keyboard.press('Tab');
  expect(await focused(page)).toMatchObject({ name: 'Hide amounts', hiddenBy: [] });
});

test('reduced motion: nothing moves while the card loads, nor while it refreshes', async () => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openSkeleton();
  expect(await motions(page)).toEqual([]);
  await startRefresh();
  expect(await motions(page)).toEqual([]);
});

test('without that wish the skeleton breathes, and the icon turns for as long as the card refreshes', async () => {
  await openSkeleton();
  expect(new Set(await motions(page))).toEqual(new Set(['skeleton-breathe']));
  await startRefresh();
  expect(await motions(page)).toEqual(['turn']);
  await expect.poll(() => motions(page), { timeout: 3_000 }).toEqual([]);
});

test('there was no policy violation, no error, no request to elsewhere', () => {
  expect(stage.incidents).toEqual([]);
});

async function openCard(path: string): Promise<void> {
  await page.setViewportSize({ width: 512, height: 300 });
  await page.goto(`${stage.cards.ownSite}${path}`);
  await page.getByRole('button', { name: 'Hide amounts' }).waitFor();
}

async function openSkeleton(): Promise<void> {
  await page.setViewportSize({ width: 512, height: 300 });
  stage.bank.switches.latencyMs = 400;
  await page.goto(`${stage.cards.ownSite}/auth`, { waitUntil: 'commit' });
  await page.locator('.skeleton-shape').waitFor({ state: 'attached' });
  expect(await page.locator('#card-boot').count()).toBe(0);
}

async function startRefresh(): Promise<void> {
  const refresh = page.getByRole('button', { name: 'Refresh balances' });
  await refresh.click();
  await expect.poll(() => refresh.getAttribute('aria-disabled')).toBe('true');
}

async function coloursOf(frame: Frame) {
  return {
    page: await style('body', 'background-color', frame),
    paper: await style('account-card', 'background-color', frame),
    ink: await style('.headline', 'color', frame),
    brand: await style('.yours', 'background-color', frame),
  };
}

function style(selector: string, property: string, place: Frame | Page = page): Promise<string> {
  return place
    .locator(selector)
    .first()
    .evaluate((element, name) => getComputedStyle(element).getPropertyValue(name), property);
}

/** Names of what moves, in every shadow root; what only waits to be shown, as the skeleton's way out, does not. */
function motions(place: Frame | Page): Promise<string[]> {
  return place.locator('*').evaluateAll((elements) =>
    elements
      .flatMap((element) => element.getAnimations())
      .map((animation) => (animation instanceof CSSAnimation ? animation.animationName : 'transition'))
      .filter((name) => name !== 'skeleton-reveal'),
  );
}
