/** The whole page in a frame: what it does with its data, its address and its handle. */
import { expect, test } from 'vitest';
import { openCard } from './support/card-page.ts';
import { find, findAll, words } from './support/layout.ts';
import { account, bootOf, problemBoot, summaryOf, threeAccounts } from './support/summaries.ts';

test("the face shows the customer's accounts in their own order, under their right labels", async () => {
  const summary = { ...threeAccounts, order: ['card', 'savings', 'everyday'] };
  const { card } = await openCard({ boot: bootOf(summary) });
  expect(findAll(card, '.row').map((row) => row.textContent?.replace(/\s+/g, ' ').trim())).toEqual([
    'Platinum Card ending in 9012 $35.00 due Dec 20 $790.10 owed',
    'Rainy Day Savings ending in 5678 $8,310.20 available',
    'Everyday Checking ending in 1234 $1,234.56 available',
  ]);
  expect(words(card)).toContain('Available $9,544.76 $9,544.76 yours $790.10 owed');
  expect(words(card)).toContain('Updated 2 min ago');
});

test('Spanish', async () => {
  const { card, document } = await openCard({ boot: bootOf(threeAccounts, { locale: 'es-US' }) });
  expect(words(card)).toContain('Disponible $9,544.76');
  expect(words(card)).toContain('$35.00 vence el 20 dic');
  expect(document.documentElement.lang).toBe('es-US');
  expect(document.title).toBe('Sus cuentas');
});

test('the address is clean, and card-boot is gone', async () => {
  const page = await openCard({ boot: bootOf(threeAccounts) });
  expect(page.document.URL).toBe(`${location.origin}/fi/card`);
  expect(page.document.getElementById('card-boot')).toBeNull();
  expect(page.document.documentElement.outerHTML).not.toContain('hhhh');
});

test('a problem page cleans its address too, and stays where it is', async () => {
  const page = await openCard({ boot: problemBoot('SIGN_IN_REQUIRED', {}, { view: 'expanded' }) });
  expect(page.document.URL).toBe(`${location.origin}/fi/expanded`);
  expect(find(page.card, 'button')?.textContent?.trim()).toBe('Sign in');
});

test("rows lead to the bank's accounts page through the top window", async () => {
  const { card } = await openCard({ boot: bootOf(threeAccounts) });
  for (const row of findAll(card, '.row')) {
    expect(row.getAttribute('href')).toBe('https://bank.localhost/accounts');
    expect(row.getAttribute('target')).toBe('_top');
  }
});

test('the policy holds: no violation, whatever is drawn', async () => {
  for (const boot of [
    bootOf(summaryOf(40)),
    bootOf(threeAccounts, { view: 'expanded' }),
    problemBoot('INTERNAL'),
  ]) {
    const page = await openCard({ boot });
    await expect.poll(() => words(page.card).length).toBeGreaterThan(20);
    expect(page.violations.map((violation) => violation.violatedDirective)).toEqual([]);
  }
});

test('J01 J02 hostile names are text, isolated, and in no attribute', async () => {
  const name = '<img src=x onerror="window.hit=1"></script>{{7*7}} \u202Etxet';
  const accounts = [account({ name, lastFour: '"><b>' })];
  const summary = {
    ...threeAccounts,
    groups: [{ kind: 'cash' as const, subtotal: null, accounts }],
    order: [],
  };
  const page = await openCard({ boot: bootOf(summary) });
  const shown = find(page.card, '.name');
  expect(shown?.localName).toBe('bdi');
  expect(shown?.textContent).toBe(name);
  expect(findAll(page.card, 'img, b, script')).toEqual([]);
  const attributes = findAll(page.card, '*').flatMap((element) =>
    [...element.attributes].map(({ value }) => value),
  );
  expect(attributes.filter((value) => value.includes('onerror'))).toEqual([]);
  expect('hit' in page.window).toBe(false);
});

test("a row with another balance than the headline's says so to everybody", async () => {
  const balance = (kind: 'owed' | 'current' | 'other', amount: string, label: string | null = null) => ({
    kind,
    amount,
    currency: 'USD',
    label,
  });
  const accounts = [
    account({ id: 'a', balance: balance('owed', '-5.22') }),
    account({ id: 'b', balance: balance('current', '-20') }),
    account({ id: 'c', balance: balance('other', '1', 'Ledger') }),
    account({ id: 'd', balance: null }),
  ];
  const summary = {
    ...threeAccounts,
    groups: [{ kind: 'cash' as const, subtotal: null, accounts }],
    order: [],
  };
  const { card } = await openCard({ boot: bootOf(summary), height: 400 });
  const shown = findAll(card, '.balance').map((one) => one.textContent?.replace(/\s+/g, ' ').trim());
  expect(shown).toEqual(['$5.22 credit', '-$20.00 current', '$1.00 Ledger', 'no balance']);
  expect(findAll(card, '.balance .label')).toHaveLength(3);
});

test('without a headline the rows carry every label, and nothing is broken', async () => {
  const summary = { ...threeAccounts, headline: null, assets: null, owed: null, asOf: null };
  const { card } = await openCard({ boot: bootOf(summary) });
  expect(find(card, '.headline')).toBeUndefined();
  expect(find(card, '.bar')).toBeUndefined();
  expect(findAll(card, '.balance .label')).toHaveLength(3);
  // A hairline parts things; above the first thing there is nothing to part it from.
  const lines = findAll(card, 'li').map((row) => getComputedStyle(row).borderTopWidth);
  expect(lines).toEqual(['0px', '1px', '1px']);
});

test('the bar shows the proportion, and is not drawn where there is none', async () => {
  const { card } = await openCard({ boot: bootOf(threeAccounts) });
  const [yours = 0, owed = 0] = findAll(card, '.bar > span').map(
    (part) => part.getBoundingClientRect().width,
  );
  expect(yours / (yours + owed)).toBeCloseTo(9544.76 / (9544.76 + 790.1), 2);
  const usd = (amount: string, currency = 'USD') => ({ amount, currency });
  for (const owed of [usd('0.00'), usd('-5'), usd('5', 'EUR'), null]) {
    const page = await openCard({ boot: bootOf({ ...threeAccounts, owed }) });
    expect(find(page.card, '.bar')).toBeUndefined();
  }
});
