/** Turns the bank's account list into the customer's account summary. Pure: no clock, no network, no framework. */
import type { AccountGroup, AccountSummary, AccountView, GroupKind } from '../contract.ts';
import { balancesOf, type Labels, labelsOf } from './balances.ts';
import type { BalanceDisplaySetting, BannoAccount, BannoAccounts } from './banno-types.ts';
import { readDetails } from './details.ts';
import { lastFour, maskNumbers } from './masking.ts';
import { isPositive } from './money.ts';
import { untoldDetails } from './plain-details.ts';
import { headlineOf, net, type ShownAccount, sideOf, subtotalOf, total } from './totals.ts';
import { countUnreadable } from './unreadable.ts';

export interface SummaryContext {
  /** The customer's institution; accounts of another one are external. Null: nobody told, so none is. */
  bankInstitutionId: string | null;
  /** ISO 4217 code for amounts whose account names none: the Consumer API has no currency on accounts. */
  currency: string;
  balanceDisplaySettings: readonly BalanceDisplaySetting[];
}

const GROUPS: readonly GroupKind[] = ['cash', 'credit', 'loan', 'investment', 'external', 'other'];
const TYPE_ORDER = ['deposit', 'line of credit', 'debt', 'investment'];

export function summarize(list: BannoAccounts, context: SummaryContext): AccountSummary {
  const inUse = list.accounts.filter(
    ({ id, accountType }) => typeOf(accountType) !== 'bill pay' && !list.inactivatedAccountIds.has(id),
  );
  const visible = inUse.filter(({ hidden }) => !hidden).sort(inCustomersOrder);
  const labels = labelsOf(context.balanceDisplaySettings);
  const shown = visible.map((account) => show(account, context, labels));
  const assets = total(shown, 'asset');
  const owed = total(shown, 'debt');
  return {
    asOf: asOf(visible, context),
    headline: headlineOf(shown, labels),
    assets,
    owed,
    net: net(shown, assets, owed),
    groups: GROUPS.flatMap((kind): AccountGroup[] => {
      const members = shown.filter(({ group }) => group === kind);
      if (members.length === 0) return [];
      return [{ kind, subtotal: subtotalOf(members), accounts: members.map(({ view }) => view) }];
    }),
    order: shown.map(({ view }) => view.id),
    hiddenCount: inUse.length - visible.length,
    unreadableCount: countUnreadable(list.noAccounts, shown),
  };
}

function show(account: BannoAccount, context: SummaryContext, labels: Labels): ShownAccount {
  const type = typeOf(account.accountType);
  const side = sideOf(type);
  const external = isExternal(account, context);
  const currency = account.currency ?? context.currency;
  const { balance, otherBalances, available, current } = balancesOf(account, type, currency, labels);
  return {
    group: external ? 'external' : (GROUP_OF_TYPE.get(type) ?? 'other'),
    side,
    available,
    current,
    view: {
      id: account.id,
      name: maskNumbers(account.name || (account.accountSubType ?? '')),
      lastFour: lastFour(account.numbers),
      subType: account.accountSubType === null ? null : maskNumbers(account.accountSubType),
      balance,
      otherBalances,
      due: side === 'debt' ? dueOf(account, currency) : null,
      institutionName:
        external && account.institution.name !== null ? maskNumbers(account.institution.name) : null,
      details: readDetails(account.details).concat(
        untoldDetails(account.plainDetails, type, account.details),
        readDetails(account.rewards),
      ),
      countsInTotals: account.contributesToAggregateTotals && side !== null && balance !== null,
    },
  };
}

/** Enum values are compared without case: third parties meet both. */
function typeOf(accountType: string | null): string {
  return accountType?.toLowerCase() ?? '';
}

const GROUP_OF_TYPE = new Map<string, GroupKind>([
  ['deposit', 'cash'],
  ['line of credit', 'credit'],
  ['debt', 'loan'],
  ['investment', 'investment'],
]);

function isExternal({ institution }: BannoAccount, { bankInstitutionId }: SummaryContext): boolean {
  if (bankInstitutionId === null || institution.id === null) return false;
  // RFC 9562 section 4: UUIDs are written in either case.
  return institution.id.toLowerCase() !== bankInstitutionId.toLowerCase();
}

/** A date alone says that something must be paid, which is untrue of an account that owes nothing. */
function dueOf(account: BannoAccount, currency: string): AccountView['due'] {
  const { paymentDueDate, paymentDueAmount, balance } = account;
  const unpaid = paymentDueAmount ?? balance;
  if (paymentDueDate === null || (unpaid !== null && !isPositive(unpaid))) return null;
  return {
    on: paymentDueDate,
    amount: paymentDueAmount === null ? null : { amount: paymentDueAmount, currency },
  };
}

/** `sortIndex` is the customer's own order, shared by Banno's apps; then type, name and id. */
function inCustomersOrder(a: BannoAccount, b: BannoAccount): number {
  return (
    (a.sortIndex ?? Number.MAX_VALUE) - (b.sortIndex ?? Number.MAX_VALUE) ||
    typeRank(a) - typeRank(b) ||
    collator.compare(a.name, b.name) ||
    (a.id < b.id ? -1 : 1)
  );
}

const collator = new Intl.Collator('en', { sensitivity: 'base', numeric: true });

function typeRank({ accountType }: BannoAccount): number {
  const rank = TYPE_ORDER.indexOf(typeOf(accountType));
  return rank === -1 ? TYPE_ORDER.length : rank;
}

/** The institution's own accounts decide: a link to another one may be days old without making these old. */
function asOf(accounts: readonly BannoAccount[], context: SummaryContext): string | null {
  const own = accounts.filter((account) => !isExternal(account, context));
  let oldest: string | null = null;
  for (const { fetchedDate } of own.length > 0 ? own : accounts)
    if (fetchedDate !== null && (oldest === null || fetchedDate < oldest)) oldest = fetchedDate;
  return oldest;
}
