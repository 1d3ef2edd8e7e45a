/** What the face and the messages say, in English; every other language fills the same ids. */
import { msg, str } from '@lit/localize';

/** Answers them in the language that is spoken by then. */
export const faceWords = () => ({
  title: msg('Your accounts', { id: 'title' }),
  loaded: msg('Your accounts are shown.', { id: 'loaded' }),
  headline: {
    available: msg('Available', { id: 'headlineAvailable' }),
    current: msg('Current balance', { id: 'headlineCurrent' }),
    owed: msg('Owed', { id: 'headlineOwed' }),
    credit: msg('Available credit', { id: 'headlineCredit' }),
    other: msg('Balance', { id: 'headlineOther' }),
  },
  balance: {
    available: msg('available', { id: 'available' }),
    current: msg('current', { id: 'current' }),
    owed: msg('owed', { id: 'owed' }),
    credit: msg('available credit', { id: 'credit' }),
    other: msg('balance', { id: 'other' }),
  },
  /** The customer paid more than was owed. */
  inCredit: msg('credit', { id: 'inCredit' }),
  noBalance: msg('no balance', { id: 'noBalance' }),
  unnamedAccount: msg('Account', { id: 'unnamedAccount' }),
  endingIn: msg('ending in', { id: 'endingIn' }),
  yoursInWords: (amount: string) => msg(str`${amount} yours`, { id: 'yoursInWords' }),
  owedInWords: (amount: string) => msg(str`${amount} owed`, { id: 'owedInWords' }),
  due: (date: string) => msg(str`due ${date}`, { id: 'due' }),
  amountDue: (amount: string, date: string) => msg(str`${amount} due ${date}`, { id: 'amountDue' }),
  more: (count: string) => msg(str`${count} more`, { id: 'more' }),
  seeAll: msg('see all accounts', { id: 'seeAll' }),
  updatedNow: msg('Updated just now', { id: 'updatedNow' }),
  updatedMinutesAgo: (minutes: string) => msg(str`Updated ${minutes} min ago`, { id: 'updatedMinutesAgo' }),
  updatedAt: (time: string) => msg(str`Updated at ${time}`, { id: 'updatedAt' }),
  updatedOn: (date: string) => msg(str`Updated ${date}`, { id: 'updatedOn' }),
  hideAmounts: msg('Hide amounts', { id: 'hideAmounts' }),
  amountHidden: msg('amount hidden', { id: 'amountHidden' }),
  hiddenForNow: msg('Hidden until you leave this page.', { id: 'hiddenForNow' }),
  refresh: msg('Refresh balances', { id: 'refresh' }),
  refreshing: msg('Updating…', { id: 'refreshing' }),
  backToDashboard: msg('Back to dashboard', { id: 'backToDashboard' }),
  reference: (id: string) => msg(str`Reference ${id}`, { id: 'reference' }),
  /** By the kinds of states and notices where there is one sentence for a kind. */
  sentences: {
    empty: msg('There are no accounts to show yet.', { id: 'empty' }),
    allHidden: msg('All your accounts are hidden.', { id: 'allHidden' }),
    signedOut: msg('Sign in again to see your accounts.', { id: 'signedOut' }),
    signInFailed: msg('We couldn’t sign you in.', { id: 'signInFailed' }),
    notPermitted: msg('This card isn’t allowed to show your accounts.', { id: 'notPermitted' }),
    bankUnavailable: msg('Your accounts aren’t available right now.', { id: 'bankUnavailable' }),
    bankTimeout: msg('Your accounts are taking too long to load.', { id: 'bankTimeout' }),
    bankUnexpected: msg('We couldn’t read your accounts.', { id: 'bankUnexpected' }),
    temporary: msg('This card is taking a short break.', { id: 'temporary' }),
    rateLimited: msg('Please wait a minute, then try again.', { id: 'rateLimited' }),
    tryAgainAt: (time: string) => msg(str`Please try again at ${time}.`, { id: 'tryAgainAt' }),
    notUpdated: msg('Couldn’t update.', { id: 'notUpdated' }),
    oneUnreadable: msg('1 account couldn’t be read.', { id: 'oneUnreadable' }),
    unreadable: (count: string) => msg(str`${count} accounts couldn’t be read.`, { id: 'unreadable' }),
    stale: msg('These balances may be out of date.', { id: 'stale' }),
    offline: msg('You’re offline.', { id: 'offline' }),
  },
  actions: {
    signIn: msg('Sign in', { id: 'signIn' }),
    tryAgain: msg('Try again', { id: 'tryAgain' }),
    update: msg('Update', { id: 'update' }),
    seeAccounts: msg('See accounts', { id: 'seeAccounts' }),
  },
});

export type Text = ReturnType<typeof faceWords>;
