/** Long lists of transactions: fifty rows at a time, the bank's pages when needed, and thousands without a pause. */
import { expect, test } from 'vitest';
import { find, findAll } from './support/layout.ts';
import { account, threeAccounts } from './support/summaries.ts';
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
const many = (count: number, first = 0) =>
  Array.from({ length: count }, (_, index) =>
    transaction({
      id: `t${first + index}`,
      on: daysAgo(Math.floor((first + index) / 4)),
      description: `Shop ${first + index}`,
    }),
  );

test('fifty rows at a time: while scrolling, or with the button, whose focus is not lost', async () => {
  const page = await openActivity(threeAccounts, (id) => (id === 'everyday' ? pageOf(many(120)) : none()), {
    height: 700,
  });
  const { card } = page;
  find(card, 'recent-transactions')?.scrollIntoView();
  await expect.poll(() => statusOf(card)).toBe('120 transactions');
  expect(findAll(card, '.entry')).toHaveLength(50);
  find(card, '.show-more')?.scrollIntoView({ block: 'end' });
  await expect.poll(() => findAll(card, '.entry').length).toBe(100);
  (find(card, '.show-more') as HTMLElement).focus({ preventScroll: true });
  press(card, '.show-more');
  await expect.poll(() => findAll(card, '.entry').length).toBe(120);
  expect(find(card, '.show-more')).toBeUndefined();
  expect(find(card, '.end')).toBe(find(card, 'recent-transactions')?.shadowRoot?.activeElement);
});

test('the next page of the bank is asked for only when it is needed', async () => {
  const { card, calls } = await openActivity(
    threeAccounts,
    (id, offset) => {
      if (id !== 'everyday') return none();
      return offset === 0 ? pageOf(many(60), 60) : pageOf(many(10, 60));
    },
    { height: 700 },
  );
  find(card, 'recent-transactions')?.scrollIntoView();
  await expect.poll(() => statusOf(card)).toBe('60 transactions so far');
  expect(calls.filter((call) => call.includes('offset=60'))).toEqual([]);
  press(card, '.show-more');
  await expect.poll(() => statusOf(card)).toBe('70 transactions');
});

test('forty accounts with two thousand transactions: typing answers within a frame or two', async () => {
  const accounts = Array.from({ length: 40 }, (_, index) => account({ id: `a${index}` }));
  const summary = {
    ...threeAccounts,
    groups: [{ kind: 'cash' as const, subtotal: null, accounts }],
  };
  const { card, window: view } = await openActivity(summary, (id) =>
    pageOf(many(50).map((one) => ({ ...one, id: `${id} ${one.id}` }))),
  );
  find(card, 'recent-transactions')?.scrollIntoView();
  await expect.poll(() => statusOf(card), { timeout: 5_000 }).toBe('2,000 transactions');
  const longTasks: number[] = [];
  const observer = new view.PerformanceObserver((list) =>
    longTasks.push(...list.getEntries().map(({ duration }) => duration)),
  );
  observer.observe({ type: 'longtask' });
  for (const text of ['s', 'sh', 'shop', 'shop 4', 'shop 49']) {
    search(card, text);
    await new Promise((resolve) => view.requestAnimationFrame(resolve));
  }
  await expect.poll(() => statusOf(card)).toBe('40 transactions');
  expect(Math.max(0, ...longTasks)).toBeLessThan(100);
});
