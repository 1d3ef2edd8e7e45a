/** Counts the accounts that could not be read: the totals leave them out although nobody wished it. */
import { isHidden } from './banno-types.ts';
import { type ShownAccount, sideOf } from './totals.ts';
import { isObject, text } from './untrusted.ts';

/** `noAccounts`: what stood in the bank's list and has no id. An unknown type is in no total anyway. */
export function countUnreadable(noAccounts: readonly unknown[], shown: readonly ShownAccount[]): number {
  return noAccounts.filter(isMissed).length + shown.filter(hasNoBalance).length;
}

function isMissed(item: unknown): boolean {
  if (!isObject(item)) return true;
  const type = text(item['accountType']);
  return !isHidden(item) && (type === null || sideOf(type.toLowerCase()) !== null);
}

/** What may still be borrowed says nothing of what is owed. */
function hasNoBalance({ side, view }: ShownAccount): boolean {
  return side !== null && view.balance === null;
}
