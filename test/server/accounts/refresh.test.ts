/** Fresh balances from the bank's core: progress as it comes, the summary at the end, and every way it can go wrong. */
import type { LightMyRequestResponse } from 'fastify';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { RefreshLine } from '../../../server/contract.ts';
import { ACCOUNTS_PATH, fixed, json, SUBJECT } from '../../hostile/hostile-bank.ts';
import { HOST, type SignedIn, startTestCard, type TestCard } from '../../support/test-card.ts';

const USER = `/a/consumer/api/v0/users/${SUBJECT}`;
const TASK = `${USER}/tasks/task-1`;

let card: TestCard;
let page: SignedIn;
beforeAll(async () => {
  card = await startTestCard();
});
afterAll(() => card.close());
beforeEach(async () => {
  card.bank.answers.clear();
  page = await card.signIn();
  card.bank.answers.set(`${USER}/fetch`, (_request, response) => json(response, { taskId: 'task-1' }));
});

function refresh(headers: Record<string, string> = {}): Promise<LightMyRequestResponse> {
  const own = { host: HOST, origin: `http://${HOST}`, ...page.authorized };
  return card.app.inject({ method: 'POST', url: '/api/accounts/refresh', headers: { ...own, ...headers } });
}

function linesOf({ body }: LightMyRequestResponse): RefreshLine[] {
  return body
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as RefreshLine);
}

/** Answers the polls one after the other. */
function tellEvents(...answers: unknown[]): void {
  card.bank.answers.set(TASK, (_request, response) => json(response, answers.shift()));
}

const STARTED = { version: 1, events: [{ type: 'TaskStarted' }] };
const ENDED = { version: 3, events: [{ type: 'EnrichmentAccountBalances' }, { type: 'TaskEnded' }] };

test('tells the events as they come, and ends with a fresh summary', async () => {
  tellEvents(STARTED, ENDED);
  card.bank.accounts = {
    accounts: [{ id: 'one', accountType: 'Deposit', balance: '9.00', contributesToAggregateTotals: true }],
  };

  const response = await refresh();

  expect(response.headers['content-type']).toMatch(/^application\/x-ndjson/);
  expect(linesOf(response)).toEqual([
    { type: 'progress', events: 1 },
    { type: 'progress', events: 3 },
    { type: 'summary', complete: true, summary: expect.objectContaining({ order: ['one'] }) },
  ]);
  const [put, first, second] = card.bank.requests.slice(-4);
  expect([put?.method, put?.path, put?.headers.authorization]).toEqual([
    'PUT',
    `${USER}/fetch`,
    'Bearer access.token.value',
  ]);
  expect([first?.path, second?.path]).toEqual([TASK, TASK]);
});

test('events of no readable type are events, and hide no end', async () => {
  const odd = [{ type: { toString: 1 } }, { type: 7 }, {}, null, 'TaskEnded', []];
  tellEvents({ version: 1, events: odd }, { version: 2, events: [...odd, { type: 'TaskEnded' }] });

  expect(linesOf(await refresh())).toEqual([
    { type: 'progress', events: 6 },
    { type: 'progress', events: 13 },
    { type: 'summary', complete: true, summary: expect.anything() },
  ]);
});

test('a version that the bank does not know is asked without one', async () => {
  let polls = 0;
  card.bank.answers.set(TASK, (request, response) => {
    polls += 1;
    if (request.url?.includes('sinceVersion')) response.writeHead(400).end('{}');
    else json(response, polls === 1 ? STARTED : ENDED);
  });

  expect(linesOf(await refresh()).at(-1)).toMatchObject({ type: 'summary', complete: true });
  expect(polls).toBe(3);
});

test('a poll without an answer is told as well: a connection that says nothing is cut off', async () => {
  const failures = [fixed(404)];
  tellEvents(STARTED, ENDED);
  const tell = card.bank.answers.get(TASK);
  card.bank.answers.set(TASK, (request, response, body) => {
    const isAfterFirst = request.url?.includes('sinceVersion') === true;
    return ((isAfterFirst ? failures.shift() : undefined) ?? tell)?.(request, response, body);
  });

  expect(
    linesOf(await refresh()).map((line) => (line.type === 'progress' ? line.events : line.type)),
  ).toEqual([1, 1, 2, 'summary']);
});

