/** Loads the accounts' transactions in order, two at a time, page by page, and keeps what came. */
import type { AccountView, TransactionView } from '../server/contract.ts';
import type { ApiAnswer } from './read-result.ts';
import { isTransactionPage } from './transaction-page.ts';

/** What is known of one account. `next` is the offset to go on with; null at the end of its history. */
export interface AccountHistory {
  account: AccountView;
  transactions: TransactionView[];
  next: number | null;
  state: 'waiting' | 'loaded' | 'failed' | 'refused';
}

export interface SourceOptions {
  accounts: readonly AccountView[];
  /** Never rejects. */
  read(accountId: string, offset: number): Promise<ApiAnswer | null>;
  onChange(): void;
  /** 401, or 403 for all accounts: nothing more is read. */
  onRefused(status: number): void;
}

/** The bank's core is asked gently, and the first accounts are seen first. */
const AT_ONCE = 2;

export class TransactionSource {
  readonly histories: AccountHistory[];
  readonly #options: SourceOptions;
  #queue: AccountHistory[] = [];
  #running = 0;
  #isClosed = false;

  constructor(options: SourceOptions) {
    this.#options = options;
    this.histories = options.accounts.map((account) => ({
      account,
      transactions: [],
      next: 0,
      state: 'waiting',
    }));
  }

  get isBusy(): boolean {
    return this.#running > 0 || this.#queue.length > 0;
  }

  start(): void {
    this.#enqueue(this.histories.filter(({ state }) => state === 'waiting'));
  }

  retry(): void {
    this.#enqueue(this.histories.filter(({ state }) => state === 'failed'));
  }

  loadMore(histories: readonly AccountHistory[]): void {
    this.#enqueue(histories.filter(({ state, next }) => state === 'loaded' && next !== null));
  }

  /** What is still on its way is dropped when it arrives. */
  close(): void {
    this.#isClosed = true;
    this.#queue = [];
  }

  #enqueue(histories: readonly AccountHistory[]): void {
    for (const history of histories) {
      history.state = 'waiting';
      this.#queue.push(history);
    }
    this.#pump();
  }

  #pump(): void {
    while (this.#running < AT_ONCE) {
      const history = this.#queue.shift();
      if (history === undefined) return;
      this.#running += 1;
      void this.#load(history);
    }
  }

  async #load(history: AccountHistory): Promise<void> {
    const offset = history.next ?? 0;
    const answer = await this.#options.read(history.account.id, offset);
    this.#running -= 1;
    if (this.#isClosed) return;
    history.state = take(history, offset, answer);
    // Where the bank let something be read before, the permission has been withdrawn.
    const isWithdrawn = history.state === 'refused' && offset > 0;
    if (answer?.status === 401 || isWithdrawn || this.histories.every(isRefused)) {
      this.close();
      this.#options.onRefused(answer?.status === 401 ? 401 : 403);
      return;
    }
    // Whoever is asked too often must not be asked for all the others.
    if (answer?.status === 429) for (const waiting of this.#queue.splice(0)) waiting.state = 'failed';
    this.#pump();
    this.#options.onChange();
  }
}

/** Adds what an answer brings, and tells what has become of the history. A bank may permit some accounts and not others. */
function take(history: AccountHistory, offset: number, answer: ApiAnswer | null): AccountHistory['state'] {
  if (answer?.status === 403) {
    history.next = null;
    return 'refused';
  }
  if (answer?.status !== 200 || !isTransactionPage(answer.body)) return 'failed';
  const { transactions, next } = answer.body;
  // Offsets shift when something new is posted between two pages.
  const known = new Set(history.transactions.map(({ id }) => id));
  history.transactions = [...history.transactions, ...transactions.filter(({ id }) => !known.has(id))];
  history.next = next !== null && next > offset ? next : null;
  return 'loaded';
}

export function isRefused({ state }: AccountHistory): boolean {
  return state === 'refused';
}
