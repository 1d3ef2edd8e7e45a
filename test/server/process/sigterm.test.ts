/** SIGTERM: what is in flight is finished, nothing new begins, and the process exits with 0. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { ACCOUNTS_PATH, json, OIDC, SUBJECT } from '../../hostile/hostile-bank.ts';
import { type Answer, type InstanceProcess, pageOf } from '../../support/instances.ts';
import { HOST } from '../../support/test-card.ts';
import { beginOne, holdUp, IN_ITS_TIME, type OneProcess, signInOnce, startOne } from './one-process.ts';

const STOP_WITHIN_MS = 25_000;
const USER = `/a/consumer/api/v0/users/${SUBJECT}`;

let one: OneProcess;
beforeEach(async () => {
  one = await startOne();
});

/** What the store was asked for so far. */
async function uses(card: InstanceProcess): Promise<number> {
  const { body } = await card.operations('/metrics');
  const line = /store_call_duration_seconds_count\{operation="use",outcome="ok"\} (\d+)/.exec(body);
  return Number(line?.[1] ?? 0);
}

/** Nobody listens any more. */
async function expectClosed(card: InstanceProcess): Promise<void> {
  await expect.poll(async () => (await card.operations('/readyz')).status, IN_ITS_TIME).toBe(503);
  await expect(card.ask('/card')).rejects.toThrow(/ECONNREFUSED/);
  expect((await card.operations('/livez')).status).toBe(200);
}

test('H14 SIGTERM with 100 in flight: all are answered within 25 s, none is let in, exit 0', async () => {
  const { bank, card } = one;
  const page = await signInOnce(card, bank);
  const attempts = await Promise.all(Array.from({ length: 50 }, () => beginOne(card, bank)));
  const [tokens, accounts] = [holdUp(bank, `${OIDC}/token`), holdUp(bank, ACCOUNTS_PATH)];
  const calls = Array.from({ length: 50 }, () => card.ask('/api/accounts', page.authorized));
  const signIns = attempts.map(({ path, headers }) => card.ask(path, headers));
  await expect.poll(() => uses(card), IN_ITS_TIME).toBe(50);
  await expect.poll(tokens.arrived, IN_ITS_TIME).toBe(50);

  const stoppedAtMs = performance.now();
  card.process.child.kill('SIGTERM');
  await expectClosed(card);
  tokens.goOn();
  accounts.goOn();

  const answers: Answer[] = await Promise.all([...calls, ...signIns]);
  expect(answers.map(({ status }) => status)).toEqual(Array(100).fill(200));
  for (const { body } of answers.slice(0, 50)) expect(JSON.parse(body)).toMatchObject({ groups: [] });
  for (const answer of answers.slice(50)) expect(pageOf(answer, '').boot.session).toBeDefined();
  expect(await card.process.exited).toBe(0);
  expect(performance.now() - stoppedAtMs).toBeLessThan(STOP_WITHIN_MS);
});

test('H14 SIGTERM while the bank’s core takes its time: the refresh ends with what there is, exit 0', async () => {
  const { bank, card } = one;
  const page = await signInOnce(card, bank);
  bank.answers.set(`${USER}/fetch`, (_request, response) => json(response, { taskId: 'task-1' }));
  bank.answers.set(`${USER}/tasks/task-1`, (_request, response) =>
    json(response, { version: 1, events: [{ type: 'TaskStarted' }] }),
  );
  const refresh = card.ask('/api/accounts/refresh', { ...page.authorized, origin: `http://${HOST}` }, 'POST');
  await expect.poll(() => bank.requests.some(({ path }) => path.endsWith('/task-1')), IN_ITS_TIME).toBe(true);

  const stoppedAtMs = performance.now();
  card.process.child.kill('SIGTERM');

  const lines = (await refresh).body.trimEnd().split('\n');
  expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ type: 'summary', complete: false });
  expect(await card.process.exited).toBe(0);
  expect(performance.now() - stoppedAtMs).toBeLessThan(STOP_WITHIN_MS);
});

test('H14 neither a connection that is kept alive nor a signal sent twice disturbs a stop', async () => {
  const { card } = one;
  const answered = await card.ask('/card', { connection: 'keep-alive' });
  expect(answered.status).toBe(303);
  card.process.child.kill('SIGTERM');
  card.process.child.kill('SIGTERM');
  expect(await card.process.exited).toBe(0);
});

test.each(['SIGTERM', 'SIGINT'] as const)(
  'H14 a second %s in the middle of a stop cuts off nothing',
  async (second) => {
    const { bank, card } = one;
    const { authorized } = await signInOnce(card, bank);
    const accounts = holdUp(bank, ACCOUNTS_PATH);
    const call = card.ask('/api/accounts', authorized);
    await expect.poll(accounts.arrived, IN_ITS_TIME).toBe(1);

    card.process.child.kill('SIGTERM');
    await expect.poll(async () => (await card.operations('/readyz')).status, IN_ITS_TIME).toBe(503);
    card.process.child.kill(second);
    expect((await card.operations('/livez')).status).toBe(200);
    accounts.goOn();

    expect((await call).status).toBe(200);
    expect(await card.process.exited).toBe(0);
  },
);

test('H14 connections on which nothing is said hold up no stop', async () => {
  const { card } = one;
  for (const port of [card.port, card.operationsPort]) {
    const silent = connect(port, '127.0.0.1').on('error', () => undefined);
    onTestFinished(() => void silent.destroy());
    await once(silent, 'connect');
  }
  const stoppedAtMs = performance.now();
  card.process.child.kill('SIGTERM');
  expect(await card.process.exited).toBe(0);
  expect(performance.now() - stoppedAtMs).toBeLessThan(4_000);
});
