/** Checks that what the API answered is an AccountSummary: the server may be newer than this page. */
import type { AccountSummary } from '../server/contract.ts';
import { isRecord } from './account-summary.ts';

type Check = (value: unknown) => boolean;

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
const isDetail = withMembers({ label: orNull(isText), meaning: orNull(isText), value: isText, kind: isText });
const isAccount = withMembers({
  id: isText,
  name: isText,
  lastFour: orNull(isText),
  balance: orNull(isBalance),
  otherBalances: listOf(isBalance),
  due: orNull(withMembers({ on: isText, amount: orNull(isAmount) })),
  institutionName: orNull(isText),
  countsInTotals: isFlag,
  details: (value) => value === undefined || listOf(isDetail)(value),
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
