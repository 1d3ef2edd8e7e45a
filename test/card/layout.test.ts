/** Nothing is ever clipped, scrolled or lost, at any size, with any number of accounts. */
import { expect, test } from 'vitest';
import { openCard } from './support/card-page.ts';
import { emulateMedia } from './support/color-scheme.ts';
import { find, findAll, layoutFaults } from './support/layout.ts';
import { account, bootOf, problemBoot, summaryOf } from './support/summaries.ts';

const SIZES = ['512x300', '360x300', '328x300', '288x300', '264x300', '512x200', '264x200', '336x400'].map(
  (size) => {
    const [width = 0, height = 0] = size.split('x').map(Number);
    return { size, width, height };
  },
);
const COUNTS = [0, 1, 3, 40];
const SCHEMES = ['light', 'dark'];

for (const count of COUNTS) {
  for (const scheme of SCHEMES) {
    test(`${count} accounts, ${scheme}: all sizes hold what they show`, async () => {
      await emulateMedia({ 'prefers-color-scheme': scheme });
      const page = await openCard({ boot: bootOf(summaryOf(count)) });
      for (const { size, width, height } of SIZES) {
        await page.resize({ width, height });
        expect(layoutFaults(page), size).toEqual([]);
        if (count > 0) expect(shownAndMore(page.card), size).toBe(count);
      }
    });
  }
}

for (const locale of ['en-US', 'es-US']) {
  for (const count of COUNTS) {
    test(`${count} accounts, ${locale}, text at 200 %: less is shown, nothing is cut`, async () => {
      const page = await openCard({ boot: bootOf(summaryOf(count), { locale }), rootFontSize: '200%' });
      for (const { size, width, height } of SIZES) {
        await page.resize({ width, height });
        expect(layoutFaults(page), size).toEqual([]);
        if (count > 0) expect(shownAndMore(page.card), size).toBe(count);
      }
    });
  }
}

test('a message with a long reference fits every size, also at 200 % and in Spanish', async () => {
  const boot = problemBoot(
    'BANK_TIMEOUT',
    { requestId: '0b8e6f1c-53a5-4d0e-9f1e-6c2b7f4e8d21' },
    { locale: 'es-US' },
  );
  for (const rootFontSize of ['100%', '200%']) {
    const page = await openCard({ boot, rootFontSize });
    for (const { size, width, height } of SIZES) {
      await page.resize({ width, height });
      expect(layoutFaults(page), `${size} at ${rootFontSize}`).toEqual([]);
    }
  }
});

test('at 512 x 300 three accounts are all there, with the bar', async () => {
  const { card } = await openCard({ boot: bootOf(summaryOf(3)) });
  expect(findAll(card, '.row')).toHaveLength(3);
  expect(find(card, '.bar')).toBeDefined();
  expect(find(card, '.footer .link')).toBeUndefined();
});

test('"N more" leads to the expanded view through the top window', async () => {
  const { card } = await openCard({ boot: bootOf(summaryOf(40)) });
  const link = find(card, '.footer .link');
  expect(link?.getAttribute('href')).toBe(`${location.origin}/fi/expanded`);
  expect(link?.getAttribute('target')).toBe('_top');
  expect(link?.textContent?.replace(/\s+/g, ' ')).toMatch(/^\d+ more, see all accounts ›$/);
});

test('text made larger while the card is open is fitted again', async () => {
  const page = await openCard({ boot: bootOf(summaryOf(40)) });
  const before = findAll(page.card, '.row').length;
  page.document.documentElement.style.fontSize = '200%';
  await page.resize({ width: 512, height: 300 });
  expect(layoutFaults(page)).toEqual([]);
  expect(findAll(page.card, '.row').length).toBeLessThan(before);
});

test('an amount of any length stays whole', async () => {
  const summary = summaryOf(3);
  const headline = {
    amount: '-123456789012345678.99',
    currency: 'USD',
    kind: 'available' as const,
    label: null,
  };
  const page = await openCard({ boot: bootOf({ ...summary, headline }) });
  for (const { size, width, height } of SIZES) {
    await page.resize({ width, height });
    expect(layoutFaults(page), size).toEqual([]);
  }
  expect(find(page.card, '.headline')?.textContent).toBe('-$123,456,789,012,345,678.99');
});

test('an amount that is due is never broken inside its digits, however long', async () => {
  const amount = { amount: '999999999999.99', currency: 'USD' };
  const due = account({
    balance: { ...amount, kind: 'owed', label: null },
    due: { on: '2027-01-20', amount },
  });
  const groups = [{ kind: 'credit' as const, subtotal: null, accounts: [due] }];
  const page = await openCard({ boot: bootOf({ ...summaryOf(1), groups }) });
  for (const { size, width, height } of SIZES) {
    await page.resize({ width, height });
    expect(layoutFaults(page), size).toEqual([]);
    const words = find(page.card, '.due')?.firstChild?.nextSibling;
    if (!words) continue;
    const digits = page.document.createRange();
    digits.setStart(words, 0);
    digits.setEnd(words, '$999,999,999,999.99'.length);
    expect(digits.getClientRects(), size).toHaveLength(1);
  }
});

test('touch targets are at least 24 px high', async () => {
  const { card } = await openCard({ boot: bootOf(summaryOf(40)) });
  for (const target of findAll(card, 'a, button')) {
    expect(target.getBoundingClientRect().height).toBeGreaterThanOrEqual(24);
  }
});

function shownAndMore(card: Element): number {
  const more = find(card, '.footer .link')?.textContent ?? '0';
  return findAll(card, '.row').length + Number.parseInt(more, 10);
}
