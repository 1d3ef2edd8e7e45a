/** Account lists of any length, each account with the members that the Consumer API documents for its type. */
import { ACCOUNT_SAMPLE } from '../support/account-sample.ts';

/** The sample's own accounts over and over, each time under other ids, every one of them shown. */
export function bankAccounts(count: number): { accounts: unknown[]; inactivatedAccountIds: string[] } {
  const { accounts: samples } = ACCOUNT_SAMPLE as { accounts: Record<string, unknown>[] };
  const accounts = Array.from({ length: count }, (_, index) => ({
    ...samples[index % samples.length],
    id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
    hidden: false,
    sortIndex: index,
  }));
  return { accounts, inactivatedAccountIds: [] };
}
