/** Lists that a bank may send, from the wire to the page and the API: odd members, exact amounts, very many, whole numbers. */
import { expect, test } from 'vitest';
import type { AccountSummary } from '../../../server/contract.ts';
import { answered } from '../../hostile/faults.ts';
import { ACCOUNTS_PATH } from '../../hostile/hostile-bank.ts';
import { account, type BankJson } from '../../support/account-list.ts';
import { listOf, listWithBalance, startCard, summaryOnTheWire } from '../../support/account-wire.ts';

test('E10 what is valid is shown, what is not is left out and counted, and nothing unknown is passed on', async () => {
  const summary = await summaryOnTheWire(
    JSON.stringify({
      accounts: [
        account({ id: 'good', name: 'Everyday', balance: '10.00', newMember: { secret: 1 } }),
        account({ id: 'null', name: 'No balance', balance: null, availableBalance: null }),
        { id: 'bare' },
        account({ id: 'new', name: 'Gold', accountType: 'Precious Metal', balance: '7.00' }),
        account({
          id: 'odd',
          name: 5,
          numbers: {},
          sortIndex: 'x',
          institution: 'us',
          hidden: 'no',
          balance: '1.00',
        }),
        account({ id: 7, name: 'Its id is no text' }),
        { name: 'No id', accountType: 'Deposit' },
        null,
        'text',
        [],
      ],
      newMember: ['secret'],
      inactivatedAccountIds: 'none',
    }),
  );
  const shown = summary.groups.flatMap(({ kind, accounts }) =>
    accounts.map(({ id, balance }) => [id, kind, balance?.amount]),
  );

  expect(shown.toSorted()).toEqual([
    ['bare', 'other', undefined],
    ['good', 'cash', '10.00'],
    ['new', 'other', '7.00'],
    ['null', 'cash', undefined],
    ['odd', 'cash', '1.00'],
  ]);
  expect(summary.assets).toEqual({ amount: '11.00', currency: 'USD' });
  // The one without a balance, two without an id, and three that are no accounts.
  expect(summary.unreadableCount).toBe(6);
  expect(JSON.stringify(summary)).not.toMatch(/secret|newMember/);
});

test.each([
  ['"1500.00"', '1500.00'],
  ['"-0"', '0.00'],
  ['-0', '0.00'],
  ['"0.1"', '0.10'],
  ['"123456789012345.67"', '123456789012345.67'],
  ['"9007199254740993.01"', '9007199254740993.01'],
  ['"123456789012345678901234567890.12"', '123456789012345678901234567890.12'],
  ['0.1', '0.10'],
  ['1234567890123.45', '1234567890123.45'],
])('E11 a balance of %s is exactly %s', async (text, amount) => {
  const summary = await summaryOnTheWire(listWithBalance(text));
  expect(summary.assets).toEqual({ amount, currency: 'USD' });
  expect(summary.unreadableCount).toBe(0);
});

test.each([
  '1e999',
  '"1e999"',
  '"NaN"',
  '9007199254740993.01',
  '1234567890.123456789',
  '"1,500.00"',
  'true',
  '{}',
  '[1]',
])('E11 a balance of %s, which nobody can read exactly, is none, and counted', async (text) => {
  const summary = await summaryOnTheWire(listWithBalance(text));
  expect(summary).toMatchObject({ headline: null, assets: null, net: null, unreadableCount: 1 });
});

test('E11 sums are exact, and two currencies are in no sum', async () => {
  const counted = (id: string, balance: string, members: BankJson = {}) =>
    account({ id, balance, ...members });
  const exact = [counted('a', '0.1'), counted('b', '0.2'), counted('c', '9007199254740993.00')];
  expect((await summaryOnTheWire(listOf(...exact))).assets).toEqual({
    amount: '9007199254740993.30',
    currency: 'USD',
  });

  const mixed = await summaryOnTheWire(listOf(...exact, counted('d', '5.00', { currency: 'cad' })));
  expect(mixed).toMatchObject({ headline: null, assets: null, net: null });
  expect(JSON.stringify(mixed)).toContain('{"amount":"5.00","currency":"CAD"');
});

test('E12 5,000 accounts arrive whole, in order and counted; other answers do not wait long for them', async () => {
  const card = await startCard();
  const { authorized } = await card.signIn();
  const accounts = Array.from({ length: 5_000 }, (_, id) =>
    account({ id: `account-${id}`, balance: '0.01', sortIndex: id }),
  );
  card.bank.answers.set(ACCOUNTS_PATH, answered(200, JSON.stringify({ accounts: [...accounts, null] })));
  let longestMs = 0;
  let lastMs = performance.now();
  const beat = setInterval(() => {
    longestMs = Math.max(longestMs, performance.now() - lastMs);
    lastMs = performance.now();
  }, 1);

  const summary: AccountSummary = (await card.get('/api/accounts', authorized)).json();

  clearInterval(beat);
  expect(summary.order).toEqual(accounts.map(({ id }) => id));
  expect([summary.assets?.amount, summary.unreadableCount]).toEqual(['50.00', 1]);
  expect(longestMs).toBeLessThan(1_000);
});

test('E12 more than anybody can have is cut off: an error card', async () => {
  const card = await startCard();
  const { authorized } = await card.signIn();
  const accounts = Array.from({ length: 40_000 }, (_, id) => account({ id: `account-${id}` }));
  card.bank.answers.set(ACCOUNTS_PATH, answered(200, JSON.stringify({ accounts })));
  expect((await card.get('/api/accounts', authorized)).json()).toMatchObject({ code: 'BANK_UNEXPECTED' });
});

const NUMBER = '4000123412345678';
test.each([NUMBER, '4000 1234 1234 5678', '4000-1234-1234-5678', '4000.1234.1234.5678'])(
  'E16 the account number %s is never sent whole, wherever the bank puts it',
  async (number) => {
    const detail = { type: 'Text', label: `For ${number}`, value: number };
    const summary = await summaryOnTheWire(
      listOf(
        account({
          name: `Checking ${number}`,
          numbers: number,
          accountNumber: number,
          accountSubType: `Sub ${number}`,
          routingNumber: number,
          formattedMetaData: {
            details: [{ label: number, values: [detail, { ...detail, configuredLabel: number }] }],
          },
        }),
      ),
    );

    const sent = JSON.stringify(summary);
    expect(sent.replace(/\D/g, '')).not.toContain(NUMBER);
    expect(summary.groups[0]?.accounts[0]).toMatchObject({ lastFour: '5678', name: 'Checking …5678' });
  },
);

test('E12 megabytes where a word belongs are cut before they are cleaned', async () => {
  const long = '1 '.repeat(1_000_000);
  const startedAtMs = performance.now();
  const summary = await summaryOnTheWire(
    listOf(account({ name: long, numbers: long, accountSubType: long })),
  );
  expect(performance.now() - startedAtMs).toBeLessThan(4_000);
  expect(summary.groups[0]?.accounts[0]?.name.length).toBeLessThanOrEqual(500);
});
