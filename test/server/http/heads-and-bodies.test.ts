/** Too much of a head, and bodies that nobody asked for: refused by their size, their name, their packing. */
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { exchange } from '../../hostile/raw-client.ts';
import { HOST } from '../../support/test-card.ts';
import { flawsOf, NOBODY } from './header-set.ts';
import { type ListeningCard, requestBytes, startListeningCard } from './listening-card.ts';

let card: ListeningCard;
let session: Record<string, string>;
beforeAll(async () => {
  card = await startListeningCard();
});
beforeEach(async () => {
  const { authorized } = await card.signIn();
  session = { host: HOST, ...authorized, origin: `http://${HOST}` };
});
afterAll(() => card.close());

const lines = (count: number) => Array.from({ length: count }, (_, index) => [`x-${index}`, 'x']);
const cookies = (count: number) => Array.from({ length: count }, (_, index) => `c${index}=x`).join('; ');
const heads: [string, Record<string, string>][] = [
  ['a header of 8 KB', { x: 'x'.repeat(8_192) }],
  ['a header of 20 KB', { x: 'x'.repeat(20_480) }],
  ['a header of 1 MB', { x: 'x'.repeat(1_048_576) }],
  ['a name of 8 KB', { ['x'.repeat(8_192)]: 'x' }],
  ['200 headers', Object.fromEntries(lines(200))],
  ['5,000 headers', Object.fromEntries(lines(5_000))],
  ['10,000 cookies', { cookie: cookies(10_000) }],
  ['1,500 cookies', { cookie: cookies(1_500) }],
];
test.each(heads)('F04 %s: 431, on every kind of route', async (_name, headers) => {
  for (const path of ['/auth', '/auth/callback', '/api/accounts', '/nothing']) {
    const answer = await card.answerTo(requestBytes('GET', path, { host: HOST, ...headers }));

    expect(answer.status).toBe(431);
    // Where the parser gave up, nobody has read a Host.
    const isOurs = answer.headers['content-security-policy']?.includes(card.bank.origin) === true;
    expect(flawsOf(answer, isOurs ? card.bank.origin : NOBODY)).toEqual([]);
  }
});

const TARGETS: [string, string][] = [
  ['DELETE', '/api/session'],
  ['POST', '/api/accounts/refresh'],
];
const withBody = (type: Record<string, string>, body: string) =>
  TARGETS.map(([method, path]) =>
    requestBytes(method, path, { ...session, ...type, 'content-length': `${body.length}` }, body),
  );

test.each([
  'text/plain',
  'text/plain;charset=utf-8',
  'Text/Plain',
  'text/json',
  'multipart/form-data; boundary=x',
  'application/x-www-form-urlencoded',
  'application/xml',
  'application/octet-stream',
  'application/jsonp',
  'application/json-patch+json',
  'application/problem+json',
  'APPLICATION/JSON',
  'application/json;',
  'application/json\tx',
  'application/json\t; charset=utf-8',
  'application/json; charset=utf-16',
  'application/json, text/plain',
  'text/plain; application/json',
  'application/json; boundary=x',
  '*/*',
  '',
  undefined,
])('F11 a body of the type %j: 415', async (type) => {
  for (const bytes of withBody(type === undefined ? {} : { 'content-type': type }, '{}')) {
    const answer = await card.answerTo(bytes);

    expect(answer.status).toBe(415);
    expect(flawsOf(answer, card.bank.origin)).toEqual([]);
  }
});

test('F11 two types are none', async () => {
  const two = { 'content-type': 'application/json', 'Content-Type': 'text/plain' };

  for (const bytes of withBody(two, '{}')) expect((await card.answerTo(bytes)).status).toBe(415);
});

const gzipped = gzipSync('{}').toString('latin1');
const JSON_TYPE = { 'content-type': 'application/json' };
const packed: [string, Record<string, string>, string][] = [
  ['gzip', { 'content-encoding': 'gzip' }, gzipped],
  ['gzip twice', { 'content-encoding': 'gzip, gzip' }, gzipSync(gzipped).toString('latin1')],
  ['GZIP', { 'content-encoding': 'GZIP' }, gzipped],
  ['identity', { 'content-encoding': 'identity' }, '{}'],
  ['an unknown encoding', { 'content-encoding': 'x' }, '{}'],
];
test.each(packed)('F12 a body packed as %s: 415', async (_name, headers, body) => {
  for (const bytes of withBody({ ...JSON_TYPE, ...headers }, body)) {
    const answer = await card.answerTo(bytes);

    expect(answer.status).toBe(415);
    expect(flawsOf(answer, card.bank.origin)).toEqual([]);
  }
});

test.each([8_193, 20_000, 1_000_000])('F12 a body of %i bytes: 413', async (size) => {
  for (const bytes of withBody(JSON_TYPE, `"${'x'.repeat(size - 2)}"`)) {
    const { answers } = await exchange(card.port, bytes);

    expect(answers.map(({ status }) => status)).toEqual([413]);
    for (const answer of answers) expect(flawsOf(answer, card.bank.origin)).toEqual([]);
  }
});

test('F12 a body that says it is 10 GB: 413 before any of it is sent', async () => {
  const headers = { ...session, ...JSON_TYPE, 'content-length': '10000000000' };

  for (const [method, path] of TARGETS) {
    const answer = await card.answerTo(requestBytes(method, path, headers));

    expect(answer.status).toBe(413);
  }
});

test.each([1, 1_024])('F12 chunks of %i bytes without an end: 413', async (size) => {
  const chunk = `${size.toString(16)}\r\n${'x'.repeat(size)}\r\n`;
  const headers = { ...session, ...JSON_TYPE, 'transfer-encoding': 'chunked' };
  for (const [method, path] of TARGETS) {
    const answer = await card.answerTo(
      requestBytes(method, path, headers, chunk.repeat(Math.ceil(10_000 / size))),
    );

    expect([answer.status, answer.headers['connection']]).toEqual([413, 'close']);
    expect(flawsOf(answer, card.bank.origin)).toEqual([]);
  }
});
