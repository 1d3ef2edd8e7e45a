/** The expanded view: a page of its own, with groups, details, spending and transactions. */
import type { AccountDetail } from '../../../server/contract.ts';
import { hideAmounts, openDetails, transactionsCome } from '../actions.ts';
import { transactions } from '../answers.ts';
import { account, accounts, owed, problem, usd } from '../invented.ts';
import type { GalleryState } from '../state.ts';

const DETAILS: AccountDetail[] = [
  { label: null, meaning: 'creditLimit', value: '5000.00', kind: 'money' },
  { label: null, meaning: 'interestRate', value: '17.99', kind: 'percentage' },
  { label: 'Statement Closing Date', meaning: null, value: '2026-12-01', kind: 'date' },
  { label: 'Points', meaning: null, value: '10480', kind: 'count' },
];
const card = account({
  id: 'card',
  name: 'Platinum Card',
  lastFour: '9012',
  balance: owed('790.10'),
  otherBalances: [{ ...usd('4209.90'), kind: 'credit', label: null }],
  due: { on: '2026-12-20', amount: usd('35.00') },
  details: DETAILS,
});
const three = accounts(3);
const withDetails = {
  ...three,
  groups: three.groups.map((group) => (group.kind === 'credit' ? { ...group, accounts: [card] } : group)),
};

const page = { view: 'expanded' } as const;
const features = { transactions: true };

export const expanded: GalleryState[] = [
  { ...page, name: 'page-loading', content: null, withoutScript: true },
  { ...page, name: 'page-three-accounts', content: { summary: withDetails }, act: openDetails },
  {
    ...page,
    name: 'page-transactions',
    content: { summary: withDetails, features },
    api: transactions(['everyday', 'savings', 'card']),
    act: transactionsCome,
  },
  {
    ...page,
    name: 'page-transactions-in-part',
    content: { summary: three, features },
    api: transactions(['everyday'], { savings: problem('BANK_UNAVAILABLE') }),
    act: transactionsCome,
  },
  {
    ...page,
    name: 'page-amounts-hidden',
    content: { summary: withDetails, features },
    api: transactions(['everyday']),
    act: async (card) => {
      await transactionsCome(card);
      await hideAmounts(card);
    },
  },
  {
    ...page,
    name: 'page-forty-accounts',
    content: { summary: accounts(40), features },
    api: transactions(['everyday', 'savings', 'card']),
    act: transactionsCome,
  },
  {
    ...page,
    name: 'page-transactions-not-shared',
    content: { summary: three, features: { transactionsRefused: true } },
  },
  { ...page, name: 'page-empty', content: { summary: accounts(0) } },
  { ...page, name: 'page-problem', content: { problem: problem('BANK_TIMEOUT') } },
];
