/** A customer looks through recent transactions in the expanded view; without the grant there is a sentence instead. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Stage, startStage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
}, 60_000);
afterAll(() => stage?.close());
afterEach(() => {
  stage.bank.switches.withheldScopes = [];
});

test('transactions of all accounts are listed and narrowed, and spending is a table too', async () => {
  const { context, page, visit } = await stage.open();
  await visit('everyday');
  await page.goto(`${stage.cards.foreign}/expanded`);
  const part = page.locator('recent-transactions');
  await part.scrollIntoViewIfNeeded();

  const rows = part.getByRole('listitem').filter({ hasText: 'Everyday Checking' });
  await part.getByText('Green Grocer').waitFor();
  await part.getByRole('heading', { name: 'Pending', exact: true }).waitFor();
  await part.getByText('Skyline Air').waitFor();
  await part.getByLabel('Search transactions').fill('corner bak');
  await part.getByText('1 transaction', { exact: true }).waitFor();
  expect(await rows.count()).toBe(1);
  await part.getByLabel('Search transactions').fill('');
  await part.getByLabel('Account').selectOption({ label: '\u2068Platinum Card\u2069 · \u20689012\u2069' });
  await part.getByText('Green Grocer').waitFor({ state: 'detached' });

  await part.getByText('Show as a table').click();
  const table = part.getByRole('table');
  await table.getByRole('rowheader', { name: 'Restaurants' }).waitFor();
  expect(await table.getByRole('row', { name: 'Restaurants' }).innerText()).toContain('$8.40');
  await context.close();
});

test('an account tells its details when it is asked', async () => {
  const { context, page, visit } = await stage.open();
  await visit('everyday');
  await page.goto(`${stage.cards.ownSite}/expanded`);
  const account = page.getByRole('listitem').filter({ hasText: 'Everyday Checking' }).first();
  const details = account.getByText('Type');
  await account.getByText('Details').waitFor();
  expect(await details.isVisible()).toBe(false);
  await account.getByText('Details').click();
  await details.waitFor();
  await context.close();
});

test('a customer whose bank withholds transactions sees the accounts, and why there is no more', async () => {
  stage.bank.switches.withheldScopes = ['https://api.banno.com/consumer/auth/transactions.detail.readonly'];
  const { context, page, visit } = await stage.open();
  await visit('everyday');
  await page.goto(`${stage.cards.foreign}/expanded`);
  await page.waitForSelector('account-card >> text=Home Loan');
  await page.getByText('Your institution doesn’t share transactions with this card.').waitFor();
  expect(await page.locator('recent-transactions').count()).toBe(0);
  await context.close();
});

test('I18 in all of this there was no policy violation, no error, no request to elsewhere', () => {
  expect(stage.incidents).toEqual([]);
});
