/** The expanded view's transactions: there or not, listed, narrowed, paged, and calm when something fails. */
import { expect, test } from 'vitest';
import { nextFrames, openCard } from './support/card-page.ts';
import { find, findAll, words } from './support/layout.ts';
import { bootOf, threeAccounts } from './support/summaries.ts';
import {
  daysAgo,
  openActivity,
  pageOf,
  press,
  search,
  statusOf,
  transaction,
} from './support/transactions.ts';

const none = () => pageOf([]);
const EVERYDAY = pageOf([
  transaction({
    id: 'p',
    on: daysAgo(0),
    isPending: true,
    description: 'Corner Bakery',
    category: 'Restaurants',
  }),
  transaction({ id: 'g', on: daysAgo(1), description: 'Green Grocer', category: 'Groceries' }),
  transaction({ id: 'i', on: '2024-02-01', description: 'Payroll', money: '1840.00' }),
]);
const everydayOnly = (id: string) => (id === 'everyday' ? EVERYDAY : pageOf([]));
test('without the grant the whole part is absent, and nothing is asked', async () => {
  for (const features of [{ transactions: false }, undefined]) {
    const { card, calls } = await openActivity(threeAccounts, none, { page: { features } as object });
    expect(find(card, 'recent-transactions')).toBeUndefined();
    expect(words(card)).not.toContain('Recent transactions');
    expect(calls).toEqual([]);
  }
});

test('where all is in sight, nothing moves when spending and transactions come', async () => {
  const shifts: PerformanceEntry[] = [];
  const { card } = await openActivity(
    threeAccounts,
    async (id) => {
      await nextFrames(window);
      return everydayOnly(id);
    },
    {
      prepare: ({ PerformanceObserver }) =>
        new PerformanceObserver((list) => shifts.push(...list.getEntries())).observe({
          type: 'layout-shift',
          buffered: true,
        }),
    },
  );
  await expect.poll(() => find(card, '.bars')).toBeDefined();
  await nextFrames(window);
  expect(shifts).toEqual([]);
});

test('out of sight nothing is asked; in sight, every account of the institution once, in order', async () => {
  const external = { ...threeAccounts.groups[0]?.accounts[0], id: 'elsewhere', institutionName: 'Elsewhere' };
  const groups = [
    ...threeAccounts.groups,
    { kind: 'external' as const, subtotal: null, accounts: [external as never] },
  ];
  const page = await openActivity({ ...threeAccounts, groups }, none, { height: 300, width: 320 });
  expect(page.calls).toEqual([]);
  find(page.card, 'recent-transactions')?.scrollIntoView();
  await expect.poll(() => statusOf(page.card)).toBe('There are no recent transactions.');
  expect(page.calls).toEqual(
    ['everyday', 'savings', 'card'].map((id) => `/fi/api/accounts/${id}/transactions?offset=0`),
  );
  expect(find(page.card, 'input')).toBeUndefined();
});

test('pending apart, then day by day, with the account and the category in words', async () => {
  const { card } = await openActivity(threeAccounts, everydayOnly);
  await expect.poll(() => statusOf(card)).toBe('3 transactions');
  expect(findAll(card, 'h3').map(({ textContent }) => textContent)).toEqual([
    'Pending',
    'Yesterday',
    'Feb 1, 2024',
  ]);
  expect(words(card)).toContain('Green Grocer Everyday Checking · Groceries -$12.34');
});

test('searching and choosing an account narrow the list, and the count is told', async () => {
  const { card } = await openActivity(threeAccounts, everydayOnly);
  await expect.poll(() => statusOf(card)).toBe('3 transactions');
  search(card, 'gröcer');
  await expect.poll(() => statusOf(card)).toBe('1 transaction');
  expect(findAll(card, '.entry')).toHaveLength(1);
  search(card, 'nothing like it');
  await expect.poll(() => statusOf(card)).toBe('No transactions match.');
  search(card, '');
  const select = find(card, 'select') as HTMLSelectElement;
  expect([...select.options].map(({ label }) => label.replace(/[\u2068\u2069]/g, ''))).toEqual([
    'All accounts',
    'Everyday Checking · 1234',
    'Rainy Day Savings · 5678',
    'Platinum Card · 9012',
  ]);
  select.value = 'savings';
  select.dispatchEvent(new Event('change', { bubbles: true }));
  await expect.poll(() => statusOf(card)).toBe('There are no recent transactions.');
  expect(find(card, 'select')).toBe(select);
});

