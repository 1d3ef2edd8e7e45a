/** Writes an account's transactions from short entries: newest first, with running balances. */
import Big from 'big.js';
import { accountIdOf, daysAgo } from './account.ts';
import type { Transaction } from './persona.ts';
import { stableUuid } from './stable-uuid.ts';

/** Days ago, name as the bank's core has it, name to show, amount, category. Days below zero: still pending. */
export type Entry = [days: number, memo: string, displayName: string, amount: string, category?: string];

export interface HistoryOf {
  userId: string;
  number: number;
  now: Date;
  balance: string;
  entries: Entry[];
}

export function history({ userId, number, now, balance, entries }: HistoryOf): Record<string, Transaction[]> {
  const accountId = accountIdOf(userId, number);
  let running = new Big(balance);
  const transactions = entries.map(
    ([days, memo, displayName, amount, category = 'Uncategorized'], index): Transaction => {
      const isPending = days < 0;
      const at = daysAgo(now, Math.max(days, 0)).toISOString();
      const shared = {
        id: stableUuid(`${accountId} ${entries.length - index}`),
        accountId,
        amount,
        currency: 'USD',
        memo,
        filteredMemo: displayName,
        displayName,
        type: amount.startsWith('-') ? 'Debit' : 'Credit',
        date: at,
        sequence: entries.length - index,
        lastUpdated: at,
        enrichments: { cleanMemo: displayName, expenseCategory: category },
      };
      if (isPending) return { ...shared, pendingStatus: 'Pending' };
      const posted = { datePosted: at, pendingStatus: 'Reconciled', runningBalance: running.toFixed(2) };
      running = running.minus(amount);
      return { ...shared, ...posted };
    },
  );
  return { [accountId]: transactions };
}

export const DAILY_LIFE: Entry[] = [
  [-1, 'POS PENDING CORNER BAKERY 0042', 'Corner Bakery', '-8.40', 'Restaurants'],
  [-1, 'POS PENDING RIVERSIDE FUEL', 'Riverside Fuel', '-41.15', 'Auto & Transport'],
  [1, 'GROCER 123 SPRINGVALE', 'Green Grocer', '-45.67', 'Groceries'],
  [2, 'ACH CREDIT MAPLE WORKS PAYROLL', 'Maple Works', '1840.00', 'Income'],
  [4, 'CHECK 1042', 'Check 1042', '-120.00'],
  [6, 'CITY WATER UTIL WEB PMT', 'City Water', '-62.18', 'Utilities'],
  [9, 'BOOKS & MORE 77', 'Books & More', '-23.99', 'Shopping'],
  [12, 'TRANSFER TO SAVINGS', 'Transfer to savings', '-200.00'],
  [16, 'ACH CREDIT MAPLE WORKS PAYROLL', 'Maple Works', '1840.00', 'Income'],
  [21, 'RENTAL CAR CO REFUND', 'Rental Car Co', '35.00'],
  [27, 'PHARMACY ON MAIN', 'Pharmacy on Main', '-17.25', 'Health'],
  [33, 'MONTHLY INTEREST', 'Interest', '0.42'],
];
