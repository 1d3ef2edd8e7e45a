/** Puts the transactions of many accounts into one list: merged, searched, grouped by day, and cut into blocks. */
import type { AccountView, TransactionView } from '../server/contract.ts';
import type { AccountHistory } from './transaction-source.ts';

export interface Entry {
  account: AccountView;
  transaction: TransactionView;
}

/** What is pending, or posted on one day. */
export interface Group {
  isPending: boolean;
  /** Null where the bank gave no date, and for what is pending. */
  on: string | null;
  /** The block before began it, heading and all. */
  continues: boolean;
  entries: Entry[];
}

/** As many rows as are added at a time, and drawn together. */
export type Block = readonly Group[];
export const BLOCK_SIZE = 50;

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

/** Whether asking for more may bring more. */
export function mayGoOn(histories: readonly AccountHistory[]): boolean {
  return holdingBack(histories).some(
    ({ state, transactions }) => state !== 'failed' && transactions.length > 0,
  );
}

export function searchEntries(entries: readonly Entry[], query: string): readonly Entry[] {
  const wanted = fold(query).split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return entries;
  return entries.filter((entry) => {
    const text = searchTextOf(entry);
    return wanted.every((word) => text.includes(word));
  });
}

export function blocksOf(matches: readonly Entry[]): Block[] {
  return Array.from({ length: Math.ceil(matches.length / BLOCK_SIZE) }, (_, index) => {
    const start = index * BLOCK_SIZE;
    return blockOf(matches.slice(start, start + BLOCK_SIZE), matches[start - 1]);
  });
}

function blockOf(entries: readonly Entry[], before: Entry | undefined): Block {
  const groups: Group[] = [];
  let previous = before;
  for (const entry of entries) {
    const { isPending, on } = entry.transaction;
    const continues = previous !== undefined && isTogether(previous, entry);
    const last = groups.at(-1);
    if (continues && last !== undefined) last.entries.push(entry);
    else groups.push({ isPending, on: isPending ? null : on, continues, entries: [entry] });
    previous = entry;
  }
  return groups;
}

function isTogether({ transaction: a }: Entry, { transaction: b }: Entry): boolean {
  return a.isPending === b.isPending && (a.isPending || a.on === b.on);
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
