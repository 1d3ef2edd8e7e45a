/** The card's words in English; its shape is what every other language must fill. */

export const en = {
  title: 'Your accounts',
  loaded: 'Your accounts are shown.',
  headline: {
    available: 'Available',
    current: 'Current balance',
    owed: 'Owed',
    credit: 'Available credit',
    other: 'Balance',
  },
  balance: {
    available: 'available',
    current: 'current',
    owed: 'owed',
    credit: 'available credit',
    other: 'balance',
  },
  /** The customer paid more than was owed. */
  inCredit: 'credit',
  noBalance: 'no balance',
  unnamedAccount: 'Account',
  endingIn: 'ending in',
  yoursInWords: (amount: string) => `${amount} yours`,
  owedInWords: (amount: string) => `${amount} owed`,
  due: (date: string) => `due ${date}`,
  amountDue: (amount: string, date: string) => `${amount} due ${date}`,
  more: (count: string) => `${count} more`,
  seeAll: 'see all accounts',
  updatedNow: 'Updated just now',
  updatedMinutesAgo: (minutes: string) => `Updated ${minutes} min ago`,
  updatedAt: (time: string) => `Updated at ${time}`,
  updatedOn: (date: string) => `Updated ${date}`,
  notUpdated: 'Couldn’t update.',
  offlineNotice: 'You’re offline.',
  backToDashboard: 'Back to dashboard',
  reference: (id: string) => `Reference ${id}`,
  sentences: {
    empty: 'There are no accounts to show yet.',
    allHidden: 'All your accounts are hidden.',
    signedOut: 'Sign in again to see your accounts.',
    signInFailed: 'We couldn’t sign you in.',
    notPermitted: 'This card isn’t allowed to show your accounts.',
    bankUnavailable: 'Your accounts aren’t available right now.',
    bankTimeout: 'Your accounts are taking too long to load.',
    bankUnexpected: 'We couldn’t read your accounts.',
    temporary: 'This card is taking a short break.',
    rateLimited: 'Please wait a minute, then try again.',
    offline: 'You’re offline.',
  },
  actions: {
    signIn: 'Sign in',
    tryAgain: 'Try again',
    seeAccounts: 'See accounts',
  },
};

export type Text = typeof en;
