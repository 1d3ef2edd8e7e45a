/** A bank that keeps many waiting, a task that never ends, and the way back: bounded here, unfelt at another institution. */
import type { ServerResponse } from 'node:http';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createConsumerApi } from '../../../server/accounts/consumer-api.ts';
import { followTask } from '../../../server/accounts/follow-task.ts';
import { createBankGate } from '../../../server/bank/gate.ts';
import { DEFAULT_LIMITS } from '../../../server/limits.ts';
import { answered } from '../../hostile/faults.ts';
import { ACCOUNTS_PATH, json, SUBJECT } from '../../hostile/hostile-bank.ts';
import { CALLER } from '../../support/account-bank.ts';
import { startCard } from '../../support/account-wire.ts';
import { httpPeer, upstreamOf } from '../../support/loopback-upstream.ts';
import { HOST } from '../../support/test-card.ts';
import { startTwo } from '../../support/two-institutions.ts';

const USER = `/a/consumer/api/v0/users/${SUBJECT}`;
const SCOPE = ['accounts.readonly', 'transactions.detail.readonly']
  .map((name) => `https://api.banno.com/consumer/auth/${name}`)
  .join(' ');
const CROWD = {
  transactions: true,
  limits: { ...DEFAULT_LIMITS, apiCallsPerMinute: 10_000, refreshesPerMinute: 10_000 },
};

test('E17 a task that never ends is followed for 30 s, and what there is then is the partial answer', async () => {
  const card = await startCard();
  const { authorized } = await card.signIn();
  vi.useFakeTimers({ toFake: ['performance'] });
  onTestFinished(() => void vi.useRealTimers());
  let version = 0;
  card.bank.answers.set(`${USER}/fetch`, answered(200, '{"taskId":"task-1"}'));
  card.bank.answers.set(`${USER}/tasks/task-1`, (_request, response) => {
    vi.advanceTimersByTime(7_000);
    version += 1;
    json(response, { version, events: [{ type: 'TaskStarted' }] });
  });

  const headers = { host: HOST, origin: `http://${HOST}`, ...authorized };
  const response = await card.app.inject({ method: 'POST', url: '/api/accounts/refresh', headers });

  const lines = response.body
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines.map(({ type }) => type)).toEqual([...Array(5).fill('progress'), 'summary']);
  expect(lines.at(-1)).toMatchObject({ complete: false, summary: { groups: [] } });
  expect(version).toBe(5);
});

test.each([
  ['has news each time', { version: 1, events: [{ type: 'TaskStarted' }] }, 200],
  ['has no news', { version: 1, events: [] }, 200],
  ['forgets the version', { version: 1, events: [{ type: 'TaskStarted' }] }, 400],
])(
  'E17 a bank that does not hold a poll and %s is asked four times a second at most',
  async (_name, body, later) => {
    const client = new AbortController();
    const bank = await httpPeer((response, { url }) => {
      if (bank.requests.length === 5) client.abort();
      const status = url?.includes('sinceVersion') === true ? later : 200;
      response.writeHead(status).end(JSON.stringify(body));
    });
    const api = createConsumerApi(createBankGate(upstreamOf(bank.origin)), () => undefined);
    const startedAtMs = performance.now();

    const task = followTask(api, { ...CALLER, signal: client.signal }, 'task-1');
    while (!(await task.next()).done);

    expect(bank.requests.length).toBe(5);
    expect(performance.now() - startedAtMs).toBeGreaterThan(950);
  },
);

