/** `GET /users/{userId}`: the customer's profile. */
import type { BankState } from '../bank-state.ts';
import type { Customer } from '../customer.ts';

export function userOf({ persona }: Customer, bank: BankState) {
  const { userId, givenName, familyName, preferredName, username, isCashManagement } = persona;
  return {
    userId,
    id: userId,
    firstName: givenName,
    lastName: familyName,
    ...(preferredName === undefined ? {} : { preferredName }),
    userType: isCashManagement === true ? 'Business' : 'Individual',
    institutionId: bank.institution.id,
    username,
    email: `${persona.id}@customers.example`,
    provider: 'online_banking',
    userVerified: true,
  };
}
