/** Builds an account as `GET /users/{userId}/accounts` shows it, and the dates it carries. */
import type { Account, Opening } from './persona.ts';

const DAY_MS = 86_400_000;

/** Stable, and in the form of Banno's own: the customer's UUID with the account's number as its last group. */
export function accountIdOf(userId: string, number: number): string {
  return `${userId.slice(0, 24)}${number.toString(16).padStart(12, '0')}`;
}

/** Banno's samples carry a time part on due dates; only the date is meant. */
export function dueInDays(now: Date, days: number): string {
  return `${new Date(now.getTime() + days * DAY_MS).toISOString().slice(0, 10)}T00:00:00.000Z`;
}

export function daysAgo(now: Date, days: number): Date {
  return new Date(now.getTime() - days * DAY_MS);
}

export function account(
  opening: Opening,
  userId: string,
  number: number,
  fields: Omit<Account, 'id'>,
): Account {
  return {
    id: accountIdOf(userId, number),
    fetchedDate: new Date(opening.now.getTime() - 12 * 60_000).toISOString(),
    accountStatus: 'Active',
    canCreatePayments: false,
    canTransferFrom: false,
    hasRewards: false,
    institution: opening.institution,
    hidden: false,
    active: true,
    contributesToAggregateTotals: true,
    lowFundsAlertEnabled: false,
    sortIndex: number - 1,
    formattedMetaData: details(fields['accountSubType']),
    insuredStatus: fields['accountType'] === 'Deposit' ? 'fdicInsured' : 'notApplicable',
    ...fields,
  };
}

export function deposit(
  subType: string,
  name: string,
  numbers: string,
  balance: string,
  available = balance,
) {
  return {
    name,
    numbers,
    accountType: 'Deposit',
    accountSubType: subType,
    canCreatePayments: subType === 'Checking',
    canTransferFrom: true,
    balance,
    availableBalance: available,
    routingNumber: '011000015',
  };
}

function details(subType: unknown) {
  if (typeof subType !== 'string') return { details: [], rewards: [] };
  const values = [{ type: 'Text', label: 'Type', value: subType, hidden: false, configuredLabel: 'Type' }];
  return { details: [{ label: 'Account details', values }], rewards: [] };
}
