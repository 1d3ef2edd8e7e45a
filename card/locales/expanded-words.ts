/** What only the expanded view says, in English. */
import { msg, str } from '@lit/localize';
import type { Language } from './language.ts';

const expandedWords = () => ({
  greeting: (name: string) => msg(str`Hello, ${name}`, { id: 'greeting' }),
  groups: {
    cash: msg('Cash', { id: 'cash' }),
    credit: msg('Credit', { id: 'creditGroup' }),
    loan: msg('Loans', { id: 'loan' }),
    investment: msg('Investments', { id: 'investment' }),
    external: msg('At other institutions', { id: 'external' }),
    other: msg('Other', { id: 'otherGroup' }),
  },
  totals: {
    assets: msg('Assets', { id: 'assets' }),
    owed: msg('Owed', { id: 'totalOwed' }),
    net: msg('Net', { id: 'net' }),
  },
  notInTotals: msg('Not in totals', { id: 'notInTotals' }),
  details: msg('Details', { id: 'details' }),
  detailsOf: (account: string) => msg(str`of ${account}`, { id: 'detailsOf' }),
  /** Of what the institution has no word of its own for. */
  meanings: {
    creditLimit: msg('Credit limit', { id: 'creditLimit' }),
    interestRate: msg('Interest rate', { id: 'interestRate' }),
    payoff: msg('Payoff amount', { id: 'payoff' }),
    minimumPayment: msg('Minimum payment', { id: 'minimumPayment' }),
    principal: msg('Principal', { id: 'principal' }),
    interestOwed: msg('Interest owed', { id: 'interestOwed' }),
    opened: msg('Opened', { id: 'opened' }),
    onHold: msg('On hold', { id: 'onHold' }),
  },
  transactions: msg('Recent transactions', { id: 'transactions' }),
  notShared: msg('Your institution doesn’t share transactions with this card.', { id: 'notShared' }),
  search: msg('Search transactions', { id: 'search' }),
  account: msg('Account', { id: 'account' }),
  allAccounts: msg('All accounts', { id: 'allAccounts' }),
  pending: msg('Pending', { id: 'pending' }),
  today: msg('Today', { id: 'today' }),
  yesterday: msg('Yesterday', { id: 'yesterday' }),
  undated: msg('Without a date', { id: 'undated' }),
  noDescription: msg('Transaction', { id: 'noDescription' }),
  oneFound: msg('1 transaction', { id: 'oneFound' }),
  found: (count: string) => msg(str`${count} transactions`, { id: 'found' }),
  /** More of the history can still be had from the bank. */
  soFar: (found: string) => msg(str`${found} so far`, { id: 'soFar' }),
  nothingYet: msg('There are no recent transactions.', { id: 'nothingYet' }),
  nothingFound: msg('No transactions match.', { id: 'nothingFound' }),
  loading: msg('Loading transactions…', { id: 'loading' }),
  showMore: msg('Show more', { id: 'showMore' }),
  end: msg('That’s all.', { id: 'end' }),
  failedOne: (account: string) =>
    msg(str`Couldn’t load the transactions of ${account}.`, { id: 'failedOne' }),
  failedMany: (count: string) =>
    msg(str`Couldn’t load the transactions of ${count} accounts.`, { id: 'failedMany' }),
  refusedOne: (account: string) =>
    msg(str`The transactions of ${account} aren’t shared with this card.`, { id: 'refusedOne' }),
  refusedMany: (count: string) =>
    msg(str`The transactions of ${count} accounts aren’t shared with this card.`, { id: 'refusedMany' }),
  spending: (month: string) => msg(str`Spending in ${month}`, { id: 'spending' }),
  spendingFrom: msg('Money out of your cash accounts, pending included.', { id: 'spendingFrom' }),
  otherCategory: msg('Other', { id: 'otherCategory' }),
  asTable: msg('Show as a table', { id: 'asTable' }),
  category: msg('Category', { id: 'category' }),
  amount: msg('Amount', { id: 'amount' }),
  share: msg('Share', { id: 'share' }),
  total: msg('Total', { id: 'total' }),
});

export type ExpandedText = ReturnType<typeof expandedWords>;

const spoken = new Map<string, ExpandedText>();

/** Asked for with every row, put together once. */
export function expandedText({ locale }: Language): ExpandedText {
  const text = spoken.get(locale) ?? expandedWords();
  spoken.set(locale, text);
  return text;
}
