/** What never becomes a request of ours, and what is too much of one: refused on a real socket, with the header set. */
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { callbackUrl, FRAMED, HOST, startTestCard, type TestCard } from '../support/test-card.ts';

let card: TestCard;
beforeAll(async () => {
  card = await startTestCard();
  await card.app.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(() => card.close());

/** One raw request, and all that comes back until the server hangs up. */
async function raw(text: string): Promise<string> {
  const socket = connect((card.app.server.address() as AddressInfo).port, '127.0.0.1');
  socket.write(text);
  let answer = '';
  for await (const chunk of socket) answer += String(chunk);
  return answer;
}

const START = `Host: ${HOST}\r\nConnection: close\r\n`;
const json = (type: string, more = '') =>
  `DELETE /api/session HTTP/1.1\r\n${START}${more}Content-Type: ${type}\r\nContent-Length: 2\r\n\r\n{}`;

const requests: [string, string, number][] = [
  ['F10 CONNECT to a host', `CONNECT evil.example:443 HTTP/1.1\r\n${START}\r\n`, 405],
  ['F10 TRACE', `TRACE /api/accounts HTTP/1.1\r\n${START}\r\n`, 405],
  ['F18 an unknown Expect', `GET /auth HTTP/1.1\r\n${START}Expect: the-unexpected\r\n\r\n`, 417],
  ['F03 two lengths', `POST /auth HTTP/1.1\r\n${START}Content-Length: 1\r\nContent-Length: 2\r\n\r\nab`, 400],
  [
    'F03 an obfuscated encoding',
    `POST /auth HTTP/1.1\r\n${START}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n`,
    400,
  ],
  ['F03 bare line feeds', `GET /auth HTTP/1.1\nHost: ${HOST}\n\n`, 400],
  [
    'F03 a long chunk extension',
    `DELETE /api/session HTTP/1.1\r\n${START}Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n2;${'a'.repeat(20_000)}\r\n{}\r\n0\r\n\r\n`,
    400,
  ],
  ['F04 a header of 8 KB', `GET /auth HTTP/1.1\r\n${START}X: ${'x'.repeat(8_192)}\r\n\r\n`, 431],
  ['F04 200 headers', `GET /auth HTTP/1.1\r\n${START}${'X: x\r\n'.repeat(200)}\r\n`, 431],
  ['F04 10,000 cookies', `GET /auth HTTP/1.1\r\n${START}Cookie: ${'a=b; '.repeat(10_000)}\r\n\r\n`, 431],
  ['F11 a type with a tab', json('application/json\tx'), 415],
  ['F11 a type with an empty parameter', json('application/json;'), 415],
  ['F11 a form', json('application/x-www-form-urlencoded'), 415],
  ['F11 no type', `DELETE /api/session HTTP/1.1\r\n${START}Content-Length: 2\r\n\r\n{}`, 415],
  ['F12 a packed body', json('application/json', 'Content-Encoding: gzip\r\n'), 415],
  [
    'F12 an endless body',
    `DELETE /api/session HTTP/1.1\r\n${START}Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n${`400\r\n${'a'.repeat(1_024)}\r\n`.repeat(20)}`,
    413,
  ],
];
test.each(requests)('%s is refused with the header set and a problem', async (_name, text, status) => {
  const answer = await raw(text);

  const [head = '', body = ''] = answer.split('\r\n\r\n');
  expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  for (const name of ['content-security-policy', 'x-content-type-options', 'cache-control: no-store'])
    expect(head.toLowerCase()).toContain(name);
  expect(JSON.parse(body)).toMatchObject({ type: 'about:blank', status, requestId: expect.any(String) });
});

test('A24 a callback with 500 parameters more asks the bank nothing', async () => {
  const { state, cookie } = await card.begin();
  const more = Array.from({ length: 500 }, (_, index) => `&p${index}=1`).join('');
  const before = card.bank.requests.length;

  const response = await card.get(callbackUrl(state, card.bank) + more, { ...FRAMED, cookie });

  expect(response.statusCode).toBe(400);
  expect(card.bank.requests).toHaveLength(before);
});

test('an API answers after an error on the same connection', async () => {
  const answer = await raw(
    `GET /nothing HTTP/1.1\r\nHost: ${HOST}\r\n\r\nGET /api/accounts HTTP/1.1\r\nHost: ${HOST}\r\n\r\nGET /card HTTP/1.1\r\n${START}\r\n`,
  );

  expect([...answer.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status)).toEqual([
    '404',
    '401',
    '303',
  ]);
});
