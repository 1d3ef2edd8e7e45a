/** Which of an account's amounts is its balance, which are its other ones, and what each is called. */
import type { Balance, BalanceKind } from '../contract.ts';
import type { BalanceDisplaySetting, BannoAccount } from './banno-types.ts';

/** The institution's wishes for deposit balances, as far as it has any. */
export interface Labels {
  /** Preferred first. */
  order: readonly ('available' | 'current')[];
  /** Shown only where an account has nothing else. */
  unwanted: ReadonlySet<BalanceKind>;
  labels: Readonly<Partial<Record<BalanceKind, string | null>>>;
}

export interface AccountBalances {
  balance: Balance | null;
  otherBalances: Balance[];
  available: Balance | null;
  current: Balance | null;
}

const NO_WISHES: Labels = { order: ['available', 'current'], unwanted: new Set(), labels: {} };

/** Available before current, unless the institution makes another one primary; what it makes invisible comes last. */
export function labelsOf(settings: readonly BalanceDisplaySetting[]): Labels {
  if (settings.length === 0) return NO_WISHES;
  // Several settings may name one balance ("balance", "currentBalance"): the first decides all about it.
  const first = new Map(settings.toReversed().map((setting) => [setting.kind, setting]));
  const rank = (kind: 'available' | 'current') => {
    const setting = first.get(kind);
    if (setting?.visible === false) return 2;
    return setting?.primary === true ? 0 : 1;
  };
  const chosen = [...first.values()];
  return {
    order: (['available', 'current'] as const).toSorted((a, b) => rank(a) - rank(b)),
    unwanted: new Set(chosen.filter(({ visible }) => !visible).map(({ kind }) => kind)),
    labels: Object.fromEntries(chosen.map(({ kind, label }) => [kind, label])),
  };
}

/** `type` is the account type in lower case; an unknown one shows what the bank calls its balance, unlabelled. */
export function balancesOf(
  account: BannoAccount,
  type: string,
  currency: string,
  wishes: Labels,
): AccountBalances {
  const make = (kind: BalanceKind, amount: string | null): Balance | null =>
    amount === null ? null : { amount, currency, kind, label: wishes.labels[kind] ?? null };
  const available = make('available', account.availableBalance);
  const current = make('current', account.balance);
  if (type === 'investment' && current !== null) {
    // What is available of an investment is its uninvested cash: true, but not what it is worth.
    return { balance: current, otherBalances: present(wanted(available, wishes)), available: null, current };
  }
  if (type === 'deposit' || type === 'investment') {
    const [first, second] = wishes.order.map((kind) => (kind === 'available' ? available : current));
    const balance = first ?? second ?? null;
    const other = first === balance ? wanted(second, wishes) : null;
    return { balance, otherBalances: present(other), available, current };
  }
  if (type === 'line of credit' || type === 'debt') {
    const owed = make('owed', account.balance);
    return {
      balance: owed,
      otherBalances: present(make('credit', account.availableCredit)),
      available: null,
      current: null,
    };
  }
  const other = make('other', account.balance);
  return {
    balance: other ?? available,
    otherBalances: other === null ? [] : present(wanted(available, wishes)),
    available: null,
    current: null,
  };
}

function wanted(balance: Balance | null | undefined, { unwanted }: Labels): Balance | null {
  return balance === null || balance === undefined || unwanted.has(balance.kind) ? null : balance;
}

function present(balance: Balance | null | undefined): Balance[] {
  return balance === null || balance === undefined ? [] : [balance];
}
