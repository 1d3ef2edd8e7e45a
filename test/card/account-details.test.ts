/** An account's details: in the customer's notation, exact, closed until asked for, in strangers' words. */
import { expect, test } from 'vitest';
import { valueInWords } from '../../card/account-details.ts';
import { english, loadLanguage } from '../../card/locales/language.ts';
import type { AccountDetail } from '../../server/contract.ts';
import { axeFindings } from './support/axe.ts';
import { openCard } from './support/card-page.ts';
import { emulateMedia } from './support/color-scheme.ts';
import { find, findAll } from './support/layout.ts';
import { account, bootOf, threeAccounts } from './support/summaries.ts';

const NOW_MS = Date.parse('2026-11-23T12:00:00');
const HOSTILE = '\u202Eevil<img src=x onerror=alert(1)>';
const DETAILS: AccountDetail[] = [
  { label: 'Interest Rate', meaning: null, value: '4.250', kind: 'percentage' },
  { label: 'Opened', meaning: null, value: '2019-03-04', kind: 'date' },
  { label: 'Paid this year', meaning: null, value: '12345678901234567.89', kind: 'money' },
  { label: 'Withdrawals', meaning: null, value: '1234', kind: 'count' },
  { label: HOSTILE, meaning: null, value: HOSTILE, kind: 'text' },
];
const withDetails = (details: AccountDetail[]) =>
  bootOf(
    {
      ...threeAccounts,
      groups: [{ kind: 'cash', subtotal: null, accounts: [account({ details }), account({ id: 'b' })] }],
    },
    { view: 'expanded' },
  );

test.for([
  ['en-US', ['4.25%', 'Mar 4, 2019', '$12,345,678,901,234,567.89', '1,234']],
  ['es-ES', ['4,25 %', '4 mar 2019', '12.345.678.901.234.567,89 US$', '1234']],
] as const)('%s: percentages, dates, money and counts', async ([locale, expected]) => {
  const language = await loadLanguage(locale);
  const values = DETAILS.slice(0, 4).map((detail) => valueInWords(detail, 'USD', language, NOW_MS));
  expect(values.map((value) => value.replaceAll('\u00A0', ' '))).toEqual(expected);
});

test('what is no number stays as the bank wrote it, and money without a currency has none', () => {
  const value = (kind: AccountDetail['kind'], text: string) =>
    valueInWords({ label: '', meaning: null, value: text, kind }, null, english, NOW_MS);
  expect(value('count', 'many')).toBe('many');
  expect(value('percentage', 'prime + 1')).toBe('prime + 1');
  expect(value('money', '1234.5')).toBe('1,234.50');
});

test('closed at first, named after its account, and absent where there is nothing to tell', async () => {
  const page = await openCard({ boot: withDetails(DETAILS), height: 700 });
  const all = findAll(page.card, 'details');
  expect(all).toHaveLength(1);
  expect(all[0]?.hasAttribute('open')).toBe(false);
  const summary = find(page.card, 'summary');
  expect(summary?.textContent?.replace(/\s+/g, ' ').trim()).toBe('Details of Everyday Checking');
  expect(summary?.getBoundingClientRect().height).toBeGreaterThanOrEqual(24);
});

const MEANT: AccountDetail[] = [
  { label: null, meaning: 'interestRate', value: '4.250', kind: 'percentage' },
  { label: 'Our own word', meaning: 'payoff', value: '10.00', kind: 'money' },
  { label: '  ', meaning: 'onHold', value: '5.00', kind: 'money' },
  // As a newer server may send it, and as an older one did.
  { label: null, meaning: 'shoeSize' as 'payoff', value: '44', kind: 'count' },
  { label: 'Opened', value: '2019-03-04', kind: 'date' } as AccountDetail,
];

test.for([
  ['en-US', ['Interest rate', 'Our own word', 'On hold', 'Opened']],
  ['es-US', ['Tasa de interés', 'Our own word', 'Retenido', 'Opened']],
] as const)('%s: what the institution has no word for gets the card’s own', async ([locale, terms]) => {
  const page = await openCard({ boot: { ...withDetails(MEANT), locale }, height: 700 });
  await expect.poll(() => findAll(page.card, 'dl .small').length).toBeGreaterThan(0);
  expect(findAll(page.card, '.more dt').map((term) => term.textContent)).toEqual(terms);
});

test('details that nobody has a word for leave nothing to open', async () => {
  const unknown = MEANT.slice(3, 4);
  const page = await openCard({ boot: withDetails(unknown), height: 700 });
  await expect.poll(() => findAll(page.card, '.group').length).toBe(1);
  expect(findAll(page.card, 'details')).toEqual([]);
});

test('open, it is clean in both themes and languages, and fits 320 px with hostile words', async () => {
  for (const [scheme, locale] of [
    ['light', 'en-US'],
    ['dark', 'es-US'],
  ]) {
    await emulateMedia({ 'prefers-color-scheme': scheme ?? '' });
    const boot = { ...withDetails(DETAILS), locale: locale ?? '' };
    const page = await openCard({ boot, width: 320, height: 700, withAxe: true });
    find(page.card, 'details')?.setAttribute('open', '');
    await page.resize({ width: 320, height: 700 });
    expect(find(page.card, 'dd:last-child')).toBeDefined();
    expect(findAll(page.card, 'img')).toEqual([]);
    expect(page.document.documentElement.scrollWidth).toBe(320);
    expect(await axeFindings(page)).toEqual([]);
    expect(page.violations).toEqual([]);
  }
});
