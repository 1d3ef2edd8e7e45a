/** Transactions and spending for everybody: axe, both themes and languages, 320 px, hostile words, large text. */
import { expect, test } from 'vitest';
import { axeFindings } from './support/axe.ts';
import { emulateMedia } from './support/color-scheme.ts';
import { everyElement, find, findAll, words } from './support/layout.ts';
import { summaryOf, threeAccounts } from './support/summaries.ts';
import { daysAgo, openActivity, pageOf, statusOf, transaction } from './support/transactions.ts';

const HOSTILE = '\u202Eevil<img src=x onerror=alert(1)>{{7*7}}';
const LONG = 'Averyveryveryveryveryveryverylongmerchantnamewithoutanyplacetobreak';
const PAGE = pageOf([
  transaction({ id: '1', on: daysAgo(0), isPending: true, description: HOSTILE, category: HOSTILE }),
  transaction({ id: '2', on: daysAgo(0), isPending: true, description: LONG, category: LONG }),
  transaction({
    id: '3',
    on: daysAgo(0),
    description: ' ',
    money: '-123456789012345678.99',
    category: 'Big',
  }),
]);
const answer = (id: string) =>
  id === 'card' ? new Response(null, { status: 502 }) : id === 'everyday' ? PAGE : pageOf([]);

for (const [scheme, locale, heading, spending] of [
  ['light', 'en-US', 'Recent transactions', 'Spending in'],
  ['dark', 'es-US', 'Movimientos recientes', 'Gastos de'],
] as const) {
  test(`${scheme}, ${locale}: axe finds nothing, nothing is cut, no policy is violated`, async () => {
    await emulateMedia({ 'prefers-color-scheme': scheme });
    const page = await openActivity(threeAccounts, answer, { page: { locale }, width: 320, withAxe: true });
    await expect.poll(() => find(page.card, '.failed')).toBeDefined();
    for (const disclosure of findAll(page.card, 'details')) disclosure.setAttribute('open', '');
    for (const width of [320, 512, 1_040]) {
      await page.resize({ width, height: 3_000 });
      expect(page.document.documentElement.scrollWidth, `${width} px`).toBe(width);
    }
    expect(await axeFindings(page)).toEqual([]);
    expect(words(page.card)).toContain(heading);
    expect(words(page.card)).toContain(spending);
    expect(findAll(page.card, 'img')).toEqual([]);
    expect(everyElement(page.document).filter((element) => element.hasAttribute('onerror'))).toEqual([]);
    expect(page.violations).toEqual([]);
  });
}

test('headings go down one level at a time', async () => {
  const { card } = await openActivity(threeAccounts, answer);
  await expect.poll(() => findAll(card, 'h3').length).toBeGreaterThan(0);
  const levels = findAll(card, 'h1, h2, h3').map(({ localName }) => Number(localName.slice(1)));
  for (const [index, level] of levels.entries())
    expect(level - (levels[index - 1] ?? 0)).toBeLessThanOrEqual(1);
});

test('what can be pressed is at least 24 px high', async () => {
  const { card } = await openActivity(threeAccounts, answer, { width: 320 });
  await expect.poll(() => find(card, '.retry')).toBeDefined();
  for (const control of findAll(card, 'button, input, select, summary'))
    expect(control.getBoundingClientRect().height, control.outerHTML).toBeGreaterThanOrEqual(24);
});

test('the table has the same numbers as the bars, in words, with a total', async () => {
  const { card } = await openActivity(threeAccounts, answer);
  await expect.poll(() => find(card, 'table')).toBeDefined();
  const cells = (selector: string) => findAll(card, selector).map(({ textContent }) => textContent?.trim());
  expect(cells('tbody td:nth-child(2)')).toEqual(cells('.bars .money'));
  expect(cells('tbody th')).toEqual(cells('.bars .category'));
  expect(cells('tfoot td')).toEqual([find(card, '.spending .subtotal')?.textContent, '100%']);
});

test('text at 200 % still fits 320 px', async () => {
  const page = await openActivity(threeAccounts, answer, { width: 320, rootFontSize: '200%' });
  find(page.card, 'recent-transactions')?.scrollIntoView();
  await expect.poll(() => find(page.card, '.failed')).toBeDefined();
  expect(page.document.documentElement.scrollWidth).toBe(320);
});

test('out of sight there is nothing to hear of: nothing is being loaded', async () => {
  const { card, calls } = await openActivity(summaryOf(40), answer, { height: 400 });
  await expect.poll(() => statusOf(card)).toBe('Loading transactions…');
  expect(find(card, 'calm-announcement')).toHaveProperty('words', '');
  expect(calls).toEqual([]);
  find(card, 'recent-transactions')?.scrollIntoView();
  await expect.poll(() => calls.length).toBeGreaterThan(0);
  await expect.poll(() => find(card, 'calm-announcement')).not.toHaveProperty('words', '');
});
