/** Account lists as the Consumer API sends them, and what becomes of them. */
import { readAccounts, readBalanceDisplaySettings } from '../../server/accounts/banno-types.ts';
import { summarize } from '../../server/accounts/summarize.ts';
import type { AccountGroup, AccountSummary, AccountView } from '../../server/contract.ts';

/** `institution.id` of accounts that are the customer's own institution's. */
export const OWN_INSTITUTION = 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee';

export type BankJson = Record<string, unknown>;

/** A checking account that counts; members given as undefined are absent, as in JSON. */
export function account(members: BankJson = {}): BankJson {
  return JSON.parse(
    JSON.stringify({
      id: 'account-1',
      name: 'Everyday Checking',
      accountType: 'Deposit',
      institution: { id: OWN_INSTITUTION, name: 'Example FI' },
      hidden: false,
      contributesToAggregateTotals: true,
      sortIndex: null,
      balance: '100.00',
      ...members,
    }),
  );
}

interface Circumstances {
  inactivatedAccountIds?: unknown;
  balanceDisplaySettings?: unknown;
  bankInstitutionId?: string | null;
}

/** The summary of these accounts, read as the bank's JSON would be. */
export function summaryOf(accounts: unknown[], circumstances: Circumstances = {}): AccountSummary {
  const {
    inactivatedAccountIds,
    balanceDisplaySettings,
    bankInstitutionId = OWN_INSTITUTION,
  } = circumstances;
  const list = readAccounts({ accounts, inactivatedAccountIds });
  if (list === undefined) throw new Error('not an account list');
  return summarize(list, {
    bankInstitutionId,
    currency: 'USD',
    balanceDisplaySettings: readBalanceDisplaySettings({ balanceDisplaySettings }),
  });
}

/** The one account and the one group of a summary that has no more. */
export function onlyAccount(summary: AccountSummary): { account: AccountView; group: AccountGroup } {
  const [group, ...groups] = summary.groups;
  const [only, ...others] = group?.accounts ?? [];
  if (group === undefined || only === undefined || groups.length + others.length > 0)
    throw new Error(`expected one account, got ${JSON.stringify(summary.order)}`);
  return { account: only, group };
}

/** What becomes of one account that has these members. */
export function viewOf(members: BankJson, circumstances: Circumstances = {}): AccountView {
  return onlyAccount(summaryOf([account(members)], circumstances)).account;
}
