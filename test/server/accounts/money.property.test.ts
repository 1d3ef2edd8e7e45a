/** Money, whatever it is written like: exact to the last digit, held against whole numbers, or no amount at all. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isPositive, readMoney, subtract, sumOf } from '../../../server/accounts/money.ts';

const add = (a: string, b: string) => sumOf([a, b]);

/** More digits than any amount here has after its point. */
const PLACES = 24;

const digits = (minLength: number, maxLength: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength, maxLength }).map((list) => list.join(''));
const decimal = fc
  .tuple(fc.constantFrom('', '-', '+'), digits(1, 30), fc.option(digits(1, 20), { nil: undefined }))
  .map(([sign, whole, fraction]) => `${sign}${whole}${fraction === undefined ? '' : `.${fraction}`}`);
const amount = decimal.map((text) => String(readMoney(text)));

/** The amount in units of its 24th place: no float, and none of the code under test. */
function units(text: string): bigint {
  const [, sign, whole = '', fraction = ''] = /^([+-]?)(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  const value = BigInt(whole + fraction.padEnd(PLACES, '0'));
  return sign === '-' ? -value : value;
}

test('an amount that is read is worth what was written, and is written in one way alone', () => {
  fc.assert(
    fc.property(decimal, (text) => {
      const read = String(readMoney(text));
      expect(units(read)).toBe(units(text));
      expect(read).toMatch(/^(0|-?[1-9]\d*|-0(?=\.\d*[1-9]))\.\d{2,}$/);
      expect(read).not.toMatch(/\.\d{2,}0$/);
      expect(readMoney(` ${text}\n`)).toBe(read);
      expect(readMoney(read)).toBe(read);
    }),
    { numRuns: 500 },
  );
});

test('sums and differences are those of whole numbers, in any order', () => {
  fc.assert(
    fc.property(fc.array(amount, { minLength: 1, maxLength: 20 }), fc.nat(), (amounts, turn) => {
      const sum = amounts.reduce(add, '0');
      expect(units(sum)).toBe(amounts.map(units).reduce((a, b) => a + b));
      const cut = turn % amounts.length;
      expect([...amounts.slice(cut), ...amounts.slice(0, cut)].reduce(add, '0')).toBe(sum);
      expect(units(amounts.reduce(subtract, sum))).toBe(0n);
      expect(amounts.reduce(subtract, sum)).toBe('0.00');
      expect(isPositive(sum)).toBe(units(sum) > 0n);
    }),
    { numRuns: 200 },
  );
});

test('a sum of many large amounts is exact at every step, also where it comes back to a small one', () => {
  const cents = fc.bigInt({ min: -(10n ** 17n), max: 10n ** 17n });
  fc.assert(
    fc.property(fc.array(cents, { minLength: 1, maxLength: 30 }), (values) => {
      const amounts = values.map((value) => {
        const size = (value < 0n ? -value : value).toString().padStart(3, '0');
        return String(readMoney(`${value < 0n ? '-' : ''}${size.slice(0, -2)}.${size.slice(-2)}`));
      });
      const back = amounts.toReversed().map((amount) => subtract('0.00', amount));
      expect(units(sumOf(amounts))).toBe(amounts.map(units).reduce((a, b) => a + b));
      expect(sumOf([...amounts, ...back, '0.01'])).toBe('0.01');
    }),
    { numRuns: 300 },
  );
});

test('a JSON number of 15 digits with its cents is read as the text it was', () => {
  const cents = fc.bigInt({ min: -(10n ** 15n) + 1n, max: 10n ** 15n - 1n });
  fc.assert(
    fc.property(cents, (value) => {
      const size = (value < 0n ? -value : value).toString().padStart(3, '0');
      const text = `${value < 0n ? '-' : ''}${size.slice(0, -2)}.${size.slice(-2)}`;
      expect(readMoney(JSON.parse(text))).toBe(readMoney(text));
    }),
    { numRuns: 500 },
  );
});

test('whatever is no decimal is no amount, and nothing throws', () => {
  const nearly = fc.tuple(
    decimal,
    fc.constantFrom('e5', 'E999', ',', '.', ' 1', '$', '-', '%', '٣', 'x', '\u0000'),
  );
  fc.assert(
    fc.property(fc.anything(), (value) => {
      const read = readMoney(value);
      if (typeof value !== 'string' && typeof value !== 'number') expect(read).toBeNull();
      else expect(read === null || /^-?\d+\.\d{2,}$/.test(read)).toBe(true);
    }),
    { numRuns: 500 },
  );
  fc.assert(
    fc.property(nearly, ([text, more]) => {
      expect(readMoney(text + more)).toBeNull();
    }),
  );
});
