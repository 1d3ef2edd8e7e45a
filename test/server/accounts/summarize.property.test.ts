/** Whatever a bank sends as accounts: read or dropped without a throw, and never a cent more than what was sent. */
import fc from 'fast-check';
import { Value } from 'typebox/value';
import { expect, test } from 'vitest';
import { readAccounts, readBalanceDisplaySettings } from '../../../server/accounts/banno-types.ts';
import { readMoney } from '../../../server/accounts/money.ts';
import { summarize } from '../../../server/accounts/summarize.ts';
import { AccountSummary, type AccountView, type Amount } from '../../../server/contract.ts';
import { accountList } from './account-json.ts';

const settings = fc.oneof(
  fc.jsonValue(),
  fc.record({
    balanceDisplaySettings: fc.array(
      fc.record(
        {
          type: fc.constantFrom('balance', 'availableBalance', 'current', 'x'),
          label: fc.constantFrom('Ledger', '', null, 7),
          visible: fc.boolean(),
          primary: fc.boolean(),
        },
        { requiredKeys: ['type'] },
      ),
      { maxLength: 3 },
    ),
  }),
);

/** The list as sent, and what the customer would see of it. */
const summarized = fc.tuple(accountList, settings).map(([body, words]) => {
  const list = readAccounts(body);
  const balanceDisplaySettings = readBalanceDisplaySettings(words);
  const context = { bankInstitutionId: 'own', currency: 'USD', balanceDisplaySettings };
  return { body, summary: list && summarize(list, context) };
});

const itemsOf = (body: unknown): Record<string, unknown>[] =>
  (body as { accounts: unknown[] }).accounts.filter(
    (item): item is Record<string, unknown> =>
      typeof item === 'object' && item !== null && !Array.isArray(item),
  );
const accountsOf = (summary: AccountSummary): AccountView[] =>
  summary.groups.flatMap(({ accounts }) => accounts);

/** In units of the 20th place. */
function units(amount: string): bigint {
  const [whole = '', fraction = ''] = amount.replace('-', '').split('.');
  const value = BigInt(whole + fraction.padEnd(20, '0'));
  return amount.startsWith('-') ? -value : value;
}

test('any list is read or refused, and what is read keeps to the contract', () => {
  fc.assert(
    fc.property(summarized, ({ body, summary }) => {
      expect(summary === undefined).toBe(!Array.isArray((body as { accounts: unknown }).accounts));
      if (summary === undefined) return;
      expect([...Value.Errors(AccountSummary, summary)]).toEqual([]);
      const ids = accountsOf(summary).map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids.toSorted()).toEqual(summary.order.toSorted());
      expect(ids.length + summary.hiddenCount).toBeLessThanOrEqual(itemsOf(body).length);
    }),
    { numRuns: 400 },
  );
});

test('any JSON at all is read or refused without a throw', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (body, words) => {
      readAccounts(body);
      expect(Array.isArray(readBalanceDisplaySettings(words))).toBe(true);
    }),
    { numRuns: 300 },
  );
});

test('every amount shown of an account stood in that account', () => {
  const names = ['balance', 'availableBalance', 'availableCredit', 'paymentDueAmount', 'minimumPaymentDue'];
  fc.assert(
    fc.property(summarized, ({ body, summary }) => {
      for (const view of summary === undefined ? [] : accountsOf(summary)) {
        const item = itemsOf(body).find(({ id }) => typeof id === 'string' && idOf(id) === view.id);
        const sent = names.map((name) => readMoney(item?.[name]));
        const shown = [view.balance, ...view.otherBalances, view.due?.amount].flatMap((one) => one ?? []);
        for (const { amount } of shown) expect(sent).toContain(amount);
      }
    }),
    { numRuns: 400 },
  );
});

test('totals are the exact sums of what counts, of one currency, and nothing else', () => {
  fc.assert(
    fc.property(summarized, ({ summary }) => {
      if (summary === undefined) return;
      const counted = accountsOf(summary).filter(({ countsInTotals }) => countsInTotals);
      const owed = counted.filter(({ balance }) => balance?.kind === 'owed');
      const assets = counted.filter(({ balance }) => balance?.kind !== 'owed');
      expectSum(summary.assets, assets);
      expectSum(summary.owed, owed);
      const isOneCurrency = new Set(counted.map(({ balance }) => balance?.currency)).size === 1;
      expect(summary.net === null).toBe(!isOneCurrency);
      if (summary.net !== null) expect(units(summary.net.amount)).toBe(sumOf(assets) - sumOf(owed));
      for (const { subtotal, accounts } of summary.groups)
        if (subtotal !== null)
          expectSum(
            subtotal,
            accounts.filter(({ countsInTotals }) => countsInTotals),
          );
      if (counted.length === 0)
        expect([summary.headline, summary.assets, summary.owed]).toEqual([null, null, null]);
    }),
    { numRuns: 400 },
  );
});

test('no name, number or word shows a whole account number', () => {
  const separator = fc.constantFrom('', '', ' ', '-', '.', '_', ' - ', '–');
  const number = fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), separator), {
    minLength: 8,
    maxLength: 19,
  });
  const around = fc.string({ unit: fc.constantFrom('A', 'b', ' ', '…', '#'), maxLength: 10 });
  fc.assert(
    fc.property(number, around, around, fc.boolean(), (pairs, before, after, isSubType) => {
      const whole = pairs.map(([digit]) => digit).join('');
      const text = `${before}${pairs.map(([digit, sign], at) => (at === 0 ? digit : `${sign}${digit}`)).join('')}${after}`;
      const item = {
        id: 'one',
        accountType: 'Deposit',
        numbers: whole,
        balance: '1',
        [isSubType ? 'accountSubType' : 'name']: text,
      };
      const list = readAccounts({ accounts: [item] });
      if (list === undefined) throw new Error('no list');
      const { groups } = summarize(list, {
        bankInstitutionId: null,
        currency: 'USD',
        balanceDisplaySettings: [],
      });
      const { id: _, balance: __, ...words } = groups[0]?.accounts[0] ?? { id: '', balance: null };
      const seen = JSON.stringify(words).replace(/\P{Nd}/gu, '');
      expect(seen.length).toBeLessThanOrEqual(12);
      expect(seen).not.toContain(whole.slice(0, 8));
    }),
    { numRuns: 300 },
  );
});

function expectSum(total: Amount | null, accounts: AccountView[]): void {
  const currencies = new Set(accounts.map(({ balance }) => balance?.currency));
  expect(total === null).toBe(currencies.size !== 1);
  if (total === null) return;
  expect(currencies).toEqual(new Set([total.currency]));
  expect(units(total.amount)).toBe(sumOf(accounts));
}

function sumOf(accounts: AccountView[]): bigint {
  return accounts.reduce((sum, { balance }) => sum + units(balance?.amount ?? '0'), 0n);
}

/** As ids are read: runs of spaces are one. */
function idOf(id: string): string {
  return id.trim();
}
