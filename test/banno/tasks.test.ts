/** Refreshing from the core: `PUT fetch`, the long poll, and balances that really change. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startBank } from './bank.ts';
import { nextEvents, type TaskEvent, Tasks } from './consumer-api/tasks.ts';
import { Customer } from './customer.ts';
import { CARD, CARD_SCOPES, HandWrittenClient, SCOPE_PREFIX } from './hand-written-client.ts';
import type { Bank } from './options.ts';
import { everyday } from './personas/everyday.ts';
import { many } from './personas/many.ts';

interface TaskAnswer {
  version: number;
  events: TaskEvent[];
}

const user = `/users/${everyday.userId}`;
let bank: Bank;
let client: HandWrittenClient;
let token: string;

beforeAll(async () => {
  bank = await startBank({ origin: 'http://localhost:0', clients: [CARD] });
  client = new HandWrittenClient(bank);
  const scope = `${CARD_SCOPES} ${SCOPE_PREFIX}transactions.detail.readonly`;
  token = (await client.signIn({ scope })).access_token;
});
afterAll(() => bank.close());

const read = async <T>(path: string) => (await (await client.api(user + path, token)).json()) as T;

async function startFetch(): Promise<string> {
  const response = await client.api(`${user}/fetch`, token, {
    method: 'PUT',
    headers: { authorization: `Bearer ${token}` },
  });
  expect(response.status).toBe(200);
  const body = (await response.json()) as { taskId: string };
  expect(Object.keys(body)).toEqual(['taskId']);
  return body.taskId;
}

async function untilEnded(taskId: string): Promise<TaskEvent[]> {
  const events: TaskEvent[] = [];
  while (events.at(-1)?.type !== 'TaskEnded') {
    const answer = await read<TaskAnswer>(`/tasks/${taskId}?sinceVersion=${events.length}`);
    events.push(...answer.events);
    expect(answer.version).toBe(events.length);
  }
  return events;
}

test('a refresh goes from TaskStarted to TaskEnded and changes balances, dates and transactions', async () => {
  const before = await read<{ accounts: { id: string; balance: string; fetchedDate: string }[] }>(
    '/accounts',
  );
  const checking = before.accounts[0]?.id;
  const path = `/accounts/${checking}/transactions`;
  const history = await read<{ transactions: unknown[] }>(path);
  const startedAtMs = performance.now();
  const events = await untilEnded(await startFetch());
  const tookMs = performance.now() - startedAtMs;
  expect(tookMs).toBeGreaterThan(1_000);
  expect(tookMs).toBeLessThan(3_000);
  expect(events.map(({ type }) => type)).toEqual([
    'TaskStarted',
    ...Array.from({ length: 4 }, () => 'EnrichmentAccountBalances'),
    'EnrichmentAllAccountBalancesUpdated',
    'TaskEnded',
  ]);
  const after = await read<typeof before>('/accounts');
  expect(after.accounts[0]?.balance).not.toBe(before.accounts[0]?.balance);
  for (const [index, account] of after.accounts.entries()) {
    expect(Date.parse(account.fetchedDate)).toBeGreaterThan(
      Date.parse(before.accounts[index]?.fetchedDate ?? ''),
    );
  }
  expect(events).toContainEqual(
    expect.objectContaining({
      type: 'EnrichmentAccountBalances',
      accountId: checking,
      balance: after.accounts[0]?.balance,
    }),
  );
  expect((await read<typeof history>(path)).transactions).toHaveLength(history.transactions.length + 1);
});

test('a poll without sinceVersion tells everything so far, at once', async () => {
  expect(await read<TaskAnswer>(`/tasks/${await startFetch()}`)).toEqual({
    version: 1,
    events: [{ type: 'TaskStarted' }],
  });
});

test('a poll for the current version is held until there is something new', async () => {
  const taskId = await startFetch();
  const startedAtMs = performance.now();
  const { events } = await read<TaskAnswer>(`/tasks/${taskId}?sinceVersion=1`);
  expect(performance.now() - startedAtMs).toBeGreaterThan(200);
  expect(events[0]?.type).toBe('EnrichmentAccountBalances');
});

test('a held poll ends without events when its time is up, and when the client has left', async () => {
  const customer = new Customer(many, { now: new Date(), institution: { id: 'i', name: 'I' } });
  const tasks = new Tasks();
  const task = tasks.find(tasks.start(customer), many.userId);
  if (task === undefined) throw new Error('The task is not there');
  const left = new AbortController();
  expect(await nextEvents(task, 1, left.signal, 20)).toEqual({ version: 1, events: [] });
  const held = nextEvents(task, 1, left.signal);
  left.abort();
  expect(await held).toEqual({ version: 1, events: [] });
});

test('a version from the future, and one that is no number, are bad requests', async () => {
  const taskId = await startFetch();
  for (const version of ['99', '-1', 'x']) {
    const response = await client.api(`${user}/tasks/${taskId}?sinceVersion=${version}`, token);
    expect(response.status).toBe(400);
  }
});

test("an unknown task, and another customer's, are not found", async () => {
  expect((await client.api(`${user}/tasks/unknown`, token)).status).toBe(404);
  const taskId = await startFetch();
  const other = new HandWrittenClient(bank);
  const { access_token: foreign } = await other.signIn({ login_hint: 'many' });
  expect((await other.api(`/users/${many.userId}/tasks/${taskId}`, foreign)).status).toBe(404);
});

test.each(['', '{}'])('PUT fetch takes any JSON body, such as %j, and ignores it', async (body) => {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const response = await client.api(`${user}/fetch`, token, { method: 'PUT', body, headers });
  expect(response.status).toBe(200);
});
