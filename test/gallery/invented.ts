/** Invented accounts, summaries, transactions and problems, all at the gallery's one moment. */
import type {
  AccountSummary,
  AccountView,
  Problem,
  ProblemCode,
  TransactionView,
} from '../../server/contract.ts';
import { account, summaryOf } from '../card/support/summaries.ts';
import { NOW } from './cells.ts';

export { account };

export const usd = (amount: string) => ({ amount, currency: 'USD' });
export const available = (amount: string) => ({ ...usd(amount), kind: 'available' as const, label: null });
export const owed = (amount: string) => ({ ...usd(amount), kind: 'owed' as const, label: null });

const MINUTE_MS = 60_000;

export function minutesAgo(minutes: number): string {
  return new Date(NOW.getTime() - minutes * MINUTE_MS).toISOString();
}

/** None, one, the three of the pictures, or as many with every kind of name and amount. */
export function accounts(count: number, changes: Partial<AccountSummary> = {}): AccountSummary {
  return { ...summaryOf(count), asOf: minutesAgo(2), ...changes };
}

/** Deposits in one group, in this order; totals as given. */
export function deposits(list: AccountView[], changes: Partial<AccountSummary> = {}): AccountSummary {
  return accounts(1, {
    groups: [{ kind: 'cash', subtotal: null, accounts: list }],
    order: list.map(({ id }) => id),
    ...changes,
  });
}

const STATUSES: Partial<Record<ProblemCode, number>> = {
  SIGN_IN_REQUIRED: 401,
  SIGN_IN_FAILED: 400,
  NOT_PERMITTED: 403,
  TOO_MANY_REQUESTS: 429,
  BANK_UNAVAILABLE: 502,
  BANK_UNEXPECTED: 502,
  BANK_TIMEOUT: 504,
};

export function problem(code: ProblemCode, changes: Partial<Problem> = {}): Problem {
  return {
    type: 'about:blank',
    title: code,
    status: STATUSES[code] ?? 503,
    code,
    requestId: '0b8e6f1c-53a5-4d0e-9f1e-6c2b7f4e8d21',
    ...changes,
  };
}

type Entry = [daysAgo: number, description: string, amount: string, category: string | null];

/** Days below zero: still pending. */
const DAILY_LIFE: Entry[] = [
  [-1, 'Corner Bakery', '-8.40', 'Restaurants'],
  [0, 'Green Grocer', '-45.67', 'Groceries'],
  [1, 'Maple Works', '1840.00', 'Income'],
  [1, 'City Water', '-62.18', 'Utilities'],
  [3, 'Riverside Fuel', '-41.15', 'Auto & Transport'],
  [3, 'A Shop with a Name That Is Rather Long for One Line of a Narrow Page', '-1203.99', 'Shopping'],
  [9, 'Check 1042', '-120.00', null],
  [21, 'Rental Car Co', '35.00', null],
  [33, 'Interest', '0.42', 'Income'],
];

export function transactionsOf(accountId: string): TransactionView[] {
  return DAILY_LIFE.map(([days, description, amount, category], index) => ({
    id: `${accountId}-${index}`,
    on: new Date(NOW.getTime() - Math.max(days, 0) * 24 * 60 * MINUTE_MS).toISOString().slice(0, 10),
    description,
    amount: usd(amount),
    isPending: days < 0,
    category,
  }));
}
