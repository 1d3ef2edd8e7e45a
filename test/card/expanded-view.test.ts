/** The expanded view: everything the face leaves out, from 320 px up, and the way back. */
import { expect, test } from 'vitest';
import { openCard } from './support/card-page.ts';
import { emulateMedia } from './support/color-scheme.ts';
import { find, findAll, words } from './support/layout.ts';
import { account, bootOf, problemBoot, summaryOf, threeAccounts } from './support/summaries.ts';

const expanded = (count: number) => bootOf(summaryOf(count), { view: 'expanded' });

test('every account in its group, with subtotals, totals, other balances and what is due', async () => {
  const { card } = await openCard({ boot: expanded(40), width: 800, height: 600 });
  expect(findAll(card, '.row')).toHaveLength(40);
  expect(findAll(card, 'h2').map((heading) => heading.textContent)).toEqual([
    'Cash',
    'Credit',
    'Loans',
    'At other institutions',
  ]);
  const all = words(card);
  expect(all).toContain('Assets $9,544.76 Owed $790.10 Net $8,754.66');
  expect(all).toContain('Cash $9,544.76');
  expect(all).toContain('Credit owed $790.10');
  expect(all).toContain('available credit $4,209.90');
  expect(all).toContain('$35.00 due Dec 20');
  expect(all).toContain('Another Institution Not in totals');
});

test('no width from 320 px up scrolls sideways, in either theme, with any name', async () => {
  const name = 'Averyveryveryveryveryveryverylongnicknamewithoutanyplacetobreak';
  const long = account({
    name,
    balance: { amount: '123456789012345678.99', currency: 'USD', kind: 'owed', label: name },
  });
  const groups = [...summaryOf(40).groups, { kind: 'other' as const, subtotal: null, accounts: [long] }];
  for (const scheme of ['light', 'dark']) {
    await emulateMedia({ 'prefers-color-scheme': scheme });
    const page = await openCard({ boot: bootOf({ ...threeAccounts, groups }, { view: 'expanded' }) });
    for (const width of [320, 375, 512, 768, 1280]) {
      await page.resize({ width, height: 700 });
      const { scrollWidth, clientWidth } = page.document.documentElement;
      expect(scrollWidth, `${width} px`).toBe(clientWidth);
      for (const row of findAll(page.card, '.row'))
        expect(row.scrollWidth).toBeLessThanOrEqual(row.clientWidth);
    }
  }
});

test('the last four digits follow the last word of a name that takes two lines', async () => {
  const groups = [
    {
      kind: 'cash' as const,
      subtotal: null,
      accounts: [account({ name: 'Savings for the house by the sea' })],
    },
  ];
  const page = await openCard({
    boot: bootOf({ ...threeAccounts, groups }, { view: 'expanded' }),
    width: 320,
  });
  const lines = [...(find(page.card, '.name')?.getClientRects() ?? [])];
  const digits = find(page.card, '.title > .small')?.getBoundingClientRect();
  expect(lines.length).toBeGreaterThan(1);
  expect((digits?.left ?? 0) - (lines.at(-1)?.right ?? 0)).toBeLessThan(16);
});

test('five thousand accounts are all there, and only those that are looked at are laid out', async () => {
  const accounts = Array.from({ length: 5_000 }, (_, index) => account({ id: `${index}` }));
  const groups = [{ kind: 'cash' as const, subtotal: null, accounts }];
  const page = await openCard({
    boot: bootOf({ ...threeAccounts, groups }, { view: 'expanded' }),
    height: 600,
  });
  const items = findAll(page.card, 'li');
  expect(items).toHaveLength(5_000);
  const last = items.at(-1);
  expect(last && page.window.getComputedStyle(last).getPropertyValue('content-visibility')).toBe('auto');
});

test('in a browser there is a way back to the dashboard, with data and with a problem', async () => {
  for (const boot of [expanded(3), problemBoot('BANK_TIMEOUT', {}, { view: 'expanded' })]) {
    const { card } = await openCard({ boot, height: 600 });
    const link = find(card, '.back a');
    expect(link?.getAttribute('href')).toBe('https://bank.localhost/');
    expect(link?.getAttribute('target')).toBe('_top');
  }
});

test('in Banno Mobile there is none: the app draws its own', async () => {
  const { card } = await openCard({
    boot: expanded(3),
    height: 600,
    prepare: (view) => Object.assign(view, { bannoAndroidBridge: { postMessage: () => undefined } }),
  });
  expect(findAll(card, '.row')).toHaveLength(3);
  expect(find(card, '.back')).toBeUndefined();
});

test('the face grows into the expanded view where there is room for it, and back', async () => {
  const page = await openCard({ boot: bootOf(summaryOf(3)), width: 360, height: 300 });
  expect(find(page.card, 'card-face')).toBeDefined();
  await page.resize({ width: 360, height: 700 });
  await expect.poll(() => find(page.card, 'expanded-view')).toBeDefined();
  // Framed, the dashboard is around the card: it needs no way back.
  expect(find(page.card, '.back')).toBeUndefined();
  await page.resize({ width: 360, height: 600 });
  await expect.poll(() => find(page.card, 'card-face')).toBeDefined();
});

test("not framed, a phone's height is enough", async () => {
  const page = await openCard({
    boot: bootOf(summaryOf(3)),
    width: 360,
    height: 560,
    prepare: (view) => Object.defineProperty(view, 'parent', { value: view }),
  });
  expect(find(page.card, 'expanded-view')).toBeDefined();
});

test('a kind of group or balance that this card does not know yet is shown all the same', async () => {
  const unknown = JSON.parse(
    JSON.stringify(bootOf(threeAccounts, { view: 'expanded' }))
      .replaceAll('"kind":"cash"', '"kind":"crypto"')
      .replaceAll('"kind":"available"', '"kind":"pledged"'),
  );
  const { card } = await openCard({ boot: unknown, height: 600 });
  expect(words(card)).toContain('Other $9,544.76');
  expect(words(card)).toContain('balance $1,234.56');
});

test.for([
  ['Avery', 'Hello, \u2068Avery\u2069'],
  [null, undefined],
  [' ', undefined],
  ['אבי', 'Hello, \u2068אבי\u2069'],
])('greets %s', async ([givenName, greeting]) => {
  const boot = bootOf(threeAccounts, { view: 'expanded', customer: { givenName: givenName ?? null } });
  const { card } = await openCard({ boot, width: 512, height: 900 });
  expect(find(card, '.greeting')?.textContent).toBe(greeting);
});
