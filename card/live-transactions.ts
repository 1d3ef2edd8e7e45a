/** The transactions on screen: a source that is replaced by a newer one as soon as that one has everything. */
import type { AccountGroup, AccountSummary, AccountView } from '../server/contract.ts';
import { type Spending, spendingOf } from './spending.ts';
import {
  type Block,
  blocksOf,
  type Entry,
  mergeHistories,
  oldestOf,
  searchEntries,
} from './transaction-list.ts';
import {
  type AccountHistory,
  isRefused,
  type SourceOptions,
  TransactionSource,
} from './transaction-source.ts';

type LiveOptions = Omit<SourceOptions, 'accounts'>;

/** What a search found: the same object as long as it is the same. */
export interface Found {
  count: number;
  blocks: readonly Block[];
}

export class LiveTransactions {
  readonly #options: LiveOptions;
  #source: TransactionSource | null = null;
  #renewal: TransactionSource | null = null;
  #cash = new Set<string>();
  #merged: { accountId: string; entries: Entry[] } | null = null;
  #found: (Found & { entries: readonly Entry[]; query: string }) | null = null;
  #spending: { month: string; spending: Spending | null } | null = null;
  #isThere = false;

  constructor(options: LiveOptions) {
    this.#options = options;
  }

  get hasBegun(): boolean {
    return this.#source !== null;
  }

  /** From when every account has answered or failed: what was shown before that would move at each answer. */
  get isThere(): boolean {
    return this.#isThere;
  }

  begin(summary: AccountSummary): void {
    this.#cash = cashAccounts(summary);
    this.#source = this.#open(summary, () => this.#tell());
  }

  /** What is on screen stays until everything is there anew; if a part fails, it stays for good. */
  renew(summary: AccountSummary): void {
    this.#renewal?.close();
    const renewal: TransactionSource = this.#open(summary, () => {
      if (this.#source === renewal) return this.#tell();
      if (renewal.isBusy || renewal.histories.some(({ state }) => state === 'failed')) return;
      this.#source?.close();
      this.#source = renewal;
      this.#cash = cashAccounts(summary);
      this.#tell();
    });
    this.#renewal = renewal;
  }

  /** The account itself, or all: newer ones may come without the one that was chosen. */
  known(accountId: string): string {
    return this.histories(accountId).length > 0 ? accountId : '';
  }

  /** Those that the bank does not let this card read. */
  get refused(): readonly AccountHistory[] {
    return this.#all.filter(isRefused);
  }

  get #all(): readonly AccountHistory[] {
    return this.#source?.histories ?? [];
  }

  /** All that may be read, or those of one account. */
  histories(accountId: string): readonly AccountHistory[] {
    const all = this.#all.filter((history) => !isRefused(history));
    return accountId === '' ? all : all.filter(({ account }) => account.id === accountId);
  }

  entries(accountId: string): readonly Entry[] {
    if (this.#merged?.accountId !== accountId)
      this.#merged = { accountId, entries: mergeHistories(this.histories(accountId)) };
    return this.#merged.entries;
  }

  found(accountId: string, query: string): Found {
    const entries = this.entries(accountId);
    if (this.#found?.entries !== entries || this.#found.query !== query) {
      const matches = searchEntries(entries, query);
      this.#found = { entries, query, count: matches.length, blocks: blocksOf(matches) };
    }
    return this.#found;
  }

  /** Null until every cash account is known back to the first of the month: a part would pass for the whole. */
  spending(month: string): Spending | null {
    if (this.#spending?.month === month) return this.#spending.spending;
    const cash = this.#all.filter(({ account }) => this.#cash.has(account.id));
    const isKnown = cash.every(
      (history) => history.state === 'loaded' && (history.next === null || oldestOf(history) < month),
    );
    const spending = isKnown
      ? spendingOf(
          cash.flatMap(({ transactions }) => transactions),
          month,
        )
      : null;
    this.#spending = { month, spending };
    return spending;
  }

  retry(): void {
    this.#source?.retry();
    this.#tell();
  }

  loadMore(histories: readonly AccountHistory[]): void {
    this.#source?.loadMore(histories);
    this.#tell();
  }

  close(): void {
    this.#source?.close();
    this.#renewal?.close();
    this.#source = null;
  }

  #open(summary: AccountSummary, onChange: () => void): TransactionSource {
    const source = new TransactionSource({
      ...this.#options,
      accounts: ownAccounts(summary.groups),
      onChange,
    });
    source.start();
    return source;
  }

  #tell(): void {
    if (this.#source?.isBusy === false) this.#isThere = true;
    this.#merged = null;
    this.#spending = null;
    this.#options.onChange();
  }
}

/** What other institutions hold, this one can tell nothing of. */
export function ownAccounts(groups: readonly AccountGroup[]): AccountView[] {
  return groups.flatMap(({ accounts }) => accounts).filter(({ institutionName }) => institutionName === null);
}

/** Only of these is it documented that money out is negative. */
function cashAccounts({ groups }: AccountSummary): Set<string> {
  return new Set(ownAccounts(groups.filter(({ kind }) => kind === 'cash')).map(({ id }) => id));
}
