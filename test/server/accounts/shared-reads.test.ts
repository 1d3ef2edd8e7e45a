/** Account reads of one session that wait at the same time share one call to the bank; nobody else's ever do. */
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ACCOUNTS_PATH, json, SUBJECT } from '../../hostile/hostile-bank.ts';
import { HOST, startTestCard, type TestCard } from '../../support/test-card.ts';

const USER = `/a/consumer/api/v0/users/${SUBJECT}`;
const listOf = (id: string) => ({ accounts: [{ id, accountType: 'Deposit', balance: '1.00' }] });

let card: TestCard;
let port: number;
beforeAll(async () => {
  card = await startTestCard();
  await card.app.listen({ host: '127.0.0.1', port: 0 });
  port = (card.app.server.address() as AddressInfo).port;
});
afterAll(() => card.close());
beforeEach(() => card.bank.answers.clear());

/** The bank holds every account read from now on until the test answers it. */
function holdReads(): ServerResponse[] {
  const held: ServerResponse[] = [];
  card.bank.answers.set(ACCOUNTS_PATH, (_request, response) => void held.push(response));
  return held;
}

function release(held: ServerResponse[], id: string): void {
  for (const response of held.splice(0)) json(response, listOf(id));
}

/** The server has the request, and whatever it asks for it is on its way. `gone`: it knows that the client has left. */
async function ask(own: Record<string, string>) {
  const headers = { host: HOST, ...own };
  const client = httpRequest({ host: '127.0.0.1', port, path: '/api/accounts', headers });
  const answer = new Promise<{ status: number; body: string }>((resolve, reject) => {
    client.on('error', reject).on('response', async (response: IncomingMessage) => {
      let body = '';
      for await (const chunk of response.setEncoding('utf8')) body += chunk;
      resolve({ status: response.statusCode ?? 0, body });
    });
  });
  answer.catch(() => undefined);
  const asked = once(card.app.server, 'request');
  client.end();
  const [, response] = (await asked) as [IncomingMessage, ServerResponse];
  const gone = once(response, 'close');
  // Some turns later all that needs no bank is done.
  for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
  return { answer, leave: () => client.destroy(), gone };
}

test('identical reads that wait at the same time share one call, and the next one asks anew', async () => {
  const { authorized } = await card.signIn();
  const held = holdReads();

  const reads = [await ask(authorized), await ask(authorized), await ask(authorized)];
  await expect.poll(() => held.length).toBe(1);
  release(held, 'shared');
  const answers = await Promise.all(reads.map(({ answer }) => answer));

  expect(answers.map(({ status, body }) => [status, JSON.parse(body).order])).toEqual(
    Array(3).fill([200, ['shared']]),
  );
  expect(held).toHaveLength(0);
  const next = await ask(authorized);
  await expect.poll(() => held.length).toBe(1);
  release(held, 'anew');
  expect(JSON.parse((await next.answer).body).order).toEqual(['anew']);
});

test('two sessions of one customer never share', async () => {
  const [one, two] = [await card.signIn(), await card.signIn()];
  const held = holdReads();

  const reads = [await ask(one.authorized), await ask(two.authorized)];
  await expect.poll(() => held.length).toBe(2);
  for (const [index, response] of held.entries()) json(response, listOf(`read-${index}`));

  const orders = (await Promise.all(reads.map(({ answer }) => answer))).map(
    ({ body }) => JSON.parse(body).order[0],
  );
  expect(orders.sort()).toEqual(['read-0', 'read-1']);
});

test('a handle without its cookie joins nothing that its owner waits for', async () => {
  const { authorized } = await card.signIn();
  const held = holdReads();
  const own = await ask(authorized);
  await expect.poll(() => held.length).toBe(1);

  const stolen = await ask({ authorization: authorized['authorization'] ?? '' });

  expect((await stolen.answer).status).toBe(401);
  release(held, 'own');
  expect((await own.answer).status).toBe(200);
});

test('who leaves cancels nothing for those who stay', async () => {
  const { authorized } = await card.signIn();
  const held = holdReads();
  const [first, second] = [await ask(authorized), await ask(authorized)];
  await expect.poll(() => held.length).toBe(1);

  first.leave();
  await first.gone;
  release(held, 'stayed');

  expect(JSON.parse((await second.answer).body).order).toEqual(['stayed']);
});

test('the last one who leaves cancels the call, and whoever comes then asks anew', async () => {
  const { authorized } = await card.signIn();
  const held = holdReads();
  const reads = [await ask(authorized), await ask(authorized)];
  await expect.poll(() => held.length).toBe(1);
  const [first] = held.splice(0);

  for (const { leave } of reads) leave();
  if (first !== undefined) await once(first, 'close');
  const next = await ask(authorized);
  await expect.poll(() => held.length).toBe(1);
  release(held, 'anew');

  expect((await next.answer).status).toBe(200);
});

test('a failure is shared, and kept for nobody', async () => {
  const { authorized } = await card.signIn();
  const held = holdReads();
  const reads = [await ask(authorized), await ask(authorized)];
  await expect.poll(() => held.length).toBe(1);

  for (const response of held) response.writeHead(403).end();

  const answers = await Promise.all(reads.map(({ answer }) => answer));
  expect(answers.map(({ status }) => status)).toEqual([403, 403]);
  expect(new Set(answers.map(({ body }) => JSON.parse(body).requestId)).size).toBe(2);
  expect(held).toHaveLength(1);
  card.bank.answers.clear();
  expect((await card.get('/api/accounts', authorized)).statusCode).toBe(200);
});

test('a refresh ends with what the bank says after it, never with a read that was under way before', async () => {
  const { authorized } = await card.signIn();
  const held = holdReads();
  const older = await ask(authorized);
  await expect.poll(() => held.length).toBe(1);
  card.bank.answers.set(`${USER}/fetch`, (_request, response) => json(response, { taskId: 'task-1' }));
  card.bank.answers.set(`${USER}/tasks/task-1`, (_request, response) =>
    json(response, { version: 1, events: [{ type: 'TaskEnded' }] }),
  );

  const headers = { host: HOST, origin: `http://${HOST}`, ...authorized };
  const refresh = card.app.inject({ method: 'POST', url: '/api/accounts/refresh', headers });
  await expect.poll(() => held.length).toBe(2);
  const later = await ask(authorized);
  release(held.splice(1), 'new');

  // Three would be one too many: the later one joins the refresh's own.
  expect(held).toHaveLength(1);
  expect((await refresh).body).toContain('"order":["new"]');
  expect(JSON.parse((await later.answer).body).order).toEqual(['new']);
  release(held, 'old');
  expect(JSON.parse((await older.answer).body).order).toEqual(['old']);
});
