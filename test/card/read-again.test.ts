/** What is read anew under the customer's hands: by an older server, without the account that was chosen, while a refresh is wished for. */
import { expect, test } from 'vitest';
import type { AccountSummary } from '../../server/contract.ts';
import { comeBack, heard, openWithApi, problemAnswer, SIX_MINUTES_MS } from './support/card-api.ts';
import { find, findAll, words } from './support/layout.ts';
import { bootOf, threeAccounts } from './support/summaries.ts';
import { openActivity, pageOf, statusOf, transaction } from './support/transactions.ts';

test('an older server tells no details: the expanded view shows the rest, and still hides amounts', async () => {
  const older = JSON.parse(JSON.stringify(threeAccounts), (name, value) =>
    name === 'details' ? undefined : name === 'name' ? `${value}, read again` : value,
  );
  const boot = bootOf(threeAccounts, { view: 'expanded' });
  const { page } = await openWithApi(() => Response.json(older), {
    boot,
    height: 900,
    prepare: withoutStorage,
  });
  await expect.poll(() => findAll(page.card, '.group')).toHaveLength(2);
  comeBack(page, SIX_MINUTES_MS);
  await expect.poll(() => words(page.card)).toContain('Everyday Checking, read again');
  (find(page.card, 'button[aria-pressed]') as HTMLElement).click();
  await expect.poll(() => words(page.card)).not.toContain('1,234.56');
});

test('the chosen account is no longer there: all are listed, and the choice says so', async () => {
  const page = await openActivity(threeAccounts, (id) => pageOf([transaction({ id })]));
  await expect.poll(() => statusOf(page.card)).toBe('3 transactions');
  const select = find(page.card, 'select') as HTMLSelectElement;
  select.value = 'savings';
  select.dispatchEvent(new Event('change', { bubbles: true }));
  await expect.poll(() => statusOf(page.card)).toBe('1 transaction');

  const read = page.window.fetch;
  page.window.fetch = async (url, init) =>
    String(url).endsWith('/api/accounts') ? Response.json(withoutSavings()) : read(url, init);
  comeBack(page, SIX_MINUTES_MS);

  await expect.poll(() => statusOf(page.card)).toBe('2 transactions');
  expect(select.value).toBe('');
});

test.for([
  ['brings balances', () => Response.json(threeAccounts), ['GET', 'POST']],
  ['brings nothing', () => Response.error(), ['GET', 'POST']],
  ['ends the session', () => problemAnswer(401, 'SIGN_IN_REQUIRED'), ['GET', 'DELETE']],
] as const)(
  'a refresh that is asked for while the card reads by itself comes after it: the reading %s',
  async ([, answer, methods]) => {
    const { promise, resolve } = Promise.withResolvers<Response>();
    const end = JSON.stringify({ type: 'summary', complete: true, summary: threeAccounts });
    const { page, calls } = await openWithApi(({ method }) =>
      method === 'GET' ? promise : new Response(`${end}\n`),
    );
    comeBack(page, SIX_MINUTES_MS);
    await expect.poll(() => calls).toHaveLength(1);
    const button = find(page.card, 'button[aria-label="Refresh balances"]') as HTMLElement;
    button.click();
    await expect.poll(() => words(page.card)).toContain('Updating…');
    resolve(answer());
    await expect.poll(() => calls.map(({ method }) => method)).toEqual(methods);
    if (methods[1] === 'POST') await expect.poll(() => heard(page)).toBe('Your balances are up to date.');
  },
);

function withoutSavings(): AccountSummary {
  const groups = threeAccounts.groups.map((group) => ({
    ...group,
    accounts: group.accounts.filter(({ id }) => id !== 'savings'),
  }));
  return { ...threeAccounts, groups };
}

/** Other tests share the browser's. */
function withoutStorage(view: Window): void {
  Object.defineProperty(view, 'localStorage', { value: null });
}
