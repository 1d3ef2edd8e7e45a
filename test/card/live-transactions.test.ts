/** What stays on screen while newer transactions are read, and which spending may be shown. */
import { expect, test, vi } from 'vitest';
import { LiveTransactions } from '../../card/live-transactions.ts';
import type { ApiAnswer } from '../../card/read-result.ts';
import type { TransactionPage } from '../../server/contract.ts';
import { threeAccounts } from './support/summaries.ts';
import { pageOf, transaction } from './support/transactions.ts';

const MONTH = '2026-11';
const spent = (money: string, changes = {}) => transaction({ money, category: 'Groceries', ...changes });

function liveWith(pages: (id: string, offset: number) => TransactionPage | null) {
  let running = 0;
  const read = vi.fn(async (id: string, offset: number): Promise<ApiAnswer | null> => {
    running += 1;
    const body = pages(id, offset);
    running -= 1;
    return body && { ok: true, status: 200, body };
  });
  const onChange = vi.fn();
  const live = new LiveTransactions({ read, onChange, onRefused: vi.fn() });
  live.begin(threeAccounts);
  const settled = async (calls: number) => {
    await expect.poll(() => read.mock.calls.length).toBe(calls);
    await expect.poll(() => running).toBe(0);
  };
  return { live, read, settled };
}

const descriptions = (live: LiveTransactions) =>
  live.entries('').map(({ transaction: { description } }) => description);

test('newer transactions take the place of the old ones at once, when all are there', async () => {
  let name = 'old';
  const { live, settled } = liveWith((id) => pageOf([transaction({ id, description: name })]));
  await settled(3);
  await expect.poll(() => descriptions(live)).toEqual(['old', 'old', 'old']);
  name = 'new';
  live.renew({ ...threeAccounts });
  expect(descriptions(live)).toEqual(['old', 'old', 'old']);
  await settled(6);
  await expect.poll(() => descriptions(live)).toEqual(['new', 'new', 'new']);
});

test('where a part of the newer ones fails, the old ones stay', async () => {
  let isBroken = false;
  const { live, settled } = liveWith((id) =>
    isBroken && id === 'card' ? null : pageOf([transaction({ id, description: isBroken ? 'new' : 'old' })]),
  );
  await settled(3);
  isBroken = true;
  live.renew({ ...threeAccounts });
  await settled(6);
  expect(descriptions(live)).toEqual(['old', 'old', 'old']);
});

test('spending counts the cash accounts alone', async () => {
  const { live } = liveWith((id) => pageOf([spent('-1.00', { id })]));
  await expect.poll(() => live.spending(MONTH)?.total).toBe('2.00');
});

test('there is no spending while a cash account is unknown, failed, or not read back to the first', async () => {
  const failed = liveWith((id) => (id === 'savings' ? null : pageOf([spent('-1.00', { id })])));
  expect(failed.live.spending(MONTH)).toBeNull();
  await failed.settled(3);
  expect(failed.live.spending(MONTH)).toBeNull();

  const { live, settled } = liveWith((id, offset) => {
    if (id !== 'everyday') return pageOf([]);
    return offset === 0
      ? pageOf([spent('-1.00', { id: '1' })], 1)
      : pageOf([spent('-2.00', { id: '2' }), spent('-4.00', { id: '3', on: '2026-10-31' })], 3);
  });
  await settled(3);
  expect(live.spending(MONTH)).toBeNull();
  live.loadMore(live.histories('everyday'));
  await expect.poll(() => live.spending(MONTH)?.total).toBe('3.00');
});
