/** Hidden amounts in the expanded view's own parts: none in the list, the bars, the table or the details. */
import { html, render } from 'lit';
import { expect, test } from 'vitest';
import { withoutAmounts } from '../../card/amounts-in-text.ts';
import { english } from '../../card/locales/language.ts';
import { axeFindings } from './support/axe.ts';
import type { CardFrame } from './support/card-page.ts';
import { everyElement, findAll, words } from './support/layout.ts';
import { account, threeAccounts } from './support/summaries.ts';
import { daysAgo, openActivity, pageOf, statusOf, transaction } from './support/transactions.ts';

const PAGE = pageOf([
  transaction({
    id: '1',
    on: daysAgo(0),
    isPending: true,
    category: 'Groceries',
    description: 'Transfer 81,66 € out',
    money: '-77.31',
  }),
  transaction({ id: '2', on: daysAgo(0), isPending: true, category: 'Shopping', money: '-55.12' }),
]);
const SUMMARY = {
  ...threeAccounts,
  groups: [
    {
      kind: 'cash' as const,
      subtotal: null,
      accounts: [
        account({
          due: { on: '2026-12-20', amount: null },
          details: [
            { label: 'Paid', meaning: null, value: '431.07', kind: 'money' },
            { label: 'Fee of $35', meaning: null, value: 'none', kind: 'text' },
            { label: 'Number', meaning: null, value: '••••1234', kind: 'text' },
            // What the bank calls money and writes in its own way reaches the card as text.
            { label: 'Fee', meaning: null, value: 'US$ 9,812 of $12.00', kind: 'text' },
            { label: 'Opened', meaning: null, value: '2019-03-04', kind: 'date' },
          ],
        }),
      ],
    },
  ],
};

/** A storage of the page's own: other tests share the browser's. */
function wishToHide(view: CardFrame['window']): void {
  const value = { getItem: () => '1', setItem: () => undefined, removeItem: () => undefined };
  Object.defineProperty(view, 'localStorage', { value });
}

test('no amount and no length says how much; dates and masked numbers stay', async () => {
  const page = await openActivity(SUMMARY, () => PAGE, { prepare: wishToHide, withAxe: true });
  await expect.poll(() => statusOf(page.card)).toBe('2 transactions');
  for (const disclosure of findAll(page.card, 'details')) disclosure.setAttribute('open', '');
  expect(words(page.card)).not.toMatch(/77|55\.|132|431|81,66|\d%/);
  expect(
    everyElement(page.document)
      .map(({ outerHTML }) => outerHTML)
      .join(),
  ).not.toMatch(/77\.31|431\.07|81,66|9,812|\$35/);
  expect(findAll(page.card, '.bar-fill')).toEqual([]);
  expect(findAll(page.card, '.more dd').map(({ textContent }) => textContent)).toEqual([
    '••••',
    'none',
    '••••1234',
    'US••••',
    'Mar 4, 2019',
  ]);
  expect(findAll(page.card, '.due').map(({ textContent }) => textContent)).toEqual(['due Dec 20']);
  expect(await axeFindings(page)).toEqual([]);
});

test.for([
  ['Transfer 81,66 € out', 'Transfer ••••'],
  ['USD 500 sent', '••••'],
  ['500 dollars', '••••'],
  ['500 dólares', '••••'],
  ['Paid 1,234', 'Paid ••••'],
  ['1 234,56 paid', '••••'],
  ['$٥٠٠ sent', '••••'],
  ['Refund −12.00', 'Refund ••••'],
  ['CHECK 1024', 'CHECK 1024'],
  ['Route 66', 'Route 66'],
  ['800-555-0199', '800-555-0199'],
])('the bank’s words “%s” are, hidden, “%s”', ([words, hidden]) => {
  const language = { ...english, format: { ...english.format, money: () => '••••' }, concealed };
  const host = document.createElement('p');
  render(html`${withoutAmounts(words ?? '', language)}`, host);
  expect(host.textContent).toBe(hidden);
  render(html`${withoutAmounts(words ?? '', english)}`, host);
  expect(host.textContent).toBe(words);
});

const concealed = (dots: string) => html`${dots}`;
