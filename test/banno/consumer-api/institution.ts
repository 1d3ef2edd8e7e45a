/** The institution's settings, in general and for one of its customers. */
import type { BankState } from '../bank-state.ts';

export function institutionFor(bank: BankState, isCashManagement: boolean) {
  const { id, name } = bank.institution;
  return {
    id,
    name,
    status: 'Active',
    url: bank.origin,
    routingNumber: '011000015',
    localTimezone: 'America/Chicago',
    // Which balance is the headline is the institution's choice.
    balanceDisplaySettings: [
      { type: 'availableBalance', label: 'Available', visible: true, primary: true },
      { type: 'balance', label: 'Current', visible: true, primary: false },
    ],
    abilities: {
      sessionExpirationTimeoutMinutes: 20,
      externalAccounts: true,
      thirdPartyAccounts: true,
      changeAccountName: true,
    },
    isCashManagement,
  };
}
