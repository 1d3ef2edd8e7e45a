/** What went out of the cash accounts in a month, by the bank's own categories. */
import type { TransactionView } from '../server/contract.ts';
import { digitsOf, fromUnits, toUnits } from './exact-sum.ts';

export interface SpendingLine {
  /** Null stands for all the rest. */
  category: string | null;
  amount: string;
  /** Of the total, from 0 to 1, cut after three digits. */
  share: number;
  /** Of the longest bar: a picture's width, not an amount. */
  width: number;
}

export interface Spending {
  currency: string;
  total: string;
  lines: SpendingLine[];
}

/** More bars than these are no longer seen at a glance. */
const MOST_CATEGORIES = 6;
/** Words with which a bank says that it does not know. */
const UNKNOWN = /^(uncategori[sz]ed|unknown|other|)$/i;

/**
 * `month` is `yyyy-MM`. A pending transaction without a date is of this month: it has not been posted yet.
 * Null without any known category, and where nothing went out.
 */
export function spendingOf(transactions: readonly TransactionView[], month: string): Spending | null {
  const out = transactions.filter(
    ({ on, isPending, amount }) =>
      amount.amount.startsWith('-') && (on === null ? isPending : on.startsWith(month)),
  );
  const currency = mostFrequent(out.map(({ amount }) => amount.currency));
  if (currency === null) return null;
  const counted = out.filter(({ amount }) => amount.currency === currency);
  const digits = digitsOf(counted.map(({ amount }) => amount.amount));
  const { known, rest } = sumsByCategory(counted, digits);
  const biggestFirst = known.filter(({ units }) => units > 0n).sort((a, b) => compare(b.units, a.units));
  if (biggestFirst.length === 0) return null;
  const restUnits = biggestFirst.slice(MOST_CATEGORIES).reduce((sum, { units }) => sum + units, rest);
  const sums = [
    ...biggestFirst.slice(0, MOST_CATEGORIES),
    ...(restUnits > 0n ? [{ category: null, units: restUnits }] : []),
  ];
  const total = sums.reduce((sum, { units }) => sum + units, 0n);
  const longest = sums.reduce((most, { units }) => (units > most ? units : most), 0n);
  return {
    currency,
    total: fromUnits(total, digits),
    lines: sums.map(({ category, units }) => ({
      category,
      amount: fromUnits(units, digits),
      share: Number((units * 1000n) / total) / 1000,
      width: Number((units * 1000n) / longest) / 1000,
    })),
  };
}

interface CategorySum {
  category: string | null;
  units: bigint;
}

/** The same word in another case is the same category; the first way of writing it is shown. */
function sumsByCategory(transactions: readonly TransactionView[], digits: number) {
  const sums = new Map<string, CategorySum>();
  let rest = 0n;
  for (const { category, amount } of transactions) {
    const units = -(toUnits(amount.amount, digits) ?? 0n);
    const name = category?.trim() ?? '';
    if (UNKNOWN.test(name)) rest += units;
    else {
      const sum = sums.get(name.toLowerCase()) ?? { category: name, units: 0n };
      sum.units += units;
      sums.set(name.toLowerCase(), sum);
    }
  }
  return { known: [...sums.values()], rest };
}

function mostFrequent(values: readonly string[]): string | null {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const [first] = [...counts].sort(([, a], [, b]) => b - a);
  return first?.[0] ?? null;
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : Number(a > b);
}
