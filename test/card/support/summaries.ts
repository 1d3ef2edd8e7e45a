/** Makes account summaries and page data for the card's tests: few accounts, many, none, hostile ones. */
import type {
  AccountSummary,
  AccountView,
  CardBoot,
  Problem,
  ProblemCode,
  View,
} from '../../../server/contract.ts';

const BANK = 'https://bank.localhost';

export function account(changes: Partial<AccountView> = {}): AccountView {
  return {
    id: 'everyday',
    name: 'Everyday Checking',
    lastFour: '1234',
    subType: 'Checking',
    balance: { amount: '1234.56', currency: 'USD', kind: 'available', label: null },
    otherBalances: [{ amount: '1300.00', currency: 'USD', kind: 'current', label: null }],
    due: null,
    institutionName: null,
    details: [],
    countsInTotals: true,
    ...changes,
  };
}

const savings = account({
  id: 'savings',
  name: 'Rainy Day Savings',
  lastFour: '5678',
  balance: { amount: '8310.20', currency: 'USD', kind: 'available', label: null },
  otherBalances: [],
});
const creditCard = account({
  id: 'card',
  name: 'Platinum Card',
  lastFour: '9012',
  balance: { amount: '790.10', currency: 'USD', kind: 'owed', label: null },
  otherBalances: [{ amount: '4209.90', currency: 'USD', kind: 'credit', label: null }],
  due: { on: '2026-12-20', amount: { amount: '35.00', currency: 'USD' } },
});
const external = account({
  id: 'external',
  name: 'Brokerage at a Place with Rather a Long Name',
  lastFour: '7777',
  balance: { amount: '25000.00', currency: 'USD', kind: 'current', label: null },
  otherBalances: [],
  institutionName: 'Another Institution',
  countsInTotals: false,
});

export const threeAccounts: AccountSummary = {
  asOf: minutesAgo(2),
  headline: { amount: '9544.76', currency: 'USD', kind: 'available', label: null },
  assets: { amount: '9544.76', currency: 'USD' },
  owed: { amount: '790.10', currency: 'USD' },
  net: { amount: '8754.66', currency: 'USD' },
  groups: [
    { kind: 'cash', subtotal: { amount: '9544.76', currency: 'USD' }, accounts: [account(), savings] },
    { kind: 'credit', subtotal: { amount: '790.10', currency: 'USD' }, accounts: [creditCard] },
  ],
  order: ['everyday', 'savings', 'card'],
  hiddenCount: 0,
  unreadableCount: 0,
};

/** `count` accounts: none, one, the three of the pictures, or as many with every kind of name and amount. */
export function summaryOf(count: number): AccountSummary {
  if (count === 0)
    return { ...threeAccounts, headline: null, assets: null, owed: null, net: null, groups: [], order: [] };
  if (count === 1) return oneAccount();
  if (count === 3) return threeAccounts;
  const more = Array.from({ length: count - 4 }, (_, index) => numbered(index));
  return {
    ...threeAccounts,
    groups: [
      ...threeAccounts.groups,
      { kind: 'loan', subtotal: null, accounts: more },
      { kind: 'external', subtotal: null, accounts: [external] },
    ],
    order: ['everyday', 'savings', 'card', ...more.map(({ id }) => id), 'external'],
  };
}

export function minutesAgo(minutes: number): string {
  return new Date(Date.now() - minutes * 60_000).toISOString();
}

/** Page data with the links on this test's own origin, as the real page has them on the card's. */
export function bootOf(summary: AccountSummary, changes: Partial<CardBoot> = {}): CardBoot {
  return { ...placeOf('face'), session: 'h'.repeat(43), summary, ...changes } as CardBoot;
}

export function problemBoot(
  code: ProblemCode,
  changes: Partial<Problem> = {},
  page: Partial<CardBoot> = {},
): CardBoot {
  const problem: Problem = {
    type: 'about:blank',
    title: code,
    status: 503,
    code,
    requestId: 'req-7f3a',
    ...changes,
  };
  return { ...placeOf('face'), ...page, problem } as CardBoot;
}

function placeOf(view: View) {
  const base = `${location.origin}/fi`;
  return {
    view,
    locale: 'en-US',
    customer: { givenName: 'Avery' },
    again: `${base}/${view === 'face' ? 'auth' : 'expanded'}?again=sealed`,
    links: { dashboard: `${BANK}/`, accounts: `${BANK}/accounts`, expanded: `${base}/expanded` },
  };
}

function oneAccount(): AccountSummary {
  const only = account();
  return {
    ...threeAccounts,
    headline: only.balance,
    assets: { amount: '1234.56', currency: 'USD' },
    owed: null,
    groups: [{ kind: 'cash', subtotal: null, accounts: [only] }],
    order: [only.id],
  };
}

function numbered(index: number): AccountView {
  const isLong = index % 3 === 0;
  return account({
    id: `n${index}`,
    name: isLong ? `Home Improvement Line of Credit number ${index}` : `Loan ${index}`,
    lastFour: isLong ? null : `${1000 + index}`,
    balance: { amount: `${index}123456.78`, currency: 'USD', kind: 'owed', label: null },
    due: isLong ? { on: '2027-01-20', amount: null } : null,
  });
}
