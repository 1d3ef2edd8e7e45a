/** What a connection may be asked for beside plain requests: other versions, other protocols, one request behind another. */
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { exchange, openRaw } from '../../hostile/raw-client.ts';
import { HOST } from '../../support/test-card.ts';
import { flawsOf, NOBODY } from './header-set.ts';
import { type ListeningCard, requestBytes, startListeningCard } from './listening-card.ts';

let card: ListeningCard;
const waiting = { goOn: Promise.withResolvers<void>(), count: 0 };
beforeAll(async () => {
  card = await startListeningCard({}, (app) => {
    app.get('/waits', async () => {
      waiting.count += 1;
      await waiting.goOn.promise;
      return { status: 'ok' };
    });
  });
});
afterAll(() => card.close());

const KEEP = { host: HOST, connection: 'keep-alive' };
const CARD = requestBytes('GET', '/card', KEEP);
const LAST = requestBytes('GET', '/nothing', { host: HOST });

const versions: [string, string, number][] = [
  ['HTTP/1.0', `GET /card HTTP/1.0\r\nHost: ${HOST}\r\n\r\n`, 303],
  ['HTTP/1.0 without Host', 'GET /card HTTP/1.0\r\n\r\n', 400],
  ['HTTP/0.9', 'GET /card\r\n\r\n', 400],
  ['HTTP/1.2', `GET /card HTTP/1.2\r\nHost: ${HOST}\r\n\r\n`, 400],
  ['HTTP/2 by its preface', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400],
  ['TLS', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', 400],
  ['a method nobody knows', `FOO /card HTTP/1.1\r\nHost: ${HOST}\r\n\r\n`, 400],
  ['a method in lower case', `get /card HTTP/1.1\r\nHost: ${HOST}\r\n\r\n`, 400],
];
test.each(versions)('%s is answered, and the connection ends', async (_name, bytes, status) => {
  const answer = await card.answerTo(bytes);

  expect([answer.status, answer.headers['connection']]).toEqual([status, 'close']);
  expect(flawsOf(answer, status === 303 ? card.bank.origin : NOBODY)).toEqual([]);
});

test.each([
  { connection: 'Upgrade, HTTP2-Settings', upgrade: 'h2c', 'http2-settings': 'AAMAAABkAAQAAP__' },
  { connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-key': 'AAAA', 'sec-websocket-version': '13' },
  { connection: 'Upgrade', upgrade: 'TLS/1.2' },
])('F03 an upgrade to $upgrade is not made, and nothing behind it is read', async (headers) => {
  const { answers } = await exchange(card.port, requestBytes('GET', '/card', { ...KEEP, ...headers }) + LAST);

  expect(answers.map(({ status, headers: { connection } }) => [status, connection])).toEqual([
    [303, 'close'],
  ]);
  expect(flawsOf(answers[0] ?? never(), card.bank.origin)).toEqual([]);
});

test('an announced body is waited for, and answered once', async () => {
  const headers = {
    host: HOST,
    expect: '100-continue',
    'content-type': 'application/json',
    'content-length': '2',
  };
  const { answers } = await exchange(card.port, requestBytes('DELETE', '/api/session', headers, '{}'));

  expect(answers.map(({ status }) => status)).toEqual([100, 401]);
});

test('requests behind one another are answered in their order, an error among them', async () => {
  const { answers } = await exchange(card.port, requestBytes('GET', '/nothing', KEEP) + CARD + LAST);

  expect(answers.map(({ status }) => status)).toEqual([404, 303, 404]);
});

test.each([
  ['garbage', 'GARBAGE\r\n\r\n', 400],
  ['a CONNECT', `CONNECT evil.example:443 HTTP/1.1\r\nHost: ${HOST}\r\n\r\n`, 405],
  ['a header of 20 KB', requestBytes('GET', '/card', { ...KEEP, x: 'x'.repeat(20_000) }), 431],
  [
    'a broken body',
    requestBytes('DELETE', '/api/session', { ...KEEP, 'transfer-encoding': 'chunked' }, 'x'),
    400,
  ],
])('F03 %s behind a request that still waits takes nobody else’s place', async (_name, bytes, status) => {
  waiting.goOn = Promise.withResolvers();
  const { count } = waiting;
  const connection = await openRaw(card.port);
  onTestFinished(() => void connection.socket.destroy());
  connection.socket.write(requestBytes('GET', '/waits', KEEP) + bytes);
  await expect.poll(() => waiting.count).toBe(count + 1);
  connection.socket.write('still more');
  // Another connection has gone all the way round: what this one was to be sent, it has been sent.
  expect((await card.answerTo(LAST)).status).toBe(404);
  expect(connection.received()).toBe('');

  waiting.goOn.resolve();

  const { answers } = await connection.closed;
  expect(answers.map((answer) => answer.status)).toEqual([200, status]);
});

test('a stranger that resets its connection after a CONNECT harms nobody', async () => {
  const { socket, closed } = await openRaw(card.port);
  socket.write(`CONNECT evil.example:443 HTTP/1.1\r\nHost: ${HOST}\r\n\r\n`);
  socket.resetAndDestroy();
  await closed;

  expect((await card.answerTo(LAST)).status).toBe(404);
});

test('more requests behind one another than anybody sends are refused', async () => {
  const { answers } = await exchange(card.port, CARD.repeat(200));

  const statuses = answers.map(({ status }) => status);
  expect(statuses.slice(0, 32)).toEqual(Array(32).fill(303));
  expect(statuses.slice(32)).toEqual([429]);
  for (const answer of answers) expect(flawsOf(answer, card.bank.origin)).toEqual([]);
});

test('a connection ends with its thousandth request, and Node’s own 503 never goes out', async () => {
  const { socket, received, closed } = await openRaw(card.port);
  const request = requestBytes('GET', '/nothing', KEEP);
  for (let asked = 0; asked < 1_000; asked += 25) {
    socket.write(request.repeat(asked === 975 ? 30 : 25));
    const answers = () => received().split('HTTP/1.1 ').length - 1;
    await expect.poll(answers, { interval: 1 }).toBeGreaterThanOrEqual(asked + 25);
  }

  const { answers } = await closed;
  expect(answers).toHaveLength(1_000);
  expect(answers.at(-1)?.headers['connection']).toBe('close');
  expect(new Set(answers.flatMap((answer) => [answer.status, ...flawsOf(answer, card.bank.origin)]))).toEqual(
    new Set([404]),
  );
});

test('what comes in on an open connection during a stop is answered as ever, and the connection ends', async () => {
  const goOn = Promise.withResolvers<void>();
  const [begun, second] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const stopping = await startListeningCard({}, (app) => {
    app.get('/waits', async () => {
      begun.resolve();
      await goOn.promise;
      return { status: 'ok' };
    });
    app.addHook('onRequest', async ({ url }) => {
      if (url === '/card') second.resolve();
    });
  });
  const { socket, closed } = await openRaw(stopping.port);
  socket.write(requestBytes('GET', '/waits', KEEP));
  await begun.promise;

  const stopped = stopping.close();
  socket.write(CARD);
  await second.promise;
  goOn.resolve();

  const { answers } = await closed;
  expect(answers.map(({ status }) => status)).toEqual([200, 303]);
  expect(answers.at(-1)?.headers['connection']).toBe('close');
  for (const answer of answers) expect(flawsOf(answer, stopping.bank.origin)).toEqual([]);
  await stopped;
});

function never(): never {
  throw new Error('no answer');
}
