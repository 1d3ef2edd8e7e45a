/** Long lists of transactions: fifty rows at a time, and the bank's pages when needed. */
import { expect, test } from 'vitest';
import { find, findAll } from './support/layout.ts';
import { threeAccounts } from './support/summaries.ts';
import { daysAgo, openActivity, pageOf, press, statusOf, transaction } from './support/transactions.ts';

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

test('a page that fails is not the end: nothing says that this is all', async () => {
  let isBroken = true;
  const { card } = await openActivity(threeAccounts, (id, offset) => {
    if (id !== 'everyday') return none();
    if (offset === 0) return pageOf(many(60), 60);
    return isBroken ? new Response(null, { status: 502 }) : pageOf(many(10, 60));
  });
  await expect.poll(() => statusOf(card)).toBe('60 transactions so far');
  press(card, '.show-more');
  await expect.poll(() => find(card, '.failed')).toBeDefined();
  expect(findAll(card, '.entry')).toHaveLength(60);
  expect(find(card, '.end')).toBeUndefined();
  isBroken = false;
  press(card, '.retry');
  await expect.poll(() => statusOf(card)).toBe('70 transactions');
  await expect.poll(() => find(card, '.end')).toBeDefined();
});
