/** The customer most people are: checking, savings, a card with a payment due, a mortgage. */
import { account, deposit, dueInDays } from './account.ts';
import { DAILY_LIFE, history } from './history.ts';
import type { Persona } from './persona.ts';

const userId = '7d1c1f0e-2b53-4c8f-9a55-0d9d1f6f2a10';

export const everyday: Persona = {
  id: 'everyday',
  title: 'Avery Quill',
  description: 'Checking, savings, a card with a payment due, a mortgage',
  userId,
  givenName: 'Avery',
  familyName: 'Quill',
  preferredName: 'Ave',
  username: 'averyq',
  locale: 'en-US',
  open(opening) {
    const { now } = opening;
    return {
      accounts: [
        account(opening, userId, 1, {
          ...deposit('Checking', 'Everyday Checking', 'x1234', '1500.00', '1234.56'),
          accountHolderName: 'Avery Quill',
          availableBalanceCalculationIncludes: { currentBalance: '1500.00', holdAmount: '265.44' },
        }),
        account(opening, userId, 2, {
          ...deposit('Savings', 'Rainy Day Savings', 'x5678', '8310.20'),
          regD: { restricted: true, count: 2 },
        }),
        account(opening, userId, 3, {
          name: 'Platinum Card',
          numbers: 'x9012',
          accountType: 'Line of Credit',
          accountSubType: 'Credit Card',
          balance: '790.10',
          availableCredit: '4209.90',
          creditLimit: '5000.00',
          minimumPaymentDue: '35.00',
          paymentDueAmount: '35.00',
          paymentDueDate: dueInDays(now, 12),
        }),
        account(opening, userId, 4, {
          name: 'Home Loan',
          numbers: 'x3456',
          accountType: 'Debt',
          accountSubType: 'Mortgage',
          balance: '70422.00',
          payoffBalance: '70610.12',
          interestRate: '3.875',
          paymentDueAmount: '812.55',
          paymentDueDate: dueInDays(now, 20),
        }),
      ],
      transactions: {
        ...history({ userId, number: 1, now, balance: '1500.00', entries: DAILY_LIFE }),
        ...history({
          userId,
          number: 2,
          now,
          balance: '8310.20',
          entries: [
            [12, 'TRANSFER FROM CHECKING', 'Transfer from checking', '200.00'],
            [30, 'MONTHLY INTEREST', 'Interest', '3.11'],
          ],
        }),
        ...history({
          userId,
          number: 3,
          now,
          balance: '790.10',
          entries: [
            [-1, 'AUTH HARBOR HARDWARE', 'Harbor Hardware', '54.20'],
            [3, 'SKYLINE AIR 0162', 'Skyline Air', '312.40'],
            [11, 'PAYMENT THANK YOU', 'Payment', '-150.00'],
          ],
        }),
        ...history({ userId, number: 4, now, balance: '70422.00', entries: [] }),
      },
    };
  },
};