test('E18 a slow API while 1,000 clients wait: the rest is told at once, and another institution feels nothing', async () => {
  const { one, two } = await startTwo('one host by path', CROWD);
  one.bank.tokenAnswer = { scope: SCOPE };
  const [slow, well] = [await one.signIn(), await two.signIn()];
  const waiting: ServerResponse[] = [];
  const paths = Array.from(
    { length: 1_000 },
    (_, client) => `${ACCOUNTS_PATH}/account-${client}/transactions`,
  );
  for (const path of paths) one.bank.answers.set(path, (_request, response) => void waiting.push(response));
  const statuses: number[] = [];
  // Each asks for something else: what two ask alike at once may be asked of the bank once.
  const calls = paths.map(async (_path, client) => {
    const response = await one.get(`/api/accounts/account-${client}/transactions`, slow.authorized);
    statuses.push(response.statusCode);
    return response;
  });

  await expect.poll(() => statuses.length).toBe(1_000 - 64 - 128);

  expect(new Set(statuses)).toEqual(new Set([503]));
  await expect.poll(() => waiting.length).toBe(64);
  for (let call = 0; call < 20; call += 1) {
    const startedAtMs = performance.now();
    expect((await two.get('/api/accounts', well.authorized)).statusCode).toBe(200);
    expect(performance.now() - startedAtMs).toBeLessThan(1_000);
  }
  for (const path of paths) one.bank.answers.set(path, (_request, response) => json(response, {}));
  for (const response of waiting) json(response, {});
  const answers = await Promise.all(calls);
  const shed = answers.find(({ statusCode }) => statusCode === 503);
  expect(shed?.json()).toMatchObject({ code: 'TEMPORARILY_UNAVAILABLE', retryAfterSeconds: 5 });
  expect(shed?.headers['retry-after']).toBe('5');
  expect(answers.filter(({ statusCode }) => statusCode === 200)).toHaveLength(192);
});

test('E18 customers who have fresh balances fetched leave places for those who only look', async () => {
  const { app, one } = await startTwo('one host by path', CROWD);
  const { authorized } = await one.signIn();
  const held: ServerResponse[] = [];
  one.bank.answers.set(`${USER}/fetch`, answered(200, '{"taskId":"task-1"}'));
  one.bank.answers.set(`${USER}/tasks/task-1`, (_request, response) => void held.push(response));
  const { origin, basePath } = one.institution;
  const headers = { host: new URL(origin).host, origin, ...authorized };
  const refreshes = Array.from({ length: 100 }, () =>
    app.inject({ method: 'POST', url: `${basePath}/api/accounts/refresh`, headers }),
  );
  await expect.poll(() => held.length).toBe(32);

  expect((await one.get('/api/accounts', authorized)).statusCode).toBe(200);

  one.bank.answers.set(`${USER}/tasks/task-1`, answered(404));
  for (const response of held) response.writeHead(404).end();
  for (const { body } of await Promise.all(refreshes)) expect(body).toContain('"complete":false');
});

test('E20 the API recovers: refused at once, then one probe asks, and all is as before', async () => {
  const card = await startCard();
  const [{ authorized }, other] = [await card.signIn(), await card.signIn()];
  vi.useFakeTimers({ toFake: ['performance'] });
  onTestFinished(() => void vi.useRealTimers());
  const get = () => card.get('/api/accounts', authorized);
  card.bank.answers.set(ACCOUNTS_PATH, answered(503));
  for (let call = 0; call < 20; call += 1) await get();
  const asked = card.bank.requests.length;
  const refused = await get();
  expect(refused.json()).toMatchObject({ code: 'BANK_UNAVAILABLE', status: 502, retryAfterSeconds: 5 });
  expect(refused.headers['retry-after']).toBe('5');
  expect(card.bank.requests).toHaveLength(asked);

  vi.advanceTimersByTime(5_100);
  const probe = Promise.withResolvers<ServerResponse>();
  card.bank.answers.set(ACCOUNTS_PATH, (_request, response) => probe.resolve(response));
  const [first, response] = [get(), await probe.promise];
  const beside = await card.get('/api/accounts', other.authorized);
  expect(beside.json()).toMatchObject({ code: 'BANK_UNAVAILABLE' });
  expect(card.bank.requests).toHaveLength(asked + 1);
  card.bank.answers.clear();
  json(response, card.bank.accounts);

  expect([(await first).statusCode, (await get()).statusCode]).toEqual([200, 200]);
  const told = card.logs
    .filter((line) => line.includes('circuit breaker'))
    .map((line) => JSON.parse(line).state);
  expect(told).toEqual(['open', 'half-open', 'closed']);
});
