/** The expanded view with nothing but a keyboard: every stop is seen, every control works, no focus is lost. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { focused, isInReadingOrder, walk } from './focus.ts';
import { type Stage, startStage, type Visit } from './stage.ts';

const ACCOUNTS = ['Everyday Checking', 'Rainy Day Savings', 'Platinum Card', 'Home Loan'];
const STOPS = [
  /^‹?\s*Back to dashboard$/,
  /^Hide amounts$/,
  /^Refresh balances$/,
  ...ACCOUNTS.flatMap((name) => [
    new RegExp(`^${name} ending in \\d{4} `),
    new RegExp(`^Details of ${name}$`),
  ]),
  /^Show as a table$/,
  /^Search transactions$/,
  /^Account$/,
];

let stage: Stage;
let visit: Visit;
beforeAll(async () => {
  stage = await startStage();
  visit = await stage.open();
  await visit.visit('everyday');
  const { page } = visit;
  await page.goto(`${stage.cards.ownSite}/expanded`);
  await page.getByRole('button', { name: 'Hide amounts' }).waitFor();
  // The part below is read once it comes into sight, as it does on the keyboard's way.
  await page.locator('recent-transactions').scrollIntoViewIfNeeded();
  await page.getByText('17 transactions', { exact: true }).first().waitFor();
  await page.evaluate(() => scrollTo(0, 0));
}, 60_000);
afterAll(() => stage?.close());

test('Tab goes through the page as it is seen, shows where it is, and leads out again; Shift+Tab goes back', async () => {
  const { page } = visit;
  const stops = await walk(page, page, 'Tab');
  expect(stops.map(({ name }) => name)).toEqual(STOPS.map((name) => expect.stringMatching(name)));
  expect(stops.filter(({ hiddenBy }) => hiddenBy.length > 0)).toEqual([]);
  expect(isInReadingOrder(stops)).toBe(true);
  // A page on top of a browser may have no way out at its beginning: as many steps as there are stops.
  const back: (string | undefined)[] = [];
  for (const _ of stops) {
    await page.keyboard.press('Shift+Tab');
    back.push((await focused(page))?.name);
  }
  expect(back).toEqual(stops.map(({ name }) => name).reverse());
});

test('Enter and Space open and close what is folded', async () => {
  const { page } = visit;
  for (const name of ['Details of Everyday Checking', 'Show as a table']) {
    await tabTo(name);
    for (const [key, isOpen] of [
      ['Enter', true],
      ['Space', false],
    ] as const) {
      await page.keyboard.press(key);
      const details = page.locator('details').filter({ hasText: name });
      await expect.poll(() => details.evaluate((element) => element.hasAttribute('open'))).toBe(isOpen);
      expect((await focused(page))?.name).toBe(name);
    }
  }
});

test('what is typed into the search narrows the list, and the focus stays where it is typed', async () => {
  const { page } = visit;
  await tabTo('Search transactions');
  await page.keyboard.type('corner');
  await page.getByText('1 transaction', { exact: true }).first().waitFor();
  expect((await focused(page))?.name).toBe('Search transactions');
  await page.keyboard.press('Escape');
  await page.getByText('17 transactions', { exact: true }).first().waitFor();
  expect((await focused(page))?.name).toBe('Search transactions');
});

test('the account is chosen by arrow keys, and the focus stays on the choice', async () => {
  const { page } = visit;
  await tabTo('Account');
  await page.keyboard.press('ArrowDown');
  await page.getByText('12 transactions', { exact: true }).first().waitFor();
  expect((await focused(page))?.name).toBe('Account');
  await page.keyboard.press('Home');
  await page.getByText('17 transactions', { exact: true }).first().waitFor();
});

test('amounts are hidden and shown, balances refreshed, and the focus stays', async () => {
  const { page } = visit;
  await tabTo('Hide amounts');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Hide amounts', pressed: true }).waitFor();
  await page.keyboard.press('Space');
  await page.getByRole('button', { name: 'Hide amounts', pressed: false }).waitFor();
  expect((await focused(page))?.name).toBe('Hide amounts');
  await tabTo('Refresh balances');
  await page.keyboard.press('Enter');
  const refresh = page.getByRole('button', { name: 'Refresh balances' });
  await expect.poll(() => refresh.getAttribute('aria-disabled')).toBe('true');
  await expect.poll(() => refresh.getAttribute('aria-disabled'), { timeout: 4_000 }).not.toBe('true');
  expect((await focused(page))?.name).toBe('Refresh balances');
});

test('Enter on an account leads to the bank’s accounts, and “Back to dashboard” to the dashboard', async () => {
  const { page } = visit;
  const asked: string[] = [];
  await page.route(`${stage.bank.origin}/**`, async (route) => {
    asked.push(route.request().url());
    await route.fulfill({ status: 204 });
  });
  for (const control of [/^Everyday Checking ending/, /Back to dashboard$/]) {
    await tabTo(control);
    await page.keyboard.press('Enter');
  }
  await expect.poll(() => asked).toEqual([`${stage.bank.origin}/accounts`, `${stage.bank.origin}/`]);
});

test('there was no policy violation, no error, no request to elsewhere', () => {
  expect(stage.incidents).toEqual([]);
});

/** From the top down, as a person finds it. */
async function tabTo(name: string | RegExp): Promise<void> {
  const { page } = visit;
  await page.getByRole('link', { name: 'Back to dashboard' }).focus();
  for (const _ of STOPS) {
    const here = (await focused(page))?.name ?? '';
    if (typeof name === 'string' ? here === name : name.test(here)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never came to ${name}`);
}
