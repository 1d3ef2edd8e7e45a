/** Lists a summary's accounts in the customer's own order. */
import type { AccountSummary, AccountView } from '../server/contract.ts';

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Nothing for a name that only every object has, such as `constructor`. */
export function memberOf<Value>(table: Readonly<Record<string, Value>>, name: string) {
  return Object.hasOwn(table, name) && table[name];
}

/** Every account once: first as `order` says, then any that `order` does not name. */
export function accountsInOrder({ groups, order }: AccountSummary): AccountView[] {
  const accounts = groups.flatMap((group) => group.accounts);
  const place = new Map(order.map((id, index) => [id, index]));
  const placeOf = (account: AccountView) => place.get(account.id) ?? order.length;
  return accounts.sort((a, b) => placeOf(a) - placeOf(b));
}
