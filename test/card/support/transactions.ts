/** Makes transactions, and opens the expanded view on an API that answers with them. */

import type { AccountHistory } from '../../../card/transaction-source.ts';
import type { AccountSummary, CardBoot, TransactionPage, TransactionView } from '../../../server/contract.ts';
import { type CardFrame, type OpenOptions, openCard } from './card-page.ts';
import { find } from './layout.ts';
import { account, bootOf } from './summaries.ts';

/** Answers for an account and an offset; an answer that is no Response is a page. */
export type TransactionsOf = (
  accountId: string,
  offset: number,
) => TransactionPage | Response | Promise<TransactionPage | Response>;

export interface ActivityFrame extends CardFrame {
  /** Paths with queries, in the order of the calls. */
  calls: string[];
}

export function transaction(changes: Partial<TransactionView> & { money?: string } = {}): TransactionView {
  const { money = '-12.34', ...others } = changes;
  return {
    id: 't1',
    on: '2026-11-20',
    description: 'Green Grocer',
    amount: { amount: money, currency: 'USD' },
    isPending: false,
    category: null,
    ...others,
  };
}

export function pageOf(transactions: TransactionView[], next: number | null = null): TransactionPage {
  return { transactions, next };
}

export function historyOf(
  id: string,
  transactions: TransactionView[],
  changes: Partial<AccountHistory> = {},
): AccountHistory {
  return { account: account({ id, name: id }), transactions, next: null, state: 'loaded', ...changes };
}

/** The day some days ago by the browser's own clock, as the bank writes it. */
export function daysAgo(days: number): string {
  const at = new Date();
  at.setDate(at.getDate() - days);
  const twoDigits = (value: number) => `${value}`.padStart(2, '0');
  return `${at.getFullYear()}-${twoDigits(at.getMonth() + 1)}-${twoDigits(at.getDate())}`;
}

export async function openActivity(
  summary: AccountSummary,
  transactionsOf: TransactionsOf,
  options: Partial<Omit<OpenOptions, 'boot'>> & { page?: Partial<CardBoot> } = {},
): Promise<ActivityFrame> {
  const calls: string[] = [];
  const features = { transactions: true };
  const page = await openCard({
    width: 512,
    height: 3_000,
    ...options,
    boot: bootOf(summary, { view: 'expanded', features, ...options.page } as Partial<CardBoot>),
    prepare: (view) => {
      options.prepare?.(view);
      view.fetch = async (url) => {
        const { pathname, search, searchParams } = new URL(String(url));
        calls.push(pathname + search);
        const [, accountId] = /\/accounts\/([^/]+)\/transactions$/.exec(pathname) ?? [];
        if (accountId === undefined) return new Response(null, { status: 401 });
        const answer = await transactionsOf(accountId, Number(searchParams.get('offset')));
        return answer instanceof Response ? answer : Response.json(answer);
      };
    },
  });
  return { ...page, calls };
}

/** What the list says of itself. */
export function statusOf(card: Element): string | undefined {
  return find(card, '.count')?.textContent?.trim();
}

export function search(card: Element, text: string): void {
  const field = find(card, 'input[type=search]') as HTMLInputElement;
  field.value = text;
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
}

export function press(card: Element, selector: string): void {
  (find(card, selector) as HTMLElement | undefined)?.click();
}