test('an account that fails costs one line, and trying again brings it', async () => {
  let isBroken = true;
  const { card, calls } = await openActivity(threeAccounts, (id) =>
    id === 'savings' && isBroken ? new Response(null, { status: 502 }) : everydayOnly(id),
  );
  await expect.poll(() => find(card, '.failed span')?.textContent).toContain('Rainy Day Savings');
  expect(statusOf(card)).toBe('3 transactions');
  // A part would pass for the whole.
  expect(find(card, '.bars')).toBeUndefined();
  isBroken = false;
  press(card, '.retry');
  await expect.poll(() => find(card, '.failed')).toBeUndefined();
  await expect.poll(() => find(card, '.bars')).toBeDefined();
  expect(calls).toHaveLength(4);
});

test('where all fail, one line says so', async () => {
  const { card } = await openActivity(threeAccounts, () => new Response('<html>'));
  await expect
    .poll(() => find(card, '.failed span')?.textContent)
    .toBe('Couldn’t load the transactions of 3 accounts.');
  expect(statusOf(card)).toBe('');
});

const NOT_SHARED = 'Your institution doesn’t share transactions with this card.';

test('403: one quiet sentence says why in place of the list, not as a failure; the accounts stay', async () => {
  const { card } = await openActivity(threeAccounts, () => new Response('{}', { status: 403 }));
  await expect.poll(() => statusOf(card)).toBe(NOT_SHARED);
  expect(findAll(card, 'h2').at(-1)?.textContent).toBe('Recent transactions');
  expect(find(card, '.failed, .filter, .bars')).toBeUndefined();
  expect(findAll(card, '.row')).toHaveLength(3);
});

test('403 later on: what was listed goes, and the sentence takes the focus', async () => {
  let isWithdrawn = false;
  const { card } = await openActivity(threeAccounts, (id, offset) => {
    if (isWithdrawn) return new Response('{}', { status: 403 });
    return id === 'everyday' ? pageOf(EVERYDAY.transactions, offset + 3) : pageOf([]);
  });
  await expect.poll(() => statusOf(card)).toBe('3 transactions so far');
  isWithdrawn = true;
  (find(card, '.show-more') as HTMLElement).focus();
  press(card, '.show-more');
  await expect.poll(() => statusOf(card)).toBe(NOT_SHARED);
  expect(find(card, '.entry')).toBeUndefined();
  expect(find(card, '.count:focus')).toBeDefined();
});

test('refused from the start: the same sentence, and nothing is asked', async () => {
  for (const locale of ['en-US', 'es-US']) {
    const { card, calls } = await openActivity(threeAccounts, none, {
      page: { locale, features: { transactions: false, transactionsRefused: true } } as object,
    });
    const says = locale === 'en-US' ? NOT_SHARED : 'Su institución no comparte movimientos con esta tarjeta.';
    expect(words(card)).toContain(says);
    expect(find(card, 'recent-transactions')).toBeUndefined();
    expect(calls).toEqual([]);
  }
});

test('401: the card looks whether its session is over, and starts again', async () => {
  let answer = (_: Response) => {};
  const page = await openActivity(
    threeAccounts,
    () =>
      new Promise<Response>((resolve) => {
        answer = resolve;
      }),
  );
  answer(new Response('{}', { status: 401 }));
  await expect.poll(() => page.window.location.href).toBe(`${location.origin}/fi/auth?again=sealed`);
  expect(page.calls).toContain('/fi/api/accounts');
});

test('a summary without any account of the institution has no such part', async () => {
  const page = await openCard({
    boot: bootOf(
      {
        ...threeAccounts,
        groups: threeAccounts.groups.map((group) => ({
          ...group,
          accounts: group.accounts.map((one) => ({ ...one, institutionName: 'Elsewhere' })),
        })),
      },
      { view: 'expanded', features: { transactions: true } } as object,
    ),
    height: 700,
  });
  expect(find(page.card, 'recent-transactions')).toBeUndefined();
});
