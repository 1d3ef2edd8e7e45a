/** Sums of decimal strings: exact at any length, with any number of digits after the point. */
import { expect, test } from 'vitest';
import { digitsOf, fromUnits, toUnits } from '../../card/exact-sum.ts';

const sum = (...amounts: string[]) => {
  const digits = digitsOf(amounts);
  return fromUnits(
    amounts.reduce((total, amount) => total + (toUnits(amount, digits) ?? 0n), 0n),
    digits,
  );
};

test.for([
  [['0.1', '0.2'], '0.3'],
  [['-0.1', '0.1'], '0.0'],
  [['-0.05', '-0.004'], '-0.054'],
  [['12', '-30.5'], '-18.5'],
  [['9007199254740993.01', '0.01'], '9007199254740993.02'],
  [['7', '8'], '15'],
  [[], '0'],
] as const)('%s is %s', ([amounts, expected]) => {
  expect(sum(...amounts)).toBe(expected);
});

test('what is no decimal is null, and so is one with more digits than asked for', () => {
  expect(['', '-', '1,5', '1e3', 'NaN', '١'].map((text) => toUnits(text, 2))).toEqual(Array(6).fill(null));
  expect(toUnits('0.123', 2)).toBeNull();
});
