/** How the accounts' transactions are read: in order, two at a time, on and on, and once more after a failure. */
import { expect, test, vi } from 'vitest';
import type { ApiAnswer } from '../../card/read-result.ts';
import { TransactionSource } from '../../card/transaction-source.ts';
import { account } from './support/summaries.ts';
import { pageOf, transaction } from './support/transactions.ts';

const ok = (body: unknown): ApiAnswer => ({ ok: true, status: 200, body });
const status = (code: number): ApiAnswer => ({ ok: false, status: code, body: null });

function sourceOf(ids: string[], read: (id: string, offset: number) => Promise<ApiAnswer | null>) {
  const onRefused = vi.fn();
  const onChange = vi.fn();
  const accounts = ids.map((id) => account({ id }));
  return { source: new TransactionSource({ accounts, read, onChange, onRefused }), onChange, onRefused };
}

test('never more than two at a time, the first account first', async () => {
  const started: string[] = [];
  let running = 0;
  let most = 0;
  const { source } = sourceOf(['a', 'b', 'c', 'd', 'e'], async (id) => {
    started.push(id);
    running += 1;
    most = Math.max(most, running);
    await new Promise((resolve) => requestAnimationFrame(resolve));
    running -= 1;
    return ok(pageOf([]));
  });
  source.start();
  expect(started).toEqual(['a', 'b']);
  await expect.poll(() => source.isBusy).toBe(false);
  expect(started).toEqual(['a', 'b', 'c', 'd', 'e']);
  expect(most).toBe(2);
});

test('the next page goes on where the last one ended, and shows nothing twice', async () => {
  const pages = new Map([
    [0, pageOf([transaction({ id: '1' }), transaction({ id: '2' })], 2)],
    [2, pageOf([transaction({ id: '2' }), transaction({ id: '3' })])],
  ]);
  const { source } = sourceOf(['a'], async (_id, offset) => ok(pages.get(offset)));
  source.start();
  await expect.poll(() => source.isBusy).toBe(false);
  source.loadMore(source.histories);
  source.loadMore(source.histories);
  await expect.poll(() => source.isBusy).toBe(false);
  expect(source.histories[0]?.transactions.map(({ id }) => id)).toEqual(['1', '2', '3']);
  expect(source.histories[0]?.next).toBeNull();
});

test.for([
  ['502', status(502)],
  ['no answer', null],
  ['no page', ok({ transactions: [{}], next: null })],
] as const)('%s: that account failed, and is read once more when asked', async ([, failure]) => {
  let answer: ApiAnswer | null = failure;
  const { source } = sourceOf(['a', 'b'], async (id) => (id === 'a' ? answer : ok(pageOf([]))));
  source.start();
  await expect.poll(() => source.isBusy).toBe(false);
  expect(source.histories.map(({ state }) => state)).toEqual(['failed', 'loaded']);
  answer = ok(pageOf([transaction()]));
  source.retry();
  await expect.poll(() => source.histories[0]?.state).toBe('loaded');
});

test('429: nothing more is asked until the customer asks', async () => {
  const answers = [ok(pageOf([])), status(429)];
  const read = vi.fn(async () => answers.shift() ?? ok(pageOf([])));
  const ids = Array.from({ length: 100 }, (_, index) => `${index}`);
  const { source } = sourceOf(ids, read);
  source.start();
  await expect.poll(() => source.isBusy).toBe(false);
  expect(read.mock.calls.length).toBeLessThan(5);
  expect(source.histories.filter(({ state }) => state === 'failed').length).toBeGreaterThan(95);
  source.retry();
  await expect.poll(() => source.histories.every(({ state }) => state === 'loaded')).toBe(true);
});

test('401 ends all reading; after the end nothing is told', async () => {
  const read = vi.fn(async () => status(401));
  const { source, onRefused, onChange } = sourceOf(['a', 'b', 'c', 'd'], read);
  source.start();
  await expect.poll(() => onRefused.mock.calls).toEqual([[401]]);
  expect(read).toHaveBeenCalledTimes(2);
  expect(onChange).not.toHaveBeenCalled();
});

test('403 for every account ends all reading', async () => {
  const { source, onRefused } = sourceOf(['a', 'b', 'c', 'd'], async () => status(403));
  source.start();
  await expect.poll(() => onRefused.mock.calls).toEqual([[403]]);
});

test('403 for one account leaves the others, and is not asked again', async () => {
  const read = vi.fn(async (id: string) => (id === 'a' ? status(403) : ok(pageOf([transaction()]))));
  const { source, onRefused } = sourceOf(['a', 'b', 'c'], read);
  source.start();
  await expect.poll(() => source.isBusy).toBe(false);
  source.retry();
  source.loadMore(source.histories);
  expect(source.histories.map(({ state }) => state)).toEqual(['refused', 'loaded', 'loaded']);
  expect(read).toHaveBeenCalledTimes(3);
  expect(onRefused).not.toHaveBeenCalled();
});

test('403 for what could be read before is a permission withdrawn', async () => {
  const read = async (id: string, offset: number) =>
    offset > 0 ? status(403) : ok(pageOf([transaction()], id === 'a' ? 1 : null));
  const { source, onRefused } = sourceOf(['a', 'b'], read);
  source.start();
  await expect.poll(() => source.isBusy).toBe(false);
  source.loadMore(source.histories);
  await expect.poll(() => onRefused.mock.calls).toEqual([[403]]);
});
