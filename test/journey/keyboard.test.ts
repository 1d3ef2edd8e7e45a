/** The card on the dashboard with nothing but a keyboard: every stop is seen, every control works, no focus is lost. */
import type { Frame } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { focused, isInReadingOrder, walk } from './focus.ts';
import { type Stage, startStage, type Visit } from './stage.ts';

const ROWS = [
  'Everyday Checking ending in 1234 $1,234.56 available',
  'Rainy Day Savings ending in 5678 $8,310.20 available',
  expect.stringMatching(/^Platinum Card ending in 9012 \$35\.00 due .+ \$790\.10 owed$/),
  expect.stringMatching(/^Home Loan ending in 3456 \$812\.55 due .+ \$70,422\.00 owed$/),
];

let stage: Stage;
let visit: Visit;
let frame: Frame;
beforeAll(async () => {
  stage = await startStage();
}, 60_000);
afterAll(() => stage?.close());
beforeEach(async () => {
  visit = await stage.open();
  frame = await openCard('everyday');
});
afterEach(async () => {
  stage.bank.switches.fault = 'none';
  await visit.context.close();
});

test('Tab goes through the card as it is seen, shows where it is, and leads out again; Shift+Tab back', async () => {
  await host(' .ellipsis').focus();
  const stops = await walk(visit.page, frame, 'Tab');
  expect(stops.map(({ name }) => name)).toEqual(['Hide amounts', 'Refresh balances', ...ROWS]);
  expect(stops.filter(({ hiddenBy }) => hiddenBy.length > 0)).toEqual([]);
  expect(isInReadingOrder(stops)).toBe(true);
  expect(await host(' .pill').evaluate((link) => link === document.activeElement)).toBe(true);

  const back = await walk(visit.page, frame, 'Shift+Tab');
  expect(back.map(({ name }) => name)).toEqual(stops.map(({ name }) => name).reverse());
  expect(await host(' .ellipsis').evaluate((button) => button === document.activeElement)).toBe(true);
});

test('Space hides the amounts, Enter shows them, and the focus stays on the switch', async () => {
  await tabTo('Hide amounts');
  for (const [key, pressed] of [
    ['Space', true],
    ['Enter', false],
  ] as const) {
    await visit.page.keyboard.press(key);
    await frame.getByRole('button', { name: 'Hide amounts', pressed }).waitFor();
    expect((await focused(frame))?.name).toBe('Hide amounts');
  }
  await frame.waitForSelector('account-card >> text=Home Loan');
});

test('Enter refreshes, and the focus stays on the button from beginning to end', async () => {
  await tabTo('Refresh balances');
  const refresh = frame.getByRole('button', { name: 'Refresh balances' });
  await visit.page.keyboard.press('Enter');
  await expect.poll(() => refresh.getAttribute('aria-disabled')).toBe('true');
  expect((await focused(frame))?.name).toBe('Refresh balances');
  await expect.poll(() => refresh.getAttribute('aria-disabled'), { timeout: 4_000 }).not.toBe('true');
  expect((await focused(frame))?.name).toBe('Refresh balances');
});

test('Enter on an account asks the host to show the accounts', async () => {
  await stayOn(`${stage.bank.origin}/accounts`);
  await tabTo('Refresh balances');
  await visit.page.keyboard.press('Tab');
  await visit.page.keyboard.press('Enter');
  expect(await loggedLink()).toContain(`{"href":"${stage.bank.origin}/accounts","external":false}`);
  expect((await focused(frame))?.name).toMatch(/^Everyday Checking/);
});

test('Enter on “N more” asks the host for the expanded view', async () => {
  frame = await openCard('many');
  const expanded = `${stage.cards.ownSite}/expanded`;
  await stayOn(expanded);
  await host(' .pill').focus();
  await visit.page.keyboard.press('Shift+Tab');
  const stop = await focused(frame);
  expect(stop?.name).toMatch(/^\d+ more, see all accounts/);
  expect(stop?.hiddenBy).toEqual([]);
  await visit.page.keyboard.press('Enter');
  expect(await loggedLink()).toContain(`{"href":"${expanded}","external":false}`);
});

test('a message has its one next step, Enter takes it, and the focus stays in the card', async () => {
  stage.bank.switches.fault = 'html';
  frame = await reloadCard();
  await host(' .ellipsis').focus();
  await visit.page.keyboard.press('Tab');
  const stop = await focused(frame);
  expect(stop).toMatchObject({ name: 'Try again', hiddenBy: [] });

  stage.bank.switches.fault = 'none';
  await visit.page.keyboard.press('Enter');
  await frame.waitForSelector('account-card >> text=Home Loan');
  expect(await host(' iframe').evaluate((iframe) => iframe === document.activeElement)).toBe(true);
  await frame.getByRole('button', { name: 'Hide amounts' }).waitFor();
  await visit.page.keyboard.press('Tab');
  expect((await focused(frame))?.name).toBe('Hide amounts');
});

test('there was no policy violation, no error, no request to elsewhere', () => {
  expect(stage.incidents.filter((incident) => !incident.includes('status of 502'))).toEqual([]);
});

function host(selector: string) {
  return visit.page.locator(`[data-card="0"]${selector}`);
}

async function openCard(persona: string): Promise<Frame> {
  await visit.visit(persona);
  await host('[data-state="ready"]').waitFor();
  const opened = await visit.card(stage.cards.ownSite);
  await opened.getByRole('button', { name: 'Hide amounts' }).waitFor();
  // What the face has room for is settled once the host has had its time to answer.
  await opened.locator('.asking').waitFor({ state: 'detached' });
  return opened;
}

async function reloadCard(): Promise<Frame> {
  await host(' .ellipsis').click();
  await host(' [data-reload]').click();
  await host('[data-state="ready"]').waitFor();
  return visit.card(stage.cards.ownSite);
}

async function tabTo(name: string): Promise<void> {
  await host(' .ellipsis').focus();
  do await visit.page.keyboard.press('Tab');
  while ((await focused(frame))?.name !== name);
}

/** An answer without content leaves the dashboard and its log where they are. */
async function stayOn(url: string): Promise<void> {
  await visit.page.route(url, (route) => route.fulfill({ status: 204 }));
}

async function loggedLink(): Promise<string> {
  const entry = visit.page.locator('#bridge-log li[data-type="click-link"]');
  await entry.waitFor();
  expect(await entry.count()).toBe(1);
  return (await entry.textContent()) ?? '';
}
