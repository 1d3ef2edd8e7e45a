/** A customer with forty accounts of every usual kind. */
import { account, deposit, dueInDays } from './account.ts';
import { DAILY_LIFE, type Entry, history } from './history.ts';
import type { Opening, Persona } from './persona.ts';

const userId = '1b0f6c52-7a1e-4d0b-8c3f-52f2a6c0e411';

export const many: Persona = {
  id: 'many',
  title: 'Morgan Fields',
  description: 'Forty accounts',
  userId,
  givenName: 'Morgan',
  familyName: 'Fields',
  username: 'morganf',
  locale: 'en-US',
  open(opening) {
    const accounts = Array.from({ length: 40 }, (_, index) =>
      account(opening, userId, index + 1, kind(opening, index)),
    );
    const entries = longHistory();
    return {
      accounts,
      transactions: history({ userId, number: 1, now: opening.now, balance: '1000.00', entries }),
    };
  },
};

/** More than one page of the largest size. */
function longHistory(): Entry[] {
  const posted = DAILY_LIFE.slice(2);
  return Array.from({ length: 60 }, (_, round) =>
    posted.map(([days, ...rest]): Entry => [days + round * 35, ...rest]),
  ).flat();
}

function kind({ now }: Opening, index: number) {
  const numbers = `x${(1000 + index * 37).toString()}`;
  const balance = `${(index + 1) * 1000}.${(index * 7) % 10}${(index * 3) % 10}`;
  if (index < 12) return deposit('Checking', `Project Checking ${index + 1}`, numbers, balance);
  if (index < 24) return deposit('Savings', `Goal Savings ${index - 11}`, numbers, balance);
  if (index < 32) {
    return {
      name: `Store Card ${index - 23}`,
      numbers,
      accountType: 'Line of Credit',
      accountSubType: 'Credit Card',
      balance: `${(index - 22) * 40}.00`,
      availableCredit: '500.00',
      minimumPaymentDue: '25.00',
      paymentDueAmount: '25.00',
      paymentDueDate: dueInDays(now, index - 20),
    };
  }
  if (index < 37)
    return { name: `Auto Loan ${index - 31}`, numbers, accountType: 'Debt', accountSubType: 'Loan', balance };
  return {
    name: `Certificate ${index - 36}`,
    numbers,
    accountType: 'Investment',
    accountSubType: 'CD',
    balance,
  };
}
