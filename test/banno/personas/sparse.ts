/** Customers with nothing to show: no accounts, all hidden, only accounts held elsewhere; and a refunded card. */
import { account, deposit } from './account.ts';
import { DAILY_LIFE, history } from './history.ts';
import type { Persona } from './persona.ts';

export const none: Persona = {
  id: 'none',
  title: 'Nell Harrow',
  description: 'No accounts yet',
  userId: '2c5b7d1a-90d4-4b7e-9f0a-6a1b3c5d7e22',
  givenName: 'Nell',
  familyName: 'Harrow',
  username: 'nellh',
  locale: 'en-US',
  open: () => ({ accounts: [] }),
};

export const allHidden: Persona = {
  id: 'all-hidden',
  title: 'Hollis Vane',
  description: 'Hid every account',
  userId: '3d6c8e2b-01e5-4c8f-8a1b-7b2c4d6e8f33',
  givenName: 'Hollis',
  familyName: 'Vane',
  username: 'hollisv',
  locale: 'en-US',
  open(opening) {
    const hidden = { hidden: true, active: false, contributesToAggregateTotals: false };
    return {
      accounts: [
        account(opening, this.userId, 1, {
          ...deposit('Checking', 'Old Checking', 'x2201', '310.00'),
          ...hidden,
        }),
        account(opening, this.userId, 2, {
          ...deposit('Savings', 'Old Savings', 'x2202', '92.10'),
          ...hidden,
        }),
      ],
    };
  },
};

export const onlyExternal: Persona = {
  id: 'only-external',
  title: 'Ellis Park',
  description: 'Only accounts linked from other institutions',
  userId: '4e7d9f3c-12f6-4d90-9b2c-8c3d5e7f9044',
  givenName: 'Ellis',
  familyName: 'Park',
  username: 'ellisp',
  locale: 'en-US',
  open(opening) {
    const elsewhere = {
      institution: { id: '99999999-8888-4777-8666-555555555555', name: 'Another Institution' },
      lastLoginFailure: null,
      insuredStatus: 'notApplicable',
    };
    return {
      accounts: [
        account(opening, this.userId, 1, {
          name: 'Elsewhere Brokerage',
          numbers: 'x7788',
          accountType: 'Investment',
          accountSubType: '401K',
          balance: '25010.77',
          ...elsewhere,
        }),
        account(opening, this.userId, 2, {
          ...deposit('Checking', 'Elsewhere Checking', 'x7789', '640.00'),
          ...elsewhere,
        }),
      ],
    };
  },
};

export const refunded: Persona = {
  id: 'refunded',
  title: 'Remy Castell',
  description: 'A card the bank owes money on',
  userId: '5f8ea04d-2307-4ea1-8c3d-9d4e6f80a155',
  givenName: 'Remy',
  familyName: 'Castell',
  username: 'remyc',
  locale: 'en-US',
  open(opening) {
    return {
      accounts: [
        account(opening, this.userId, 1, deposit('Checking', 'Everyday Checking', 'x3301', '412.09')),
        account(opening, this.userId, 2, {
          name: 'Refunded Store Card',
          numbers: 'x3302',
          accountType: 'Line of Credit',
          accountSubType: 'Credit Card',
          balance: '-5.22',
          availableCredit: '505.22',
          creditLimit: '500.00',
        }),
      ],
      transactions: history({
        userId: this.userId,
        number: 1,
        now: opening.now,
        balance: '412.09',
        entries: DAILY_LIFE,
      }),
    };
  },
};
