/** Sums of what the customer has and owes: only accounts that count, never two currencies in one sum. */
import type { AccountView, Amount, Balance, GroupKind } from '../contract.ts';
import type { Labels } from './balances.ts';
import { subtract, sumOf } from './money.ts';

/** An account that is shown, with what totals need to know of it. */
export interface ShownAccount {
  view: AccountView;
  group: GroupKind;
  side: 'asset' | 'debt' | null;
  /** Balances by meaning, for the headline. */
  available: Balance | null;
  current: Balance | null;
}

/** Deposit and Investment are assets; of Debt and Line of Credit a positive balance is owed. Unknown types are neither. */
export function sideOf(type: string): 'asset' | 'debt' | null {
  if (type === 'deposit' || type === 'investment') return 'asset';
  return type === 'debt' || type === 'line of credit' ? 'debt' : null;
}

/** Null when nothing of this side counts. A refunded card lowers what is owed. */
export function total(shown: readonly ShownAccount[], side: 'asset' | 'debt'): Amount | null {
  return sum(shown, (account) => (account.side === side ? countedBalance(account) : null));
}

/** Null for a group that holds both what is had and what is owed. */
export function subtotalOf(members: readonly ShownAccount[]): Amount | null {
  const counted = members.filter(({ view }) => view.countsInTotals);
  return counted.every(({ side }) => side === counted[0]?.side) ? sum(counted) : null;
}

/** What the customer has less what the customer owes. Null as soon as any two of these amounts differ in currency. */
export function net(
  shown: readonly ShownAccount[],
  assets: Amount | null,
  owed: Amount | null,
): Amount | null {
  // Asked of both sides at once: a side without a total may hold two currencies instead of nothing.
  const currency = currencyOf(shown);
  if (currency === null) return null;
  return { amount: subtract(assets?.amount ?? NOTHING, owed?.amount ?? NOTHING), currency };
}

/** Of all that counts; null for nothing, and for two. */
function currencyOf(shown: readonly ShownAccount[]): string | null {
  let only: string | null = null;
  for (const account of shown) {
    const { currency = null } = countedBalance(account) ?? {};
    if (currency !== null && only !== null && currency !== only) return null;
    only ??= currency;
  }
  return only;
}

const NOTHING = '0.00';

/**
 * The one number: cash, else investments, else what is owed. Of cash, one kind of balance that every counted
 * account has, in the institution's order of preference, so that the number's label is true of all its parts.
 */
export function headlineOf(shown: readonly ShownAccount[], wishes: Labels): Balance | null {
  const counted = shown.filter(({ view }) => view.countsInTotals);
  const assets = counted.filter(({ side }) => side === 'asset');
  const cash = assets.filter(({ group }) => group === 'cash');
  const members = cash.length > 0 ? cash : assets.length > 0 ? assets : counted;
  const kinds = members === counted ? [] : wishes.order;
  for (const kind of kinds) {
    const isKnown = members.every((account) => account[kind] !== null);
    const amount = isKnown ? sum(members, (account) => account[kind]) : null;
    if (amount !== null) return { ...amount, kind, label: wishes.labels[kind] ?? null };
  }
  const amount = sum(members);
  return amount === null ? null : { ...amount, kind: members === counted ? 'owed' : 'other', label: null };
}

function countedBalance({ view }: ShownAccount): Balance | null {
  return view.countsInTotals ? view.balance : null;
}

/** Null for none, and for two currencies. */
function sum(
  shown: readonly ShownAccount[],
  balanceOf: (account: ShownAccount) => Balance | null = countedBalance,
): Amount | null {
  const amounts: string[] = [];
  let currency: string | undefined;
  for (const account of shown) {
    const balance = balanceOf(account);
    if (balance === null) continue;
    currency ??= balance.currency;
    if (balance.currency !== currency) return null;
    amounts.push(balance.amount);
  }
  return currency === undefined ? null : { amount: sumOf(amounts), currency };
}
