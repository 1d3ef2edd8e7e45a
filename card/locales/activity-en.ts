/** The words of the expanded view's own parts in English: details, spending and transactions. */

export const activityEn = {
  details: 'Details',
  detailsOf: (account: string) => `of ${account}`,
  transactions: 'Recent transactions',
  search: 'Search transactions',
  account: 'Account',
  allAccounts: 'All accounts',
  pending: 'Pending',
  today: 'Today',
  yesterday: 'Yesterday',
  undated: 'Without a date',
  noDescription: 'Transaction',
  oneFound: '1 transaction',
  found: (count: string) => `${count} transactions`,
  /** More of the history can still be had from the bank. */
  soFar: (found: string) => `${found} so far`,
  nothingYet: 'There are no recent transactions.',
  nothingFound: 'No transactions match.',
  loading: 'Loading transactions…',
  showMore: 'Show more',
  end: 'That’s all.',
  failedOne: (account: string) => `Couldn’t load the transactions of ${account}.`,
  failedMany: (count: string) => `Couldn’t load the transactions of ${count} accounts.`,
  spending: (month: string) => `Spending in ${month}`,
  spendingFrom: 'Money out of your cash accounts, pending included.',
  otherCategory: 'Other',
  asTable: 'Show as a table',
  category: 'Category',
  amount: 'Amount',
  share: 'Share',
  total: 'Total',
};

export type ActivityText = typeof activityEn;