test('a task that the bank forgets ends with what there is', async () => {
  card.bank.answers.set(TASK, fixed(404));

  expect(linesOf(await refresh())).toEqual([expect.objectContaining({ type: 'summary', complete: false })]);
});

test.each([
  ['403', fixed(403), 403, 'NOT_PERMITTED'],
  ['404: it does not offer this', fixed(404), 403, 'NOT_PERMITTED'],
  ['405: it does not offer this', fixed(405), 403, 'NOT_PERMITTED'],
  ['500', fixed(500), 502, 'BANK_UNAVAILABLE'],
  ['a task id that is a path', fixed(200, '{"taskId":"../../x"}'), 502, 'BANK_UNEXPECTED'],
])(
  'when the bank refuses with %s it is an ordinary problem, asked once, and all else goes on',
  async (_name, answer, status, code) => {
    card.bank.answers.set(`${USER}/fetch`, answer);
    const before = card.bank.requests.length;

    const response = await refresh();

    expect(response.statusCode).toBe(status);
    expect(response.json()).toMatchObject({ code });
    expect(card.bank.requests).toHaveLength(before + 1);
    expect((await card.get('/api/accounts', page.authorized)).statusCode).toBe(200);
  },
);

test.each([404, 405])('the log tells %i from a lost permission', async (status) => {
  card.bank.answers.set(`${USER}/fetch`, fixed(status));

  await refresh();

  expect(card.logs.at(-1)).toContain('"reason":"not offered"');
});

test('accounts that cannot be read afterwards are a problem at the end', async () => {
  tellEvents(ENDED);
  card.bank.answers.set(ACCOUNTS_PATH, fixed(500));

  expect(linesOf(await refresh()).at(-1)).toMatchObject({
    type: 'problem',
    problem: { code: 'BANK_UNAVAILABLE' },
  });
});

test('the bank’s 401 ends the session', async () => {
  card.bank.answers.set(`${USER}/fetch`, fixed(401));

  expect((await refresh()).json()).toMatchObject({ code: 'SIGN_IN_REQUIRED' });
  expect((await card.get('/api/accounts', page.authorized)).statusCode).toBe(401);
});

test('the bank’s 401 at the end ends the session too', async () => {
  tellEvents(ENDED);
  card.bank.answers.set(ACCOUNTS_PATH, fixed(401));

  expect(linesOf(await refresh()).at(-1)).toMatchObject({
    type: 'problem',
    problem: { code: 'SIGN_IN_REQUIRED' },
  });
  card.bank.answers.clear();
  expect((await card.get('/api/accounts', page.authorized)).statusCode).toBe(401);
});

test('a session that ends while the core is asked gets no balances', async () => {
  const accountsBefore = card.bank.requests.filter(({ path }) => path === ACCOUNTS_PATH).length;
  card.bank.answers.set(TASK, async (_request, response) => {
    const headers = { host: HOST, ...page.authorized };
    await card.app.inject({ method: 'DELETE', url: '/api/session', headers });
    json(response, ENDED);
  });

  const response = await refresh();

  expect(linesOf(response).at(-1)).toMatchObject({ type: 'problem', problem: { code: 'SIGN_IN_REQUIRED' } });
  expect(card.bank.requests.filter(({ path }) => path === ACCOUNTS_PATH)).toHaveLength(accountsBefore);
});

test('F14 needs the page’s own origin and a handle', async () => {
  expect((await refresh({ origin: 'https://bank.evil' })).statusCode).toBe(403);
  expect((await refresh({ authorization: '' })).statusCode).toBe(401);
  const noOrigin = { host: HOST, ...page.authorized };
  const response = await card.app.inject({ method: 'POST', url: '/api/accounts/refresh', headers: noOrigin });
  expect(response.statusCode).toBe(403);
});

test('a customer’s finger may ask the core four times a minute', async () => {
  const statuses: number[] = [];
  for (let count = 0; count < 5; count += 1) {
    tellEvents(ENDED);
    statuses.push((await refresh()).statusCode);
  }

  expect(statuses).toEqual([200, 200, 200, 200, 429]);
});
