/** Balances as most customers see them: few accounts, many, several currencies, something due. */
import { doubleTextSize } from '../actions.ts';
import { account, accounts, available, deposits, minutesAgo, owed, usd } from '../invented.ts';
import type { GalleryState } from '../state.ts';

const travel = account({
  id: 'travel',
  name: 'Travel Money',
  lastFour: '4455',
  balance: { amount: '810.00', currency: 'EUR', kind: 'available', label: null },
});

const card = account({
  id: 'card',
  name: 'Platinum Card',
  lastFour: '9012',
  balance: owed('790.10'),
  due: { on: '2026-11-24', amount: usd('35.00') },
});
const mortgage = account({
  id: 'mortgage',
  name: 'Home Loan',
  lastFour: '3456',
  balance: owed('70422.00'),
  due: { on: '2027-01-02', amount: null },
});

export const balances: GalleryState[] = [
  { name: 'one-account', content: { summary: accounts(1) } },
  { name: 'three-accounts', content: { summary: accounts(3) } },
  { name: 'three-accounts-large-text', content: { summary: accounts(3) }, act: doubleTextSize },
  { name: 'forty-accounts', content: { summary: accounts(40) } },
  { name: 'forty-accounts-large-text', content: { summary: accounts(40) }, act: doubleTextSize },
  {
    name: 'due-soon',
    content: {
      summary: accounts(3, {
        headline: available('1234.56'),
        assets: usd('1234.56'),
        owed: usd('71212.10'),
        groups: [
          { kind: 'cash', subtotal: usd('1234.56'), accounts: [account()] },
          { kind: 'credit', subtotal: usd('790.10'), accounts: [card] },
          { kind: 'loan', subtotal: usd('70422.00'), accounts: [mortgage] },
        ],
        order: ['everyday', 'card', 'mortgage'],
      }),
    },
  },
  {
    name: 'several-currencies',
    content: {
      summary: deposits([account(), travel], { headline: null, assets: null, owed: null, net: null }),
    },
  },
  {
    name: 'negative-headline',
    content: {
      summary: deposits(
        [
          account({ balance: available('-254.10') }),
          account({ id: 'b', name: 'Savings', balance: available('20.00') }),
        ],
        { headline: available('-234.10'), assets: usd('-234.10'), owed: usd('790.10') },
      ),
    },
  },
  {
    name: 'in-credit',
    content: {
      summary: deposits([account({ name: 'Platinum Card', balance: owed('-45.00'), otherBalances: [] })], {
        headline: owed('-45.00'),
        assets: null,
        owed: usd('-45.00'),
        net: usd('45.00'),
      }),
    },
  },
  { name: 'stale', content: { summary: accounts(3, { asOf: minutesAgo(50 * 60) }) } },
  { name: 'partial', content: { summary: accounts(3, { unreadableCount: 2 }) } },
];
