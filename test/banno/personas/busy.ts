/** A customer whose forty accounts are used: fifty transactions in each, over a year. */
import { accountIdOf } from './account.ts';
import { type Entry, history } from './history.ts';
import { many } from './many.ts';
import type { Account, Persona } from './persona.ts';

const userId = 'c94e7a05-6d18-4f3b-8e62-a1730bd5f9c8';

const TRANSACTIONS_EACH = 50;
const PENDING_EACH = 2;
/** Between two of an account's transactions: fifty of them are a year. */
const DAYS_BETWEEN = 7.3;

export const busy: Persona = {
  id: 'busy',
  title: 'Robin Marsh',
  description: 'Forty accounts with two thousand transactions',
  userId,
  givenName: 'Robin',
  familyName: 'Marsh',
  username: 'robinm',
  locale: 'en-US',
  open(opening) {
    const accounts = many
      .open(opening)
      .accounts.map((account, index): Account => ({ ...account, id: accountIdOf(userId, index + 1) }));
    const histories = accounts.map((account, index) =>
      history({
        userId,
        number: index + 1,
        now: opening.now,
        balance: String(account['balance']),
        entries: Array.from({ length: TRANSACTIONS_EACH }, (_, turn) => entry(account, index, turn)),
      }),
    );
    return { accounts, transactions: Object.assign({}, ...histories) };
  },
};

const MERCHANTS: [memo: string, name: string, category: string][] = [
  ['POS LANTERN GROCERS 014', 'Lantern Grocers', 'Groceries'],
  ['BLUE KETTLE CAFE', 'Blue Kettle Café', 'Restaurants'],
  ['NORTH PIER FUEL 77', 'North Pier Fuel', 'Auto & Transport'],
  ['WILLOW LANE PHARMACY', 'Willow Lane Pharmacy', 'Health'],
  ['TINKER AND SONS HARDWARE', 'Tinker & Sons Hardware', 'Home'],
  ['PAPER MOON BOOKS', 'Paper Moon Books', 'Shopping'],
  ['HOLLOW OAK ELECTRIC WEB PMT', 'Hollow Oak Electric', 'Utilities'],
  ['SIX STRINGS MUSIC HALL', 'Six Strings Music Hall', 'Entertainment'],
  ['QUICKSTEP SHOES 3', 'Quickstep Shoes', 'Shopping'],
  ['COPPER POT NOODLES', 'Copper Pot Noodles', 'Restaurants'],
  ['CHECK 2088', 'Check 2088', 'Uncategorized'],
];

/** Money goes out of deposits and onto cards, whose purchases Banno counts upwards; what else there is earns or is paid off. */
function entry({ accountType }: Account, account: number, turn: number): Entry {
  const isPending = turn < PENDING_EACH && (accountType === 'Deposit' || accountType === 'Line of Credit');
  const days = isPending ? -1 : 1 + (account % 7) + Math.floor(turn * DAYS_BETWEEN);
  const amount = `${3 + ((account * 37 + turn * 113) % 190)}.${10 + ((account + turn * 7) % 90)}`;
  if (accountType === 'Debt') return [days, 'AUTO LOAN PAYMENT', 'Loan payment', `-${amount}`];
  if (accountType === 'Investment') return [days, 'CERTIFICATE INTEREST', 'Interest', amount, 'Income'];
  const isIncome = accountType === 'Deposit' && turn % 12 === 2;
  if (isIncome) return [days, 'ACH CREDIT HARBOR MILLS PAYROLL', 'Harbor Mills', `1${amount}`, 'Income'];
  const [memo, name, category] = MERCHANTS[(account + turn) % MERCHANTS.length] ?? ['', '', ''];
  return [days, memo, name, accountType === 'Deposit' ? `-${amount}` : amount, category];
}
