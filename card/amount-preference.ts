/** Tells, before anything is drawn, whether the customer has hidden the amounts. */

export const PRIVACY_KEY = 'hidesAmounts';

/** Storage throws in a foreign frame where third-party cookies are blocked. */
export function wantsHiddenAmounts(): boolean {
  try {
    return localStorage.getItem(PRIVACY_KEY) !== null;
  } catch {
    return false;
  }
}
