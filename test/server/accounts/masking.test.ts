/** No more than the last four characters of an account number leave the server, wherever the number stands. */
import { expect, test } from 'vitest';
import { readTransactions } from '../../../server/accounts/banno-transactions.ts';
import { maskNumbers } from '../../../server/accounts/masking.ts';
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
  ['4111/1111/1111/1234', '…1234'],
  ['4111*1111*1111*1234 Card', '…1234 Card'],
  ['(4111)(1111)(1111)(1234)', '(…1234)'],
  ['4111 • 1111 • 1111 • 1234', '…1234'],
  ['4111\u22121111\u22121111\u22121234', '…1234'],
  ['3782/822463/10005', '…0005'],
  ['4\ufe0f\u20e31\ufe0f\u20e31\ufe0f\u20e31\ufe0f\u20e31\ufe0f\u20e32\ufe0f\u20e33\ufe0f\u20e34', '…1234'],
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
  'CD 11/23/2025 to 11/23/2026',
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

test.each([
  ['CARD 4111111111111234', 'CARD …1234'],
  ['CARD 4111/1111/1111/1234', 'CARD …1234'],
  ['CARD 3782 822463 10005', 'CARD …0005'],
  ['CARD 3782-822463-10005', 'CARD …0005'],
  ['CALL 800-555-1234', 'CALL 800-555-1234'],
  ['ON 11/23/2026 AT 10:30', 'ON 11/23/2026 AT 10:30'],
  ['ON 2026-11-23', 'ON 2026-11-23'],
])('of a transaction %j is shown as %j, its category too', (words, shown) => {
  const transaction = { id: '1', amount: '1', memo: words, enrichments: { customExpenseCategory: words } };

  const [read] = readTransactions({ transactions: [transaction] }, 'USD').transactions;

  expect(read).toMatchObject({ description: shown, category: shown });
});

test.each(['1', '\u0661', '1234 '])('a name of nothing but %j costs no more than any other', (sign) => {
  const name = sign.repeat(500).slice(0, 500);
  const before = process.cpuUsage();
  for (let count = 0; count < 3_000; count += 1) maskNumbers(name);

  const { user, system } = process.cpuUsage(before);
  // By an expression that begins anew at each digit it is several seconds.
  expect((user + system) / 1_000).toBeLessThan(1_000);
});
