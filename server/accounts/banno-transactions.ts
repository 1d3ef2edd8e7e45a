/** What we read of a transaction: tolerantly, exact amounts, the bank's own words. */
import type { TransactionView } from '../contract.ts';
import { CardError } from '../errors.ts';
import { maskLongNumbers } from './masking.ts';
import { readMoney } from './money.ts';
import { calendarDate, currencyOf, isObject, text, type Untrusted } from './untrusted.ts';

/** Query of the Consumer API; `since` is an ISO 8601 instant of the posted date. */
export interface TransactionSpan {
  offset: number;
  limit: number;
  since?: string;
}

/** `count` is how many the bank sent, the unusable ones included: what tells a full page. */
export interface BannoTransactions {
  transactions: TransactionView[];
  count: number;
}

/**
 * A transaction without an id, or whose amount or currency cannot be read, is dropped, and so is one that says it is of another account than was asked for.
 * @throws {CardError} `BANK_UNEXPECTED`
 */
export function readTransactions(body: unknown, currency: string, askedId?: string): BannoTransactions {
  if (!isObject(body)) throw new CardError('BANK_UNEXPECTED', { reason: 'transactions' });
  const { transactions, inactivatedTransactionIds } = body;
  // For an account that never had any, the member may be missing or null.
  if (transactions === undefined || transactions === null) return { transactions: [], count: 0 };
  if (!Array.isArray(transactions)) throw new CardError('BANK_UNEXPECTED', { reason: 'transactions' });
  const inactivated = new Set<unknown>(
    Array.isArray(inactivatedTransactionIds) ? inactivatedTransactionIds : [],
  );
  const valid = transactions
    .filter(isObject)
    .filter(({ id }) => !inactivated.has(id))
    .filter(({ accountId }) => (accountId ?? askedId) === askedId);
  return {
    transactions: valid.flatMap((item) => readTransaction(item, currency) ?? []),
    count: transactions.length,
  };
}

function readTransaction(item: Untrusted, currency: string): TransactionView | undefined {
  const id = text(item['id']);
  const amount = readMoney(item['amount']);
  const own = currencyOf(item['currency']);
  if (id === null || amount === null || own === undefined) return undefined;
  const enrichments = isObject(item['enrichments']) ? item['enrichments'] : {};
  const names = [item['displayName'], enrichments['cleanMemo'], item['filteredMemo'], item['memo']];
  const posted = calendarDate(item['datePosted']);
  const category = text(enrichments['customExpenseCategory']) ?? text(enrichments['expenseCategory']);
  const status = text(item['pendingStatus'])?.toLowerCase();
  return {
    id,
    on: posted ?? calendarDate(item['date']),
    description: maskLongNumbers(names.map(text).find((name) => name !== null) ?? ''),
    amount: { amount, currency: own ?? currency },
    isPending: status === 'pending' || (status === undefined && posted === null),
    category: category === null ? null : maskLongNumbers(category),
  };
}
