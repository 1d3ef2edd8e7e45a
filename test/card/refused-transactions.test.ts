/** A customer may see an account and not its transactions: those of the others are listed all the same. */
import { expect, test } from 'vitest';
import { find, findAll } from './support/layout.ts';
import { threeAccounts } from './support/summaries.ts';
import { daysAgo, openActivity, pageOf, statusOf, transaction } from './support/transactions.ts';

const spent = transaction({ on: daysAgo(0), category: 'Groceries' });
const refuse = () => new Response('{}', { status: 403 });
const optionsOf = (card: Element) => findAll(card, 'option').map(({ textContent }) => textContent?.trim());

test.each([
  ['en-US', 'The transactions of \u2068Platinum Card\u2069 aren’t shared with this card.'],
  ['es-US', 'Los movimientos de \u2068Platinum Card\u2069 no se comparten con esta tarjeta.'],
])('%s: the one that is refused is named, the others are listed', async (locale, words) => {
  const { card } = await openActivity(
    threeAccounts,
    (id) => (id === 'card' ? refuse() : pageOf(id === 'everyday' ? [spent] : [])),
    { page: { locale } },
  );

  await expect.poll(() => find(card, '.refused')?.textContent).toBe(words);
  expect(findAll(card, '.entry')).toHaveLength(1);
  expect(find(card, '.failed')).toBeUndefined();
  expect(find(card, '.bars')).toBeDefined();
  expect(optionsOf(card)).toHaveLength(3);
});

test('several that are refused are counted; without a cash account the spending is not known', async () => {
  const { card } = await openActivity(threeAccounts, (id) =>
    id === 'everyday' ? pageOf([spent]) : refuse(),
  );

  await expect
    .poll(() => find(card, '.refused')?.textContent)
    .toBe('The transactions of 2 accounts aren’t shared with this card.');
  expect(statusOf(card)).toBe('1 transaction');
  expect(find(card, '.bars')).toBeUndefined();
});
