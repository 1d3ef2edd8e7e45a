/** Ages, payments and balances in words, in both languages. */
import { expect, test } from 'vitest';
import { english, loadLanguage } from '../../card/locales/language.ts';
import { ageInWords, balanceInWords, dueInWords, nameOf } from '../../card/wording.ts';
import { account } from './support/summaries.ts';

const now = new Date(2026, 10, 23, 15, 0);
const minutesBefore = (minutes: number) => new Date(now.getTime() - minutes * 60_000).toISOString();

test.for([
  [0, 'Updated just now'],
  [2, 'Updated 2 min ago'],
  [59.9, 'Updated 59 min ago'],
  [60, 'Updated at 2:00 PM'],
  [16 * 60, 'Updated Nov 22'],
  [400 * 24 * 60, 'Updated Oct 19, 2025'],
  [-3, 'Updated just now'],
  [-24 * 60, 'Updated Nov 24'],
] as const)('%s minutes ago: %s', ([minutes, words]) => {
  // Browsers differ in the space before PM.
  expect(ageInWords(minutesBefore(minutes), now.getTime(), english)?.replace(/\s/g, ' ')).toBe(words);
});

test('an unknown age is no age', () => {
  expect([null, '', 'soon'].map((asOf) => ageInWords(asOf, now.getTime(), english))).toEqual([
    null,
    null,
    null,
  ]);
});

test('what is due, with and without an amount, in Spanish too', async () => {
  const due = { on: '2026-12-20', amount: { amount: '35', currency: 'USD' } };
  expect(dueInWords(due, now.getTime(), english)).toBe('$35.00 due Dec 20');
  expect(dueInWords({ ...due, amount: null }, now.getTime(), english)).toBe('due Dec 20');
  expect(dueInWords(due, now.getTime(), await loadLanguage('es-US'))).toBe('$35.00 vence el 20 dic');
  expect(dueInWords(null, now.getTime(), english)).toBeNull();
});

test('owed less than nothing is a credit', () => {
  const owed = (amount: string) => ({ amount, currency: 'USD', kind: 'owed' as const, label: null });
  expect(balanceInWords(owed('-5.22'), english)).toEqual({ amount: '$5.22', label: 'credit' });
  expect(balanceInWords(owed('-0.00'), english)).toEqual({ amount: '$0.00', label: 'owed' });
});

test("an institution's own word is kept, and Banno's plain English one is said in the customer's language", async () => {
  const spanish = await loadLanguage('es-US');
  const labelled = (label: string) => ({ amount: '1', currency: 'USD', kind: 'available' as const, label });
  expect(balanceInWords(labelled(' Spendable '), spanish).label).toBe('Spendable');
  expect(balanceInWords(labelled('Available'), spanish).label).toBe('disponible');
  expect(balanceInWords(labelled('Available'), english).label).toBe('available');
});

test('an account without a name has one', () => {
  expect(nameOf(account({ name: '  ' }), english)).toBe('Account');
});
