/** Requests that two readers could read in two ways: refused, the connection ended, and nothing of them used. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { exchange } from '../../hostile/raw-client.ts';
import { FRAMED, HOST } from '../../support/test-card.ts';
import { flawsOf, NOBODY } from './header-set.ts';
import { type ListeningCard, requestBytes, startListeningCard } from './listening-card.ts';

let card: ListeningCard;
beforeAll(async () => {
  card = await startListeningCard();
});
afterAll(() => card.close());

const START = `Host: ${HOST}\r\n`;
/** Whoever else reads the first request otherwise would find this one behind it. */
const SMUGGLED = `GET /smuggled HTTP/1.1\r\nHost: ${HOST}\r\n\r\n`;
const CHUNKED = 'Transfer-Encoding: chunked\r\n';
const get = (lines: string, target = '/auth') => `GET ${target} HTTP/1.1\r\n${lines}\r\n`;
const post = (lines: string, body: string) =>
  `DELETE /api/session HTTP/1.1\r\n${START}Content-Type: application/json\r\n${lines}\r\n${body}`;

const hosts: [string, string, number][] = [
  ['an unknown Host', 'Host: evil.example\r\n', 421],
  ['a Host with user information and a backslash', 'Host: evil/\\@b\r\n', 421],
  ['a Host with our name as user information', `Host: ${HOST}@evil.example\r\n`, 421],
  ['a Host with a path', `Host: ${HOST}/evil\r\n`, 421],
  ['two Hosts', `${START}Host: evil.example\r\n`, 400],
  ['two equal Hosts', START + START, 400],
  ['two Hosts in one', `Host: ${HOST}, evil.example\r\n`, 421],
  ['no Host', 'X: x\r\n', 400],
  ['an empty Host', 'Host:\r\n', 421],
  ['a Host with a tab', 'Host: card\t.localhost\r\n', 421],
  ['a Host with a trailing dot', `Host: ${HOST}.\r\n`, 421],
  ['a Host with another port', `Host: ${HOST}:81\r\n`, 421],
  ['a Host with an empty port', `Host: ${HOST}:\r\n`, 421],
  ['an IPv6 Host', 'Host: [::1]:80\r\n', 421],
  ['a Host with a look-alike', 'Host: c\xd0\xb0rd.localhost\r\n', 421],
  ['a folded Host', `Host: card\r\n .localhost\r\n`, 400],
  ['a Host with a space before its colon', `Host : ${HOST}\r\n`, 400],
];
test.each(hosts)('F01 %s is refused, and goes into nothing', async (_name, lines, status) => {
  const answer = await card.answerTo(get(`${lines}Connection: close\r\n`));

  expect([answer.status, answer.headers['location']]).toEqual([status, undefined]);
  expect(flawsOf(answer, NOBODY)).toEqual([]);
  expect(JSON.stringify(answer)).not.toContain('evil');
  expect(JSON.stringify(card.bank.requests)).not.toContain('evil');
});

test.each([
  `http://evil.example/auth`,
  `https://evil.example/%zz`,
  `http://${HOST}/auth`,
  `//evil.example@${HOST}`,
  'auth',
  '*',
  '?x=y',
])('F01 the target %s is refused, and goes into nothing', async (target) => {
  const answer = await card.answerTo(get(`${START}Connection: close\r\n`, target));

  expect([400, 404]).toContain(answer.status);
  expect(flawsOf(answer, answer.status === 400 ? NOBODY : card.bank.origin)).toEqual([]);
  expect(JSON.stringify(answer)).not.toContain('evil');
});

test.each([HOST.toUpperCase(), `${HOST}:80`, `${HOST}:443`, `\t${HOST}\t`])(
  'F01 the Host %j is ours, and still goes into no address',
  async (host) => {
    const answer = await card.answerTo(requestBytes('GET', '/auth', { host, ...FRAMED }));

    const location = new URL(answer.headers['location'] ?? '');
    expect(location.origin).toBe(card.bank.origin);
    expect(location.searchParams.get('redirect_uri')).toBe(`http://${HOST}/auth/callback`);
  },
);

