/** Checks that a value is an AccountSummary, and lists its accounts in the customer's own order. */
import type { AccountSummary, AccountView } from '../server/contract.ts';

type Check = (value: unknown) => boolean;

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const isText: Check = (value) => typeof value === 'string';
const isFlag: Check = (value) => typeof value === 'boolean';
const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);
const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);
// Members beyond these are let through: the contract says that more may be added.
const withMembers =
  (members: Record<string, Check>): Check =>
  (value) =>
    isRecord(value) && Object.entries(members).every(([name, check]) => check(value[name]));

const isAmount = withMembers({ amount: isText, currency: isText });
const isBalance = withMembers({ amount: isText, currency: isText, kind: isText, label: orNull(isText) });
const isAccount = withMembers({
  id: isText,
  name: isText,
  lastFour: orNull(isText),
  balance: orNull(isBalance),
  otherBalances: listOf(isBalance),
  due: orNull(withMembers({ on: isText, amount: orNull(isAmount) })),
  institutionName: orNull(isText),
  countsInTotals: isFlag,
});
const isSummary = withMembers({
  asOf: orNull(isText),
  headline: orNull(isBalance),
  assets: orNull(isAmount),
  owed: orNull(isAmount),
  net: orNull(isAmount),
  groups: listOf(withMembers({ kind: isText, subtotal: orNull(isAmount), accounts: listOf(isAccount) })),
  order: listOf(isText),
  hiddenCount: (value) => Number.isInteger(value),
});

export function isAccountSummary(value: unknown): value is AccountSummary {
  return isSummary(value);
}

/** Every account once: first as `order` says, then any that `order` does not name. */
export function accountsInOrder({ groups, order }: AccountSummary): AccountView[] {
  const accounts = groups.flatMap((group) => group.accounts);
  const place = new Map(order.map((id, index) => [id, index]));
  const placeOf = (account: AccountView) => place.get(account.id) ?? order.length;
  return accounts.sort((a, b) => placeOf(a) - placeOf(b));
}
