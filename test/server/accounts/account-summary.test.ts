/** Reading a summary: two calls side by side, of which only the accounts may hold anybody up. */
import { expect, test } from 'vitest';
import { readAccountSummary } from '../../../server/accounts/account-summary.ts';
import {
  ACCOUNTS_TARGET,
  apiWith,
  CALLER,
  clientOfTest,
  SETTINGS_TARGET,
} from '../../support/account-bank.ts';
import { account } from '../../support/account-list.ts';
import { institutionWith } from '../../support/institution.ts';
import { type Answer, json, text } from '../../support/loopback-peer.ts';

const INSTITUTION = institutionWith({ currency: 'CAD' });
const ACCOUNTS = json({ accounts: [account({ balance: '100.00', availableBalance: '90.00' })] });
const SETTINGS = json({ balanceDisplaySettings: [{ type: 'balance', label: 'Posted', primary: true }] });
const SILENCE: Answer = () => undefined;

/** A bank with one answer for each of the two calls. */
function bankWith(accounts: Answer, settings: Answer) {
  return apiWith((response, request) =>
    (request.url === ACCOUNTS_TARGET ? accounts : settings)(response, request),
  );
}

test('accounts, in the institution’s words and currency', async () => {
  const { api, bank } = await bankWith(ACCOUNTS, SETTINGS);
  const summary = await readAccountSummary(api, INSTITUTION, CALLER);
  expect(summary.headline).toEqual({ amount: '100.00', currency: 'CAD', kind: 'current', label: 'Posted' });
  expect(bank.requests.map(({ target }) => target).sort()).toEqual([ACCOUNTS_TARGET, SETTINGS_TARGET]);
});

test('both calls are under way at once', async () => {
  let waiting = 0;
  const both = Promise.withResolvers<void>();
  const together: (answer: Answer) => Answer = (answer) => async (response, request) => {
    waiting += 1;
    if (waiting === 2) both.resolve();
    await both.promise;
    answer(response, request);
  };
  const { api } = await bankWith(together(ACCOUNTS), together(SETTINGS));
  expect((await readAccountSummary(api, INSTITUTION, CALLER)).headline?.label).toBe('Posted');
});

test.each<[string, Answer]>([
  ['fail', text('', 500)],
  ['are forbidden', text('', 403)],
  ['are a maintenance page', text('<h1>Maintenance</h1>')],
  ['break off', (response) => response.destroy()],
])('words that %s cost nothing but themselves', async (_name, settings) => {
  const { api } = await bankWith(ACCOUNTS, settings);
  const summary = await readAccountSummary(api, INSTITUTION, CALLER);
  expect(summary.headline).toEqual({ amount: '90.00', currency: 'CAD', kind: 'available', label: null });
});

test('words that never come are not waited for, and their call is cancelled', async () => {
  const hungUp = Promise.withResolvers<void>();
  const { api, calls } = await bankWith(ACCOUNTS, (_response, request) => {
    request.socket.on('close', () => hungUp.resolve());
  });
  const startedAtMs = performance.now();
  expect((await readAccountSummary(api, INSTITUTION, CALLER)).headline?.kind).toBe('available');
  expect(performance.now() - startedAtMs).toBeLessThan(1_000);
  await hungUp.promise;
  await expect
    .poll(() => calls.find(({ operation }) => operation === 'balanceDisplaySettings')?.status)
    .toBe('cancelled');
});

test.each([
  [401, 'SIGN_IN_REQUIRED'],
  [403, 'NOT_PERMITTED'],
  [500, 'BANK_UNAVAILABLE'],
])('accounts that answer %i fail at once with %s, however slow the words are', async (status, code) => {
  const { api } = await bankWith(text('', status), SILENCE);
  await expect(readAccountSummary(api, INSTITUTION, CALLER)).rejects.toMatchObject({ code });
});

test('a client that leaves cancels both calls', async () => {
  const client = clientOfTest();
  let asked = 0;
  const { api, calls } = await apiWith(() => {
    asked += 1;
    if (asked === 2) client.abort();
  });
  const summary = readAccountSummary(api, INSTITUTION, { ...CALLER, signal: client.signal });
  await expect(summary).rejects.toMatchObject({ code: 'BANK_UNAVAILABLE', reason: 'cancelled' });
  await expect.poll(() => calls.map(({ status }) => status)).toEqual(['cancelled', 'cancelled']);
});

test('an institution that nobody named makes no account external, and is not asked for words', async () => {
  const { api, bank } = await bankWith(ACCOUNTS, SETTINGS);
  const summary = await readAccountSummary(api, INSTITUTION, { ...CALLER, bankInstitutionId: null });
  expect(summary.groups.map(({ kind }) => kind)).toEqual(['cash']);
  expect(bank.requests.length).toBe(1);
});
