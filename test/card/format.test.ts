/** Amounts are shown exactly as the decimal strings they are; dates and counts in the customer's notation. */
import { expect, test } from 'vitest';
import { createFormat, isNegative, unsigned } from '../../card/format.ts';

const american = createFormat('en-US');
const dollars = (amount: string) => american.money({ amount, currency: 'USD' });
const nowMs = Date.parse('2026-11-23T12:00:00Z');

test.for([
  ['1234.56', '$1,234.56'],
  ['0', '$0.00'],
  ['-0.00', '$0.00'],
  ['-0.004', '$0.00'],
  ['-20.1', '-$20.10'],
  ['0.1', '$0.10'],
  ['9007199254740993.01', '$9,007,199,254,740,993.01'],
  ['-123456789012345678901234567890.99', '-$123,456,789,012,345,678,901,234,567,890.99'],
])('%s dollars are %s', ([amount = '', shown = '']) => {
  expect(dollars(amount)).toBe(shown);
});

test('what is smaller than a cent is rounded half to even', () => {
  expect(['0.005', '0.015', '0.025', '10.0049', '-0.015'].map(dollars)).toEqual([
    '$0.00',
    '$0.02',
    '$0.02',
    '$10.00',
    '-$0.02',
  ]);
});

test.for(['', 'abc', '1e9', 'NaN', '1,000', '0x10', ' 1', '1.', 'Infinity'])('%j is no amount', (amount) => {
  expect(dollars(amount)).toBe('—');
});

test('currencies: without decimals, unknown, malformed', () => {
  expect(american.money({ amount: '1234', currency: 'JPY' })).toBe('¥1,234');
  expect(american.money({ amount: '5.00', currency: 'ZZZ' })).toMatch(/^ZZZ\s5\.00$/);
  expect(american.money({ amount: '5', currency: 'points' })).toMatch(/^5\.00\spoints$/);
  expect(american.money({ amount: '5', currency: '' })).toContain('5.00');
});

test("the headline's parts add up, also where the currency stands last", () => {
  expect(american.moneyParts({ amount: '9544.76', currency: 'USD' })).toEqual({
    before: '$9,544',
    decimals: '.76',
    after: '',
  });
  const { before, decimals, after } = createFormat('es-ES').moneyParts({
    amount: '9544.76',
    currency: 'EUR',
  });
  expect([before, decimals, after.trim()]).toEqual(['9544', ',76', '€']);
});

test('signs', () => {
  expect(unsigned({ amount: '-5.22', currency: 'USD' }).amount).toBe('5.22');
  expect(['-5.22', '-0.00', '0', '5'].map((amount) => isNegative({ amount, currency: 'USD' }))).toEqual([
    true,
    false,
    false,
    false,
  ]);
});

test('a calendar date is the same day in every time zone', () => {
  expect(american.calendarDate('2026-12-20', nowMs)).toBe('Dec 20');
  expect(american.calendarDate('2027-01-01', nowMs)).toBe('Jan 1, 2027');
  expect(american.calendarDate('soon', nowMs)).toBe('soon');
});

test('Spanish and other notations', () => {
  expect(createFormat('es-US').calendarDate('2026-12-20', nowMs)).toBe('20 dic');
  expect(createFormat('es-US').money({ amount: '9544.76', currency: 'USD' })).toBe('$9,544.76');
  expect(american.count(1234)).toBe('1,234');
});
