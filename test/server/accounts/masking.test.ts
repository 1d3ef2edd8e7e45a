/** No more than the last four characters of an account number leave the server, wherever the number stands. */
import { expect, test } from 'vitest';
import { viewOf } from '../../support/account-list.ts';

test.each([
  ['x1234', '1234'],
  ['X1234', '1234'],
  ['xxxxxx1234', '1234'],
  ['****1234', '1234'],
  ['*1234', '1234'],
  ['••••1234', '1234'],
  ['…1234', '1234'],
  ['...1234', '1234'],
  ['XXXX-XX-1234', '1234'],
  ['XXXX XXXX XXXX 1234', '1234'],
  ['####1234', '1234'],
  ['Ending in 1234', '1234'],
  ['4111111111111234', '1234'],
  ['4111 1111 1111 1234', '1234'],
  ['4111-1111-1111-1234', '1234'],
  ['411111XXXXXX1234', '1234'],
  ['0000001234', '1234'],
  ['12-3456', '3456'],
  ['x12-S01', '2S01'],
  ['AB12CD34', 'CD34'],
  ['1234', '1234'],
  ['x12', '12'],
  ['7', '7'],
  ['1234xx56', '56'],
])('of the number %j the last four are %j', (numbers, lastFour) => {
  expect(viewOf({ numbers }).lastFour).toBe(lastFour);
});

test.each([
  'xxxx',
  'XXXXXXXX',
  '****',
  '••••',
  '-',
  'x',
  '41111111xxxx',
  '  ',
  '',
  '١٢٣٤',
  null,
  undefined,
  1234,
])('the number %j has no last four', (numbers) => {
  expect(viewOf({ numbers }).lastFour).toBeNull();
});

test.each([
  ['Checking 4111111111111234', 'Checking …1234'],
  ['4111 1111 1111 1234', '…1234'],
  ['4111-1111-1111-1234 Card', '…1234 Card'],
  ['4111.1111.1111.1234', '…1234'],
  ['4111  1111 - 1111 – 1234', '…1234'],
  ['4111_1111_1111_1234', '…1234'],
  ['Acct#123456785678', 'Acct#…5678'],
  ['12345678', '…5678'],
  ['1111222233334444 and 5555666677778888', '…4444 and …8888'],
  ['１２３４５６７８９０１２', '…９０１２'],
  ['٠١٢٣٤٥٦٧٨٩', '…٦٧٨٩'],
])('the name %j is shown as %j', (name, shown) => {
  expect(viewOf({ name }).name).toBe(shown);
});

test.each([
  'Everyday Checking 000123',
  'Savings 1234567',
  '401(k)',
  '529 Plan',
  'Truck 2019',
  'CD to 11/23/2026',
  '2%',
])('the name %j is left as it is', (name) => {
  expect(viewOf({ name }).name).toBe(name);
});

test('a kind that stands in for the name is masked like a name', () => {
  const view = viewOf({ name: null, accountSubType: 'Loan 4111111111111234' });
  expect(view).toMatchObject({ name: 'Loan …1234', subType: 'Loan …1234' });
});

test('nothing else of an account leaves the server', () => {
  const secret = '4111111111111234';
  const view = viewOf({
    numbers: secret,
    name: `Card ${secret}`,
    accountHolderName: 'Avery Quill',
    routingNumber: '011000015',
    loginId: 'averyq',
    formattedMetaData: { details: [{ values: [{ label: 'Number', value: secret }] }] },
  });
  expect(Object.keys(view).sort()).toEqual([
    'balance',
    'countsInTotals',
    'details',
    'due',
    'id',
    'institutionName',
    'lastFour',
    'name',
    'otherBalances',
    'subType',
  ]);
  const text = JSON.stringify(view);
  for (const hidden of [secret, '411111', '1111', 'Avery', '011000015', 'averyq'])
    expect(text).not.toContain(hidden);
});
