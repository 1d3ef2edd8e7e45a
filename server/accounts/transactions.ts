/** An account's recent transactions, newest first, a page at a time. */
import type { TransactionPage, TransactionView } from '../contract.ts';
import type { Caller, ConsumerApi } from './consumer-api.ts';

/** The most that the Consumer API gives at once. */
const PAGE_SIZE = 500;
const RECENT_MS = 90 * 86_400_000;

/**
 * One page. The Consumer API sorts by posted date, but does not say in which direction: where a full page turns out
 * to run from old to new, the last 90 days are read instead, and nothing older is offered. @throws {CardError}
 */
export async function readTransactionPage(
  api: ConsumerApi,
  caller: Caller,
  accountId: string,
  offset: number,
  nowMs: number,
): Promise<TransactionPage> {
  const { transactions: page, count } = await api.transactions(caller, accountId, {
    offset,
    limit: PAGE_SIZE,
  });
  if (count < PAGE_SIZE) return { transactions: newestFirst(page), next: null };
  if (!runsFromOldToNew(page)) return { transactions: newestFirst(page), next: offset + PAGE_SIZE };
  const since = new Date(nowMs - RECENT_MS).toISOString();
  const { transactions: recent } = await api.transactions(caller, accountId, {
    offset: 0,
    limit: PAGE_SIZE,
    since,
  });
  return { transactions: newestFirst(recent), next: null };
}

function runsFromOldToNew(page: readonly TransactionView[]): boolean {
  const dates = page.flatMap(({ on }) => on ?? []);
  return (dates[0] ?? '') < (dates.at(-1) ?? '');
}

/** Pending first: they are the newest that there is. The bank's order holds within a day. */
function newestFirst(page: readonly TransactionView[]): TransactionView[] {
  const ordered = runsFromOldToNew(page) ? page.toReversed() : page;
  return ordered.toSorted(
    (a, b) => Number(b.isPending) - Number(a.isPending) || (b.on ?? '').localeCompare(a.on ?? ''),
  );
}
