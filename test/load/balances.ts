/** Which balances a customer has: other ones than everybody else. */
import type { AccountSummary } from '../../server/contract.ts';

const ACCOUNTS = 8;

export function accountsOf(customer: number) {
  const accounts = Array.from({ length: ACCOUNTS }, (_, index) => ({
    id: `account-${customer}-${index}`,
    name: `Checking ${customer}.${index}`,
    numbers: { accountNumber: `${customer}${index}` },
    accountType: 'Deposit',
    institution: { id: 'own', name: 'Example FI' },
    hidden: false,
    contributesToAggregateTotals: true,
    sortIndex: index,
    balance: `${customer}.${String(index).padStart(2, '0')}`,
    availableBalance: `${customer}.${String(index).padStart(2, '0')}`,
  }));
  return { accounts, inactivatedAccountIds: [] };
}

/** Undefined when these are exactly this customer's accounts and balances, else what is wrong. */
export function flawOf(summary: AccountSummary, customer: number): string | undefined {
  const expected = accountsOf(customer).accounts.map(({ id, name, balance }) => `${id} ${name} ${balance}`);
  const seen = summary.groups
    .flatMap(({ accounts }) => accounts)
    .map(({ id, name, balance }) => `${id} ${name} ${balance?.amount}`);
  const strange = seen.filter((account) => !expected.includes(account));
  if (strange.length > 0) return `of customer ${customer}, but: ${strange.join(', ')}`;
  return seen.length === expected.length ? undefined : `of customer ${customer}, ${seen.length} accounts`;
}
