/** An account's details: the institution's words, typed where they can be, hidden where it says so, never a whole number. */
import { expect, test } from 'vitest';
import { readDetails } from '../../../server/accounts/details.ts';

function read(...values: unknown[]) {
  return readDetails([{ label: 'Account details', values }]);
}

const lines: [string, object, object][] = [
  [
    'text',
    { type: 'Text', label: 'Type', value: 'Checking', hidden: false },
    { label: 'Type', meaning: null, value: 'Checking', kind: 'text' },
  ],
  [
    'money',
    { type: 'Money', label: 'Payoff', value: '70610.1' },
    { label: 'Payoff', meaning: null, value: '70610.10', kind: 'money' },
  ],
  [
    'a percentage',
    { type: 'Percentage', label: 'Rate', value: '3.875 %' },
    { label: 'Rate', meaning: null, value: '3.875', kind: 'percentage' },
  ],
  [
    'a count',
    { type: 'Count', label: 'Withdrawals', value: 2 },
    { label: 'Withdrawals', meaning: null, value: '2', kind: 'count' },
  ],
  [
    'a date',
    { type: 'Date', label: 'Opened', value: '2020-05-01T00:00:00Z' },
    { label: 'Opened', meaning: null, value: '2020-05-01', kind: 'date' },
  ],
  [
    'the institution’s label',
    { label: 'Type', configuredLabel: 'Kind', value: 'x' },
    { label: 'Kind', meaning: null, value: 'x', kind: 'text' },
  ],
  [
    'money that is none as text',
    { type: 'Money', label: 'Limit', value: 'none' },
    { label: 'Limit', meaning: null, value: 'none', kind: 'text' },
  ],
  [
    'a future type as text',
    { type: 'Colour', label: 'Card', value: 'blue' },
    { label: 'Card', meaning: null, value: 'blue', kind: 'text' },
  ],
  [
    'E16 an account number masked',
    { type: 'Text', label: 'Number', value: '4000 1234 5678 9010' },
    { label: 'Number', meaning: null, value: '…9010', kind: 'text' },
  ],
];
test.each(lines)('reads %s', (_name, value, expected) => {
  expect(read(value)).toEqual([expected]);
});

test.each([
  [{ label: 'Rate', value: '1', hidden: true }],
  [{ label: '', value: '1' }],
  [{ label: 'Rate', value: null }],
  [{ label: 'Rate', value: {} }],
  [null],
  ['text'],
])('leaves out %j', (value) => {
  expect(read(value)).toEqual([]);
});

test.each([null, undefined, 'x', {}, [null], [{ values: 'x' }]])('of %j there are none', (details) => {
  expect(readDetails(details)).toEqual([]);
});
