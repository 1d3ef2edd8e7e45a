/** Names, roles and order as a screen reader hears them, in both languages; hidden amounts in neither. */
import type { Frame, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { EXPANDED, FACE, TRANSACTION_CONTROLS } from './heard.ts';
import { type Stage, startStage, type Visit } from './stage.ts';

const PERSONAS = ['everyday', 'spanish'] as const;
const HIDE = /^(Hide amounts|Ocultar importes)$/;
const WORDS = {
  everyday: { hidden: 'amount hidden', name: 'Everyday Checking' },
  spanish: { hidden: 'importe oculto', name: 'Cuenta corriente' },
};
/** Anything with cents or with a currency; an interest rate is no amount. */
const AMOUNT = /[$€]|\d[.,]\d\d\b/;
const NAMELESS = /^\s*- (button|link|img|term|heading|searchbox|combobox)( \[.*\])?:?$/m;

let stage: Stage;
let visit: Visit;
beforeAll(async () => {
  stage = await startStage();
}, 60_000);
afterAll(() => stage?.close());
afterEach(() => visit.context.close());

test.for(PERSONAS)('%s: the face, before and after its amounts are hidden', async (persona) => {
  visit = await stage.open();
  await visit.visit(persona);
  const frame = await visit.card(stage.cards.ownSite);
  await frame.getByRole('button', { name: HIDE }).waitFor();
  await expect.poll(() => heard(frame)).toBe(FACE[persona].trim());
  await expectNothingLeaks(frame, persona);
});

test.for(PERSONAS)('%s: the expanded view, before and after its amounts are hidden', async (persona) => {
  const page = await openExpanded(persona);
  await expect.poll(async () => (await heard(page)).startsWith(EXPANDED[persona].trim())).toBe(true);
  const controls = (text: string) =>
    text
      .slice(text.search(/- heading "(Recent transactions|Movimientos recientes)"/))
      .split('\n')
      .map((line) => line.trim().replace(/[\u2068\u2069]/g, ''))
      .filter((line) => /^- (heading .*\[level=2\]|searchbox|combobox|option)/.test(line))
      .join('\n');
  expect(controls(await heard(page))).toBe(TRANSACTION_CONTROLS[persona].trim());

  for (const folded of await page.locator('summary').all()) await folded.click();
  await expectNothingLeaks(page, persona);
});

test('a refresh is told once when it begins and once when it ends, and no amount aloud', async () => {
  visit = await stage.open();
  await visit.visit('everyday');
  const frame = await visit.card(stage.cards.ownSite);
  const status = frame.locator('account-card').getByRole('status');
  await expect.poll(() => status.textContent()).toBe('Your accounts are shown.');
  await status.evaluate((region) => {
    const told: (string | null)[] = [];
    Object.assign(window, { told });
    const watch = new MutationObserver(() => told.push(region.textContent));
    watch.observe(region, { characterData: true, childList: true, subtree: true });
  });
  await frame.getByRole('button', { name: 'Refresh balances' }).click();
  await frame.getByText('Updated just now').waitFor();
  await expect.poll(() => frame.evaluate('told')).toEqual(['Updating…', 'Your balances are up to date.']);
});

test('the page and its frame say what they are, in the customer’s language', async () => {
  const page = await openExpanded('spanish');
  expect(await page.title()).toBe('Sus cuentas');
  expect(await page.evaluate(() => document.documentElement.lang)).toMatch(/^es/);
  expect(await page.getByRole('main').count()).toBe(1);
  expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
});

async function openExpanded(persona: string): Promise<Page> {
  visit = await stage.open();
  await visit.visit(persona);
  const { page } = visit;
  await page.goto(`${stage.cards.ownSite}/expanded`);
  await page.getByRole('button', { name: HIDE }).waitFor();
  await page.locator('recent-transactions').scrollIntoViewIfNeeded();
  await page.getByRole('searchbox').waitFor();
  return page;
}

/** Without addresses, which a screen reader does not read by itself, and without what the day decides. */
async function heard(place: Frame | Page): Promise<string> {
  const snapshot = await place.locator('body').ariaSnapshot();
  return snapshot
    .split('\n')
    .filter((line) => !line.trim().startsWith('- /url:'))
    .map((line) => line.replace(/^(\s*- link ".*"):$/, '$1'))
    .join('\n')
    .replace(/(Updated|Actualizado hace) \d+ min/, '$1 N min')
    .replace(/due [A-Z]\w+ \d+(, \d+)?/g, 'due DATE')
    .replace(/vence el \d+ \p{L}+( \d+)?/gu, 'vence el DATE');
}

async function expectNothingLeaks(place: Frame | Page, persona: keyof typeof WORDS): Promise<void> {
  const { hidden, name } = WORDS[persona];
  await place.getByRole('button', { name: HIDE }).click();
  await expect.poll(() => heard(place)).toContain(`img "${hidden}"`);
  expect(await heard(place)).not.toMatch(NAMELESS);
  // The whole page, its live regions and its attributes too, in every shadow root.
  const everything = await place
    .locator('body *')
    .evaluateAll((elements) =>
      elements
        .flatMap((each) => [each.textContent ?? '', ...[...each.attributes].map(({ value }) => value)])
        .join('\n'),
    );
  for (const told of [await heard(place), everything]) {
    expect(told).toContain(name);
    expect(told).not.toMatch(AMOUNT);
  }
}
