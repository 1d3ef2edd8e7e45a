/** Money stays exact: what is an amount, what is none, and sums that no binary float could hold. */
import { expect, test } from 'vitest';
import { isPositive, readMoney, subtract, sumOf } from '../../../server/accounts/money.ts';

const add = (a: string, b: string) => sumOf([a, b]);

test.each([
  ['741.41', '741.41'],
  ['-1543.00', '-1543.00'],
  ['0', '0.00'],
  ['5', '5.00'],
  ['5.5', '5.50'],
  ['+5', '5.00'],
  [' 5 ', '5.00'],
  ['007.10', '7.10'],
  ['0.005', '0.005'],
  ['1.2300', '1.23'],
  ['-0', '0.00'],
  ['-0.000', '0.00'],
  ['+0.00', '0.00'],
  ['123456789012345678901234567890', '123456789012345678901234567890.00'],
  [
    '-999999999999999999999999999999.99999999999999999999',
    '-999999999999999999999999999999.99999999999999999999',
  ],
  ['0.00000000000000000001', '0.00000000000000000001'],
])('reads %j as %j', (value, amount) => {
  expect(readMoney(value)).toBe(amount);
});

test.each([
  [1500, '1500.00'],
  [-12.3, '-12.30'],
  [-0, '0.00'],
  [0.1, '0.10'],
  [9_999_999_999_999.99, '9999999999999.99'],
])('makes the best of the JSON number %d', (value, amount) => {
  expect(readMoney(value)).toBe(amount);
});

test.each([
  '',
  ' ',
  '1,234.56',
  '1.234,56',
  '$5',
  '5 USD',
  'NaN',
  'Infinity',
  '-Infinity',
  '1e3',
  '1e999',
  '0x10',
  '--5',
  '+-5',
  '-',
  '.',
  '5.',
  '1.2.3',
  '(5.00)',
  '5\n6',
  '٥',
  '1234567890123456789012345678901',
  `0.${'1'.repeat(21)}`,
  '9'.repeat(100_000),
])('%j is no amount', (value) => {
  expect(readMoney(value)).toBeNull();
});

test.each([
  null,
  undefined,
  true,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  1e21,
  90_071_992_547_409.91,
  -1e13,
  1e-7,
  {},
  [],
  ['5'],
  { amount: '5' },
])('%j, which is neither text nor a plain number, is no amount', (value) => {
  expect(readMoney(value)).toBeNull();
});

test('1e999 of a JSON body is no amount', () => {
  expect(readMoney(JSON.parse('{"balance":1e999}').balance)).toBeNull();
});

test('adds and subtracts without a binary float', () => {
  expect(add('0.1', '0.2')).toBe('0.30');
  expect(subtract('0.3', '0.1')).toBe('0.20');
  expect(add('123456789012345678901234567890.01', '0.02')).toBe('123456789012345678901234567890.03');
  expect(add('999999999999999999999999999999.99', '0.01')).toBe('1000000000000000000000000000000.00');
  expect(subtract('100000000000000000000', '0.00000000000000000001')).toBe(
    '99999999999999999999.99999999999999999999',
  );
});

test('keeps parts of a cent until a sum makes them whole', () => {
  expect(add('0.005', '0.001')).toBe('0.006');
  expect(add('0.005', '0.005')).toBe('0.01');
});

test('a sum of nothing has no minus sign', () => {
  expect(add('-5.00', '5.00')).toBe('0.00');
  expect(subtract('0', '0')).toBe('0.00');
  expect(subtract('-0.001', '-0.001')).toBe('0.00');
});

test.each([
  ['0.00', false],
  ['-0.01', false],
  ['0.00000000000000000001', true],
  ['1', true],
])('isPositive(%j) is %s', (amount, positive) => {
  expect(isPositive(amount)).toBe(positive);
});
