/** What a customer does in the card's full page, one interaction at a time, and how it is seen that it was done. */
import type { Locator, Page } from 'playwright';

export interface Step {
  name: string;
  /** Not measured. */
  prepare(page: Page): Promise<unknown>;
  act(page: Page): Promise<void>;
  /** @throws unless the page shows what it should. */
  check(page: Page): Promise<unknown>;
}

const ALL = 2_000;
/** What is shown at a time, and what each account has. */
const FEW = 50;
const WITHIN_MS = 10_000;
const WORD = 'lantern';

const press = (key: string) => (page: Page) => page.keyboard.press(key);
const field = (page: Page) => page.getByLabel('Search transactions');
const choice = (page: Page) => page.getByRole('combobox');
const details = (page: Page) => page.locator('details.more summary').first();
const table = (page: Page) => page.getByText('Show as a table');
const hide = (page: Page) => page.getByRole('button', { name: 'Hide amounts' });
const listAnd = (control: (page: Page) => Locator) => async (page: Page) => {
  await list(page, ALL);
  await control(page).focus();
};

/** In this order: some steps begin where the one before has led. */
export const STEPS: readonly Step[] = [
  {
    name: 'show more',
    prepare: async (page) => {
      await list(page, ALL - FEW);
      await page.getByRole('button', { name: 'Show more' }).evaluate((button) => {
        button.focus({ preventScroll: true });
      });
    },
    act: press('Enter'),
    check: (page) => expectRows(page, ALL),
  },
  {
    name: 'Tab',
    prepare: listAnd(field),
    act: press('Tab'),
    check: (page) => expectFocus(choice(page)),
  },
  {
    name: 'open details',
    prepare: (page) => details(page).scrollIntoViewIfNeeded(),
    act: (page) => details(page).click(),
    check: (page) => page.locator('details.more[open]').first().waitFor(),
  },
  {
    name: 'close details',
    prepare: (page) => details(page).scrollIntoViewIfNeeded(),
    act: (page) => details(page).click(),
    check: (page) => expectCount(page.locator('details.more[open]'), 0),
  },
  {
    name: 'hide amounts',
    prepare: (page) => hide(page).scrollIntoViewIfNeeded(),
    act: (page) => hide(page).click(),
    check: (page) => expectCount(page.locator('recent-transactions .money', { hasText: '$' }), 0),
  },
  {
    name: 'show amounts',
    prepare: (page) => hide(page).scrollIntoViewIfNeeded(),
    act: (page) => hide(page).click(),
    check: (page) => expectCount(page.locator('.entry > .money', { hasText: '$' }), ALL),
  },
  {
    name: 'open the table',
    prepare: (page) => table(page).scrollIntoViewIfNeeded(),
    act: (page) => table(page).click(),
    check: async (page) => {
      await page.getByRole('table').waitFor();
      await table(page).click();
    },
  },
  {
    name: 'type a letter',
    prepare: listAnd(field),
    act: press(WORD.charAt(0)),
    check: (page) => expectText(page, WORD.charAt(0), FEW),
  },
  {
    name: 'delete it',
    prepare: async () => {},
    act: press('Backspace'),
    check: (page) => expectText(page, '', FEW),
  },
  {
    name: 'type a word',
    prepare: listAnd(field),
    act: (page) => page.keyboard.type(WORD),
    check: (page) => expectText(page, WORD, FEW),
  },
  {
    name: 'empty the field',
    prepare: (page) => page.keyboard.press('Control+A'),
    act: press('Delete'),
    check: (page) => expectText(page, '', FEW),
  },
  {
    name: 'choose an account',
    prepare: listAnd(choice),
    act: press('ArrowDown'),
    check: (page) => expectRows(page, FEW),
  },
  { name: 'choose all', prepare: async () => {}, act: press('Home'), check: (page) => expectRows(page, FEW) },
];

/** On a page with nothing to do: what an interaction costs in this browser on this machine. */
export const EMPTY_STEPS: readonly Step[] = [
  {
    name: 'click, empty page',
    prepare: async () => {},
    act: (page) => page.getByRole('button').click(),
    check: (page) => expectFocus(page.getByRole('button')),
  },
  {
    name: 'key, empty page',
    prepare: (page) => page.getByRole('textbox').focus(),
    act: press('x'),
    check: (page) => expectFocus(page.getByRole('textbox')),
  },
];

/** Shows more until `count` rows are there. */
async function list(page: Page, count: number): Promise<void> {
  await page.locator('recent-transactions').evaluate(async (part, wanted) => {
    const rows = () => part.shadowRoot?.querySelectorAll('.entry').length ?? 0;
    while (rows() < wanted) {
      const before = rows();
      part.shadowRoot?.querySelector<HTMLElement>('.show-more')?.click();
      for (let frame = 0; frame < 2; frame += 1) await new Promise((drawn) => requestAnimationFrame(drawn));
      if (rows() === before) throw new Error(`No more than ${before} of ${wanted} transactions are listed.`);
    }
  }, count);
}

/** Rows that a field in sight brings by itself are right as well. */
async function expectRows(page: Page, least: number): Promise<void> {
  const count = await page.locator('.entry').count();
  if (count < least || (count === ALL) !== (least === ALL))
    throw new Error(`There are ${count} rows, not ${least}.`);
}

async function expectText(page: Page, text: string, rows: number): Promise<void> {
  const value = await field(page).inputValue();
  if (value !== text) throw new Error(`The field says "${value}", not "${text}".`);
  await expectFocus(field(page));
  await expectRows(page, rows);
}

async function expectFocus(control: Locator): Promise<void> {
  if (!(await control.evaluate((element) => element.matches(':focus'))))
    throw new Error(`${control} lost focus.`);
}

/** What is out of sight may take some moments more. */
async function expectCount(items: Locator, wanted: number): Promise<void> {
  const deadlineMs = performance.now() + WITHIN_MS;
  while ((await items.count()) !== wanted) {
    if (performance.now() > deadlineMs) throw new Error(`${items}: ${await items.count()}, not ${wanted}.`);
  }
}
