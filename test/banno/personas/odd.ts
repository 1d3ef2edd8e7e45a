/** A customer whose accounts are legal but strange: nulls, missing members, unknown ones, values from the future. */
import { account, accountIdOf, deposit } from './account.ts';
import type { Persona } from './persona.ts';

const userId = '609fb15e-3418-4fb2-9d4e-0e5f7091b266';

export const odd: Persona = {
  id: 'odd',
  title: 'Oona Drift',
  description: 'Nulls, missing and unknown fields, Bill Pay, a closed account',
  userId,
  givenName: 'Oona',
  familyName: 'Drift',
  username: 'oonad',
  locale: 'en-US',
  open(opening) {
    const { now } = opening;
    return {
      accounts: [
        { id: accountIdOf(userId, 1) },
        account(opening, userId, 2, {
          name: 'Brand New Product',
          accountType: 'Some Future Type',
          accountSubType: null,
          balance: null,
          availableBalance: null,
          sortIndex: null,
          somethingNobodyKnowsYet: { nested: [1, null, 'two'] },
        }),
        account(opening, userId, 3, { name: 'Bill Pay', accountType: 'Bill Pay', numbers: null }),
        account(opening, userId, 4, {
          ...deposit('Checking', 'Overdrawn Checking', 'x4404', '-12.30', '487.70'),
          accountStatus: 'Unknown',
          fetchedDate: null,
        }),
        account(opening, userId, 5, {
          ...deposit('Savings', 'Closed Savings', 'x4405', '0.00'),
          accountStatus: 'Closed',
          closedAccountAvailableUntil: new Date(now.getTime() + 30 * 86_400_000).toISOString().slice(0, 10),
        }),
        account(opening, userId, 6, { ...deposit('Checking', 'Taken Away', 'x4406', '999.99') }),
        account(opening, userId, 7, {
          name: null,
          accountType: 'Debt',
          balance: '120.005',
          paymentDueDate: 'soon',
          interestRate: null,
          contributesToAggregateTotals: null,
        }),
        account(opening, userId, 8, { name: 'Not Counted', accountType: 'Unknown', balance: '1,234.56' }),
        account(opening, userId, 9, {
          name: 'Balance Out of Reach',
          accountType: 'Deposit',
          accountSubType: 'Savings',
          balance: null,
          availableBalance: null,
        }),
      ],
      inactivatedAccountIds: [accountIdOf(userId, 6), '00000000-0000-4000-8000-00000000dead'],
      transactions: { [accountIdOf(userId, 5)]: [] },
    };
  },
};
