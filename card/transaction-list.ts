/** Puts the transactions of many accounts into one list: merged, searched, cut, and grouped by day. */
import type { AccountView, TransactionView } from '../server/contract.ts';
import type { AccountHistory } from './transaction-source.ts';

export interface Entry {
  account: AccountView;
  transaction: TransactionView;
}

/** Newest first. `on` is null where the bank gave no date. */
export interface DayGroup {
  on: string | null;
  entries: Entry[];
}

export interface TransactionList {
  pending: Entry[];
  days: DayGroup[];
  /** How many match, shown or not. */
  count: number;
  shown: number;
}

/**
 * All entries that are known to have their place: pending, then posted by day. An account whose history goes on is
 * known down to its oldest day only; what others have below that waits, so that nothing is put in above it later.
 */
export function mergeHistories(histories: readonly AccountHistory[]): Entry[] {
  const horizon = horizonOf(histories);
  const entries = histories.flatMap(({ account, transactions }) =>
    transactions.map((transaction) => ({ account, transaction })),
  );
  const posted = entries
    .filter(({ transaction: { isPending, on } }) => !isPending && (on ?? '') >= horizon)
    .sort((a, b) => compareText(b.transaction.on ?? '', a.transaction.on ?? ''));
  return [...entries.filter(({ transaction }) => transaction.isPending), ...posted];
}

/** The accounts that hold the list back: whose next page it needs. */
export function holdingBack(histories: readonly AccountHistory[]): AccountHistory[] {
  const horizon = horizonOf(histories);
  return histories.filter((history) => history.next !== null && oldestOf(history) >= horizon);
}

export function searchEntries(entries: readonly Entry[], query: string): readonly Entry[] {
  const wanted = fold(query).split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return entries;
  return entries.filter((entry) => {
    const text = searchTextOf(entry);
    return wanted.every((word) => text.includes(word));
  });
}

export function listEntries(matches: readonly Entry[], limit: number): TransactionList {
  const shown = matches.slice(0, limit);
  const days: DayGroup[] = [];
  for (const entry of shown.filter(({ transaction }) => !transaction.isPending)) {
    const { on } = entry.transaction;
    const last = days.at(-1);
    if (last !== undefined && last.on === on) last.entries.push(entry);
    else days.push({ on, entries: [entry] });
  }
  const pending = shown.filter(({ transaction }) => transaction.isPending);
  return { pending, days, count: matches.length, shown: shown.length };
}

/** As long as a transaction is kept, so is its text: typing must not fold thousands of them at every key. */
const searchTexts = new WeakMap<TransactionView, string>();

function searchTextOf({ account, transaction }: Entry): string {
  const known = searchTexts.get(transaction);
  if (known !== undefined) return known;
  const text = fold([transaction.description, transaction.category, account.name].join(' '));
  searchTexts.set(transaction, text);
  return text;
}

/** "cafe" finds "Café": customers type without accents. */
function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

function horizonOf(histories: readonly AccountHistory[]): string {
  return histories.reduce((horizon, history) => {
    const oldest = history.next === null ? '' : oldestOf(history);
    return oldest > horizon ? oldest : horizon;
  }, '');
}

/** Empty as long as nothing of the account is known: its first page may still bring anything. */
export function oldestOf({ transactions }: AccountHistory): string {
  return transactions.findLast(({ on, isPending }) => on !== null && !isPending)?.on ?? '';
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
