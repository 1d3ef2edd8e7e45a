/** Amounts in the browser, whatever they are: whole numbers give back the text they came from, and none is ever rounded or invented. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { digitsOf, fromUnits, toUnits } from '../../card/exact-sum.ts';
import { createFormat } from '../../card/format.ts';

const digits = (minLength: number, maxLength: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength, maxLength }).map((list) => list.join(''));
const decimal = fc
  .tuple(fc.boolean(), digits(1, 25), digits(0, 10))
  .map(
    ([isNegative, whole, fraction]) =>
      `${isNegative ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`,
  );

test('a sum of decimals is the sum of their digits, in any order', () => {
  fc.assert(
    fc.property(fc.array(decimal, { minLength: 1, maxLength: 10 }), (amounts) => {
      const places = digitsOf(amounts);
      const sumOf = (list: string[]) => list.reduce((sum, one) => sum + (toUnits(one, places) ?? 0n), 0n);
      const sum = sumOf(amounts);
      expect(sumOf(amounts.toReversed())).toBe(sum);
      expect(toUnits(fromUnits(sum, places), places)).toBe(sum);
      expect(fromUnits(sum, places)).toMatch(/^-?(0|[1-9]\d*)(\.\d+)?$/);
    }),
    { numRuns: 300 },
  );
});

test('what is no decimal is no number, and is shown as none', () => {
  const { money } = createFormat('en-US');
  fc.assert(
    fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 5 }), (amount, currency) => {
      const isDecimal = /^-?\d+(\.\d+)?$/.test(amount);
      expect(toUnits(amount, 30) === null).toBe(!isDecimal);
      const shown = money({ amount, currency });
      if (!isDecimal) expect(shown).toBe('—');
      else expect(shown.length).toBeGreaterThan(0);
    }),
    { numRuns: 300 },
  );
});

test('an amount is shown with its own digits', () => {
  const { money } = createFormat('en-US');
  const cents = fc.tuple(fc.boolean(), digits(1, 20), digits(2, 2));
  fc.assert(
    fc.property(cents, ([isNegative, whole, fraction]) => {
      const shown = money({ amount: `${isNegative ? '-' : ''}${whole}.${fraction}`, currency: 'USD' });
      expect(BigInt(shown.replace(/\D/g, ''))).toBe(BigInt(whole + fraction));
      expect(shown.startsWith('-')).toBe(isNegative && /[1-9]/.test(whole + fraction));
    }),
    { numRuns: 300 },
  );
});
