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
  return sum(counting(shown.filter((account) => account.side === side)));
}

/** Null for a group that holds both what is had and what is owed. */
export function subtotalOf(members: readonly ShownAccount[]): Amount | null {
  const counted = members.filter(({ view }) => view.countsInTotals);
  return new Set(counted.map(({ side }) => side)).size > 1 ? null : sum(counting(members));
}

/** What the customer has less what the customer owes. Null as soon as any two of these amounts differ in currency. */
export function net(shown: readonly ShownAccount[]): Amount | null {
  // Asked of both sides at once: a side without a total may hold two currencies instead of nothing.
  const every = sum(counting(shown));
  if (every === null) return null;
  const [assets, owed] = [total(shown, 'asset'), total(shown, 'debt')];
  return { amount: subtract(assets?.amount ?? '0', owed?.amount ?? '0'), currency: every.currency };
}

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
    const balances = members.flatMap((account) => account[kind] ?? []);
    const amount = balances.length === members.length ? sum(balances) : null;
    if (amount !== null) return { ...amount, kind, label: wishes.labels[kind] ?? null };
  }
  const amount = sum(counting(members));
  return amount === null ? null : { ...amount, kind: members === counted ? 'owed' : 'other', label: null };
}

function counting(shown: readonly ShownAccount[]): Balance[] {
  return shown.flatMap(({ view }) => (view.countsInTotals ? balanceOf(view) : []));
}

function balanceOf({ balance }: AccountView): Balance[] {
  return balance === null ? [] : [balance];
}

function sum(balances: readonly Balance[]): Amount | null {
  const [first] = balances;
  if (first === undefined || balances.some(({ currency }) => currency !== first.currency)) return null;
  return {
    amount: sumOf(balances.map(({ amount }) => amount)),
    currency: first.currency,
  };
}
