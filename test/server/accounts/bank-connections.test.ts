/** A bank whose connection fails, whose answer never ends, or whose client leaves: cut off, and the next call is well. */
import { request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { createConsumerApi } from '../../../server/accounts/consumer-api.ts';
import { createBankGate } from '../../../server/bank/gate.ts';
import { bomb, CODINGS, packed } from '../../hostile/bombs.ts';
import * as faults from '../../hostile/faults.ts';
import { ACCOUNTS_PATH, type Answer, SUBJECT, startHostileBank } from '../../hostile/hostile-bank.ts';
import { CALLER } from '../../support/account-bank.ts';
import { startCard } from '../../support/account-wire.ts';
import { GET, outcomeOf, upstreamOf } from '../../support/loopback-upstream.ts';
import { HOST } from '../../support/test-card.ts';

const LIST = '{"accounts":[]}';
const MEGABYTE = 1_048_576;

test.each<[string, Answer, string]>([
  ['hangs', faults.hang, 'timeout'],
  ['hangs after its headers', faults.hangAfterHeaders(), 'timeout'],
  ['drips', faults.slowDrip(LIST.repeat(10), { everyMs: 20 }), 'timeout'],
  ['resets', faults.reset, 'unreachable'],
  ['hangs up', faults.hangUp, 'unreachable'],
  ['resets in the middle of its body', faults.resetAfter('{"accounts":['), 'interrupted'],
  ['says more bytes than it sends', faults.wrongLength(LIST, 100), 'interrupted'],
  ['says fewer bytes than it sends', faults.wrongLength(LIST, 4), `answered ${LIST.slice(0, 4)}`],
])(
  'E06 a bank that %s: the deadline holds, and its connection is not used again',
  async (_name, fault, outcome) => {
    const bank = await startHostileBank();
    onTestFinished(() => bank.close());
    const upstream = createBankGate(upstreamOf(bank.origin)).lane('accounts');
    const ports: (number | undefined)[] = [];
    const noting =
      (answer: Answer): Answer =>
      (request, response, body) => {
        ports.push(request.socket.remotePort);
        return answer(request, response, body);
      };
    bank.answers.set('/', noting(fault));
    const startedAtMs = performance.now();

    expect(await outcomeOf(upstream, { ...GET, timeoutMs: 300 })).toBe(outcome);

    expect(performance.now() - startedAtMs).toBeLessThan(1_500);
    bank.answers.set('/', noting(faults.answered(200, 'good')));
    expect(await outcomeOf(upstream)).toBe('answered good');
    expect(new Set(ports).size).toBe(2);
  },
);

test('E06 the deadlines: 8 s for the Consumer API, 10 s where the bank holds a call for 7 s by design', async () => {
  const asked: [string, number][] = [];
  const { retryBudget } = createBankGate(upstreamOf('http://127.0.0.1:1'));
  const lane = (name: string) => ({
    request: async ({ timeoutMs }: { timeoutMs: number }) => {
      asked.push([name, Math.ceil(timeoutMs / 1_000)]);
      return { status: 403, headers: {}, body: '' };
    },
  });
  const api = createConsumerApi({ lane, retryBudget }, () => undefined);
  const calls = [
    api.accounts(CALLER),
    api.balanceDisplaySettings(CALLER),
    api.transactions(CALLER, 'one', { offset: 0, limit: 1 }),
    api.fetch(CALLER),
    api.taskEvents(CALLER, 'task-1', null),
    api.themes('one'),
  ];
  await Promise.allSettled(calls);
  expect(Object.fromEntries(asked)).toEqual({
    accounts: 8,
    balanceDisplaySettings: 8,
    transactions: 8,
    fetch: 8,
    taskEvents: 10,
    themes: 8,
  });
});

test.each<[string, Answer]>([
  ['200 MB', faults.huge(200)],
  ['200 MB that say so', faults.huge(200, { 'content-length': 200 * MEGABYTE + 2 })],
  ['endless chunks', faults.endless()],
  ['an endless list', faults.endless('{"id":"a"},'.repeat(6_000))],
  ['endless white space before a list', faults.endless('\n'.repeat(65_536))],
])('E09 %s: cut at the limit, and memory stays flat', async (_name, answer) => {
  const card = await startCard();
  const { authorized } = await card.signIn();
  let cutOff = 0;
  card.bank.answers.set(ACCOUNTS_PATH, (request, response, body) => {
    request.socket.once('close', () => (cutOff += 1));
    return answer(request, response, body);
  });
  const before = process.memoryUsage().rss;

  for (let call = 1; call <= 3; call += 1) {
    expect((await card.get('/api/accounts', authorized)).json()).toMatchObject({ code: 'BANK_UNEXPECTED' });
    await expect.poll(() => cutOff).toBe(call);
  }

  expect(process.memoryUsage().rss - before).toBeLessThan(120 * MEGABYTE);
  card.bank.answers.clear();
  expect((await card.get('/api/accounts', authorized)).statusCode).toBe(200);
});

test.each(CODINGS)(
  'E09 a bomb (%s): not unpacked, since nobody asked for it, and neither is an honest list',
  async (coding) => {
    // Packing takes the process's time, which a server would take for overload.
    const answers = [bomb(coding, 20), packed(coding, LIST)];
    const card = await startCard();
    const { authorized } = await card.signIn();
    const before = process.memoryUsage().rss;
    for (const answer of answers) {
      card.bank.answers.set(ACCOUNTS_PATH, answer);
      expect((await card.get('/api/accounts', authorized)).json()).toMatchObject({ code: 'BANK_UNEXPECTED' });
    }
    expect(process.memoryUsage().rss - before).toBeLessThan(120 * MEGABYTE);
    expect(card.bank.requests.at(-1)?.headers['accept-encoding']).toBe('identity');
  },
);

test.each([
  ['GET', '/api/accounts', ACCOUNTS_PATH],
  ['GET', '/api/accounts/one/transactions', `${ACCOUNTS_PATH}/one/transactions`],
  ['POST', '/api/accounts/refresh', `/a/consumer/api/v0/users/${SUBJECT}/fetch`],
  ['POST', '/api/accounts/refresh', `/a/consumer/api/v0/users/${SUBJECT}/tasks/task-1`],
])(
  'E19 a client that leaves %s %s cancels the call to %s, and no other is made',
  async (method, path, called) => {
    const card = await startCard({ TRANSACTIONS: 'true' });
    card.bank.tokenAnswer = {
      scope: ['accounts.readonly', 'transactions.detail.readonly']
        .map((name) => `https://api.banno.com/consumer/auth/${name}`)
        .join(' '),
    };
    const { authorized } = await card.signIn();
    await card.app.listen({ host: '127.0.0.1', port: 0 });
    const [asked, cancelled] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    card.bank.answers.set(
      `/a/consumer/api/v0/users/${SUBJECT}/fetch`,
      faults.answered(200, '{"taskId":"task-1"}'),
    );
    card.bank.answers.set(called, (request) => {
      request.socket.once('close', () => cancelled.resolve());
      asked.resolve();
    });
    const { port } = card.app.server.address() as AddressInfo;
    const headers = { host: HOST, origin: `http://${HOST}`, ...authorized };
    const client = httpRequest({ host: '127.0.0.1', port, method, path, headers }).on(
      'error',
      () => undefined,
    );
    client.end();
    await asked.promise;
    const before = card.bank.requests.length;

    client.destroy();
    await cancelled.promise;

    await expect.poll(() => card.logs.join('')).toContain('"status":"cancelled"');
    expect(card.bank.requests).toHaveLength(before);
  },
);
