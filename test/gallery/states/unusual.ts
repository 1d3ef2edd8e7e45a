/** Names and amounts that no designer draws: long, huge, without spaces, right to left, missing. */
import { account, accounts, available, deposits, owed, usd } from '../invented.ts';
import type { GalleryState } from '../state.ts';

const HUGE = '123456789012.34';

const long = [
  account({
    id: 'a',
    name: 'The Everyday Joint Checking Account of the Whole Quillington Family',
    balance: available(HUGE),
  }),
  account({
    id: 'b',
    name: 'Withoutanyspacetobreakatanywhereinthename'.repeat(3),
    balance: available('0.00'),
  }),
  account({
    id: 'c',
    name: 'Line of Credit for Rather Unlikely Purchases',
    balance: owed(HUGE),
    due: { on: '2027-01-20', amount: usd(HUGE) },
  }),
  account({
    id: 'd',
    name: 'Certificate',
    balance: { ...available('12.00'), label: 'Balance at the end of the previous statement period' },
  }),
];

const rightToLeft = [
  account({ id: 'a', name: 'חשבון עובר ושב', lastFour: '1234' }),
  account({ id: 'b', name: 'حساب التوفير 2026', lastFour: '5678', balance: available('8310.20') }),
  account({ id: 'c', name: '\u202egnikcehC desreveR', lastFour: '9012', balance: owed('790.10') }),
];

export const unusual: GalleryState[] = [
  {
    name: 'long-names-and-huge-amounts',
    content: {
      summary: deposits(long, {
        headline: { ...available(HUGE), label: 'Available until the end of the current statement period' },
        assets: usd(HUGE),
        owed: usd(HUGE),
      }),
    },
  },
  { name: 'right-to-left-names', content: { summary: deposits(rightToLeft) } },
  {
    name: 'little-known',
    content: {
      summary: deposits(
        [
          account({ id: 'a', name: '  ', lastFour: null, balance: null }),
          account({ id: 'b', name: 'Savings', lastFour: null, balance: available('1.00') }),
        ],
        { asOf: null, headline: null, assets: null, net: null },
      ),
    },
  },
  { name: 'empty', content: { summary: accounts(0) } },
  { name: 'all-hidden', content: { summary: accounts(0, { hiddenCount: 3 }) } },
  { name: 'none-readable', content: { summary: accounts(0, { unreadableCount: 2 }) } },
];
