/** The server's clock is wrong, or is set while it serves: tokens are judged strictly, time-outs do not care. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { ACCOUNTS_PATH, fixed, json, SUBJECT } from '../../hostile/hostile-bank.ts';
import type { InstanceProcess } from '../../support/instances.ts';
import { temporaryFolder } from '../../support/institutions-file.ts';
import { HOST } from '../../support/test-card.ts';
import { holdUp, IN_ITS_TIME, type OneProcess, signal, signInOnce, startOne } from './one-process.ts';

const MINUTE_MS = 60_000;
const CLOCK_SET = 'the clock was set';
const USER = `/a/consumer/api/v0/users/${SUBJECT}`;

let one: OneProcess;
let file: string;
beforeEach(async () => {
  file = join(temporaryFolder(), 'jump');
  one = await startOne(undefined, `clock.ts?${encodeURIComponent(file)}`);
});

/** `times`: how often it has then been set in all. */
async function setClock(minutes: number, times = 1): Promise<void> {
  writeFileSync(file, `${minutes * MINUTE_MS}`);
  await signal(one.card, CLOCK_SET, times);
}

const alerts = (card: InstanceProcess) =>
  card
    .logs()
    .split('\n')
    .filter((line) => line.includes('clock is not the bank'))
    .map((line) => JSON.parse(line));

test.each([
  [-6, -360],
  [6, 360],
])(
  'H19 a clock that is %i minutes wrong signs nobody in, and raises an alert',
  async (minutes, secondsAhead) => {
    await setClock(minutes);
    if (minutes > 0) one.bank.idToken = { claims: { exp: Math.floor(Date.now() / 1_000) + 59 } };

    const { boot } = await signInOnce(one.card, one.bank);

    expect([boot.session, boot.problem?.code]).toEqual([undefined, 'SIGN_IN_FAILED']);
    const [alert] = alerts(one.card);
    expect(alert).toMatchObject({ level: 50, institution: expect.any(String), alert: 'operator' });
    expect(Math.abs(alert.secondsAhead - secondsAhead)).toBeLessThan(5);
  },
);

test.each([-4.9, 4.9])(
  'H19 a clock that is %d minutes wrong is within what tokens allow, and raises an alert',
  async (minutes) => {
    await setClock(minutes);
    const { authorized } = await signInOnce(one.card, one.bank);
    expect((await one.card.ask('/api/accounts', authorized)).status).toBe(200);
    expect(alerts(one.card)).toHaveLength(1);
  },
);

test('H19 a jump of 5 min forward ends no session before its time, one past its time at once', async () => {
  const { authorized } = await signInOnce(one.card, one.bank);
  await setClock(5);
  expect((await one.card.ask('/api/accounts', authorized)).status).toBe(200);
  const asked = one.bank.requests.length;
  await setClock(6, 2);
  expect((await one.card.ask('/api/accounts', authorized)).status).toBe(401);
  expect(one.bank.requests).toHaveLength(asked);
});

test('H19 a jump of 5 min back: the bank has the last word on a token that has ended', async () => {
  const { authorized } = await signInOnce(one.card, one.bank);
  await setClock(-5);
  expect((await one.card.ask('/api/accounts', authorized)).status).toBe(200);
  one.bank.answers.set(ACCOUNTS_PATH, fixed(401));
  expect((await one.card.ask('/api/accounts', authorized)).status).toBe(401);
  one.bank.answers.delete(ACCOUNTS_PATH);
  expect((await one.card.ask('/api/accounts', authorized)).status).toBe(401);
});

test.each([-5, 5])('H19 a jump of %i min cuts off nothing that is under way', async (minutes) => {
  const { bank, card } = one;
  const { authorized } = await signInOnce(one.card, one.bank);
  bank.answers.set(`${USER}/fetch`, (_request, response) => json(response, { taskId: 'task-1' }));
  bank.answers.set(`${USER}/tasks/task-1`, (_request, response) =>
    json(response, { version: 1, events: [{ type: 'TaskEnded' }] }),
  );
  const [accounts, task] = [holdUp(bank, ACCOUNTS_PATH), holdUp(bank, `${USER}/tasks/task-1`)];
  const read = card.ask('/api/accounts', authorized);
  const refresh = card.ask('/api/accounts/refresh', { ...authorized, origin: `http://${HOST}` }, 'POST');
  await expect.poll(() => [accounts.arrived(), task.arrived()], IN_ITS_TIME).toEqual([1, 1]);

  await setClock(minutes);
  accounts.goOn();
  task.goOn();

  expect((await read).status).toBe(200);
  expect(JSON.parse((await refresh).body.trimEnd().split('\n').at(-1) ?? '')).toMatchObject({
    type: 'summary',
    complete: true,
  });
});

test('H19 a clock that is set back prolongs no limit', async () => {
  const { card } = one;
  const { authorized } = await signInOnce(one.card, one.bank);
  const limited = Array.from({ length: 61 }, () => card.ask('/api/accounts', authorized));
  expect((await Promise.all(limited)).filter(({ status }) => status === 429)).toHaveLength(1);
  await setClock(-5);
  const { status, headers } = await card.ask('/api/accounts', authorized);
  expect([status, Number(headers['retry-after']) <= 60]).toEqual([429, true]);
});
