/** Opens the expanded view of somebody with forty accounts and two thousand transactions, all of them listed. */
import { expect } from 'vitest';
import type { CardFrame } from './card-page.ts';
import { find, findAll } from './layout.ts';
import { account, threeAccounts } from './summaries.ts';
import { type ActivityFrame, daysAgo, openActivity, pageOf, press, transaction } from './transactions.ts';

const ACCOUNTS = 40;
const EACH = 50;
export const ALL = ACCOUNTS * EACH;

const accounts = Array.from({ length: ACCOUNTS }, (_, index) => account({ id: `a${index}` }));
const SUMMARY = { ...threeAccounts, groups: [{ kind: 'cash' as const, subtotal: null, accounts }] };

/** Two of each account's transactions are pending; four of the others are of one day. */
function historyOf(accountId: string) {
  return Array.from({ length: EACH }, (_, index) =>
    transaction({
      id: `${accountId} ${index}`,
      on: daysAgo(index < 2 ? 3 : Math.floor(index / 4)),
      isPending: index < 2,
      description: `Shop ${index}`,
      category: 'Groceries',
    }),
  );
}

export async function openBusy(
  prepare: (view: CardFrame['window']) => void = () => undefined,
): Promise<ActivityFrame> {
  const page = await openActivity(SUMMARY, (id) => pageOf(historyOf(id)), {
    height: 700,
    prepare: (view) => {
      // Of the page's own: other tests, which run at the same time, share the browser's.
      const value = { getItem: () => null, setItem: () => undefined, removeItem: () => undefined };
      Object.defineProperty(view, 'localStorage', { value });
      prepare(view);
    },
  });
  find(page.card, 'recent-transactions')?.scrollIntoView();
  await expect.poll(() => findAll(page.card, '.entry').length, { timeout: 5_000 }).toBe(EACH);
  return page;
}

/** Rows that were there stay the elements that they are. */
export async function listAll({ card }: CardFrame): Promise<Element[]> {
  while (find(card, '.show-more') !== undefined) {
    const before = findAll(card, '.entry').length;
    press(card, '.show-more');
    await expect.poll(() => findAll(card, '.entry').length).toBeGreaterThan(before);
  }
  return findAll(card, '.entry');
}