const framings: [string, string][] = [
  ['a length and chunks', post(`Content-Length: 5\r\n${CHUNKED}`, '0\r\n\r\n')],
  ['chunks and a length', post(`${CHUNKED}Content-Length: 5\r\n`, '0\r\n\r\n')],
  ['two lengths', post('Content-Length: 1\r\nContent-Length: 2\r\n', '{}')],
  ['two equal lengths', post('Content-Length: 2\r\nContent-Length: 2\r\n', '{}')],
  ['two lengths in one', post('Content-Length: 2, 2\r\n', '{}')],
  ['a length with a sign', post('Content-Length: +2\r\n', '{}')],
  ['a negative length', post('Content-Length: -1\r\n', '{}')],
  ['a hexadecimal length', post('Content-Length: 0x2\r\n', '{}')],
  ['a length beyond every number', post(`Content-Length: ${'9'.repeat(30)}\r\n`, '{}')],
  ['xchunked', post('Transfer-Encoding: xchunked\r\n', '0\r\n\r\n')],
  ['chunked twice', post(CHUNKED + CHUNKED, '0\r\n\r\n')],
  ['chunked, identity', post('Transfer-Encoding: chunked, identity\r\n', '0\r\n\r\n')],
  ['identity', post('Transfer-Encoding: identity\r\n', '0\r\n\r\n')],
  ['chunked behind a vertical tab', post('Transfer-Encoding: \x0bchunked\r\n', '0\r\n\r\n')],
  ['a space before the colon', post('Transfer-Encoding : chunked\r\n', '0\r\n\r\n')],
  ['a folded encoding', post('Transfer-Encoding:\r\n chunked\r\n', '0\r\n\r\n')],
  ['Chunked in another case', post('Transfer-Encoding: Chunked\r\n', '0\r\n\r\n')],
  ['a chunk extension', post(CHUNKED, '2;a=b\r\n{}\r\n0\r\n\r\n')],
  ['a long chunk extension', post(CHUNKED, `2;${'a'.repeat(20_000)}\r\n{}\r\n0\r\n\r\n`)],
  ['an extension of the last chunk', post(CHUNKED, '2\r\n{}\r\n0;a=b\r\n\r\n')],
  ['a trailer', post(CHUNKED, '2\r\n{}\r\n0\r\nHost: evil.example\r\n\r\n')],
  ['a chunk without its line end', post(CHUNKED, '2\r\n{}0\r\n\r\n')],
  ['a chunk ended by a bare line feed', post(CHUNKED, '2\n{}\n0\n\n')],
  ['a chunk with a negative size', post(CHUNKED, '-2\r\n{}\r\n0\r\n\r\n')],
  ['chunks of a document request', `${get(START + CHUNKED)}2;a=b\r\n{}\r\n0\r\n\r\n`],
  ['bare line feeds', `GET /auth HTTP/1.1\nHost: ${HOST}\n\n`],
  ['a bare line feed in a header', get(`${START}X: a\nTransfer-Encoding: chunked\r\n`)],
  ['a bare carriage return', get(`${START}X: a\rTransfer-Encoding: chunked\r\n`)],
  ['a NUL', get(`${START}X: a\0b\r\n`)],
  ['a folded header', get(`${START}X: a\r\n b\r\n`)],
  ['a line without a name', get(`${START}: b\r\n`)],
  ['a line that begins with a space', get(` ${START}`)],
  ['two targets', get(START, '/auth /auth')],
  ['a target with a fragment', get(START, '/auth#?x=y')],
  ['a path that nobody can decode, and chunks', `${get(START + CHUNKED, '/%zz')}0\r\n\r\n`],
  [
    'a path that nobody can decode, and an upgrade',
    get(`${START}Connection: upgrade\r\nUpgrade: h2c\r\n`, '/%zz'),
  ],
  [
    'an id beyond measure, and chunks',
    `${get(START + CHUNKED, `/api/accounts/${'a'.repeat(200)}/transactions`)}0\r\n\r\n`,
  ],
  ['HTTP/0.9 with headers', `GET /auth HTTP/0.9\r\n${START}Connection: keep-alive\r\n\r\n`],
  ['HTTP/2.0 in words', `GET /auth HTTP/2.0\r\n${START}Connection: keep-alive\r\n\r\n`],
];
test.each(framings)('F03 %s: 400, and the connection ends', async (_name, bytes) => {
  const { answers } = await exchange(card.port, bytes + SMUGGLED);

  expect(answers.map(({ status, headers }) => [status, headers['connection']])).toEqual([[400, 'close']]);
  expect(card.logs.join('')).not.toContain('smuggled');
  for (const answer of answers) {
    const isOurs = answer.headers['content-security-policy']?.includes(card.bank.origin) === true;
    expect(flawsOf(answer, isOurs ? card.bank.origin : NOBODY)).toEqual([]);
  }
});
