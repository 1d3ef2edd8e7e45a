/** `GET /users/{userId}/accounts`: every account of a customer, hidden ones too. */
import type { Customer } from '../customer.ts';

export function accountsOf(customer: Customer, query: Record<string, unknown>) {
  // Deprecated: true leaves the hidden ones out.
  const isActiveOnly = query['active'] === 'true';
  const accounts = customer.accounts.filter((account) => !isActiveOnly || account['hidden'] !== true);
  return { accounts, inactivatedAccountIds: customer.inactivatedAccountIds };
}
