/** The server as a whole: it starts while the bank is down, says so, recovers; and it survives what a bank may send. */

import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { ACCOUNTS_PATH, SUBJECT } from '../hostile/hostile-bank.ts';
import { bootOf, callbackUrl, FRAMED, startTestCard } from '../support/test-card.ts';

async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

test('starts while the bank is down, says so, and answers with a calm page', async () => {
  const card = await startTestCard({ BANNO_URL: `http://127.0.0.1:${await closedPort()}` });

  await card.app.listen({ host: '127.0.0.1', port: 0 });

  await expect.poll(() => card.logs.join('')).toContain('the bank cannot be reached');
  const response = await card.get('/auth', FRAMED);
  expect(response.statusCode).toBe(502);
  expect(bootOf(response)).toMatchObject({ problem: { code: 'BANK_UNAVAILABLE' } });
  await card.close();
});

test('says that the bank answers when it does', async () => {
  const card = await startTestCard();

  await card.app.listen({ host: '127.0.0.1', port: 0 });

  await expect.poll(() => card.logs.join('')).toContain('the bank answers');
  await card.close();
});

test('E12 5,000 accounts arrive whole and add up', async () => {
  const card = await startTestCard();
  const account = (index: number) => ({
    id: `account-${index}`,
    name: `Account ${index}`,
    numbers: `x${index}`,
    accountType: 'Deposit',
    accountHolderName: 'A'.repeat(600),
    contributesToAggregateTotals: true,
    balance: '0.01',
  });
  card.bank.accounts = { accounts: Array.from({ length: 5_000 }, (_, index) => account(index)) };

  const { boot } = await card.signIn();

  expect(boot.summary?.order).toHaveLength(5_000);
  expect(boot.summary?.assets).toEqual({ amount: '50.00', currency: 'USD' });
  await card.close();
});

test('J01 a name that would close the script stays inside it', async () => {
  const card = await startTestCard();
  const name = '</script><script>alert(1)</script><!--<img src=x onerror=alert(1)>';
  card.bank.accounts = { accounts: [{ id: 'one', name, accountType: 'Deposit', balance: '1' }] };

  const { callback, boot } = await card.signIn();

  expect(boot.summary?.groups[0]?.accounts[0]?.name).toBe(name);
  expect(callback.body).not.toContain('<script>alert');
  expect(callback.body).not.toContain('<img');
  await card.close();
});

test('the institution’s own words for balances are used, and their absence holds nothing up', async () => {
  const card = await startTestCard();
  const institutionId = 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee';
  card.bank.idToken = {
    claims: {
      'https://api.banno.com/consumer/claim/institution_id': institutionId,
      locale: 'es_US',
      given_name: 'Lucía',
    },
  };
  card.bank.accounts = {
    accounts: [
      {
        id: 'one',
        accountType: 'Deposit',
        balance: '2.00',
        availableBalance: '1.00',
        contributesToAggregateTotals: true,
      },
    ],
  };
  card.bank.answers.set(
    `/a/consumer/api/v0/users/${SUBJECT}/institutions/${institutionId}`,
    (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(
        '{"balanceDisplaySettings":[{"type":"balance","label":"Ledger","visible":true,"primary":true}]}',
      );
    },
  );

  const { boot, authorized } = await card.signIn();

  expect(boot).toMatchObject({ locale: 'es-US', customer: { givenName: 'Lucía' } });
  expect(boot.summary?.headline).toEqual({
    amount: '2.00',
    currency: 'USD',
    kind: 'current',
    label: 'Ledger',
  });
  card.bank.answers.set(`/a/consumer/api/v0/users/${SUBJECT}/institutions/${institutionId}`, () => undefined);
  const waiting = await card.get('/api/accounts', authorized);
  expect(waiting.json()).toMatchObject({ headline: { amount: '1.00', kind: 'available', label: null } });
  await card.close();
});

// Waits for the real deadline of an API call, 8 s.
test('a bank that never answers ends in a problem within the page’s own time', async () => {
  const card = await startTestCard();
  card.bank.answers.set(ACCOUNTS_PATH, () => undefined);
  const { state, cookie } = await card.begin();

  const response = await card.get(callbackUrl(state, card.bank), { ...FRAMED, cookie });

  expect(bootOf(response).problem?.code).toBe('BANK_TIMEOUT');
  await card.close();
}, 15_000);
