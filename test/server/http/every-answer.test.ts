/** One walk over every route the server itself lists, with every kind of failure: each answer has the header set. */
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CardError } from '../../../server/errors.ts';
import { serverOptions } from '../../../server/http/server-options.ts';
import { openRaw, type RawAnswer } from '../../hostile/raw-client.ts';
import { callbackUrl, FRAMED, HOST } from '../../support/test-card.ts';
import { flawsOf, NOBODY } from './header-set.ts';
import { type ListeningCard, requestBytes, startListeningCard } from './listening-card.ts';

let card: ListeningCard;
beforeAll(async () => {
  card = await startListeningCard({}, (app) => {
    app.addHook('preValidation', async ({ headers }) => fail(headers['x-fault']));
  });
});
afterAll(() => card.close());

/** What a handler may come upon, on whatever route. */
function fail(fault: unknown): void {
  if (fault === 'bank') throw new CardError('BANK_UNAVAILABLE');
  if (fault === 'late bank') throw new CardError('BANK_TIMEOUT');
  if (fault === 'store') throw new CardError('TEMPORARILY_UNAVAILABLE', { retryAfterSeconds: 5 });
  if (fault === 'flood') throw new CardError('TOO_MANY_REQUESTS', { retryAfterSeconds: 5 });
  if (fault !== undefined) throw new Error('canary');
}

interface Route {
  url: string;
  methods: string[];
}

/** As the server lists them: a route that is added is walked, too. */
function routesOf(app: FastifyInstance): Route[] {
  const above: string[] = [];
  return app
    .printRoutes({ commonPrefix: false })
    .split('\n')
    .flatMap((line) => {
      const [, indent = '', part = '', methods = ''] = /^(.*?)[├└]── (\S+)(?: \((.*)\))?$/.exec(line) ?? [];
      if (part === '') return [];
      const depth = indent.length / 4;
      above.splice(depth, above.length, part);
      const url = above.join('').replaceAll(':accountId', 'account-1');
      return methods === '' ? [] : [{ url, methods: methods.split(', ') }];
    });
}

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND', 'QUERY'];
const JSON_BODY = { 'content-type': 'application/json' };
/** Kind of request to its headers beside Host, and what follows the route's own URL. */
const KINDS: [string, Record<string, string>, string?, string?][] = [
  ['plain', FRAMED],
  ['of our own page', { 'sec-fetch-site': 'same-origin', origin: `http://${HOST}` }],
  ['with a long header', { x: 'x'.repeat(8_192) }],
  ['with an unknown Expect', { expect: 'x' }],
  ['of a foreign page', { 'sec-fetch-site': 'cross-site', origin: 'https://bank.evil' }],
  ['as a script', { 'sec-fetch-dest': 'script' }],
  ['as a prefetch', { 'sec-purpose': 'prefetch' }],
  ['packed', { 'accept-encoding': 'br, gzip' }],
  ['beyond its end', { range: 'bytes=99999999-' }],
  ['of its start', { range: 'bytes=0-1' }],
  ['already known', { 'if-none-match': '*' }],
  ['of another version', { 'if-match': '"x"' }],
  [
    'with a text',
    { origin: `http://${HOST}`, 'content-type': 'text/plain', 'content-length': '2' },
    '',
    '{}',
  ],
  ['with JSON that is none', { origin: `http://${HOST}`, ...JSON_BODY, 'content-length': '1' }, '', '{'],
  [
    'with a large body',
    { origin: `http://${HOST}`, ...JSON_BODY, 'content-length': '9000' },
    '',
    'x'.repeat(9_000),
  ],
  [
    'with chunks',
    { origin: `http://${HOST}`, ...JSON_BODY, 'transfer-encoding': 'chunked' },
    '',
    '2\r\n{}\r\n0\r\n\r\n',
  ],
  ['while the bank is down', { 'x-fault': 'bank' }],
  ['while the bank is late', { 'x-fault': 'late bank' }],
  ['while the store is down', { 'x-fault': 'store' }],
  ['in a flood', { 'x-fault': 'flood' }],
  ['with a fault of ours', { 'x-fault': 'other' }],
  ['not percent-encoded right', {}, '/%zz'],
  ['and below', {}, '/nothing'],
  ['and a long name below', {}, `/${'a'.repeat(300)}/transactions`],
];

test(
  'F18 every answer of every route carries the whole header set',
  async () => {
    const slow = await openRaw(card.port);
    slow.socket.write(`GET /auth HTTP/1.1\r\nHost: ${HOST}\r\n`);
    const { state, cookie, boot } = await card.signIn();
    const session = { authorization: `Bearer ${boot.session}`, cookie };
    const flaws: string[] = [];
    const statuses = new Set<number>();
    const check = (name: string, answer: RawAnswer, frameAncestors: string) => {
      statuses.add(answer.status);
      const found = flawsOf(answer, frameAncestors, /\/assets\/\S+/.exec(name)?.[0]);
      if (found.length > 0) flaws.push(`${name}: ${answer.status} ${found.join(', ')}`);
    };
    const ask = async (name: string, bytes: string, frameAncestors = card.bank.origin) =>
      check(name, await card.answerTo(bytes), frameAncestors);
    const routes = routesOf(card.app);

    for (const { url, methods } of routes) {
      for (const method of METHODS) {
        const headers = methods.includes(method) ? { ...session, 'sec-fetch-site': 'same-origin' } : {};
        await ask(`${method} ${url}`, requestBytes(method, url, { host: HOST, ...headers }));
      }
      for (const [kind, headers, more = '', body = ''] of KINDS) {
        const method = methods.at(-1) ?? 'GET';
        await ask(`${url} ${kind}`, requestBytes(method, url + more, { host: HOST, ...headers }, body));
      }
      await ask(`${url} elsewhere`, requestBytes('GET', url, { host: 'evil.example' }), NOBODY);
      await ask(`${url} twice`, requestBytes('GET', url, { host: HOST, Host: 'evil.example' }), NOBODY);
      await ask(`${url} absolute`, requestBytes('GET', `http://evil.example${url}`, { host: HOST }), NOBODY);
      await ask(`${url} without Host`, requestBytes('GET', url, {}), NOBODY);
    }
    await ask(
      'a used callback',
      requestBytes('GET', callbackUrl(state, card.bank), { host: HOST, ...FRAMED, cookie }),
    );
    for (const bytes of [
      'GARBAGE\r\n\r\n',
      `CONNECT ${HOST}:80 HTTP/1.1\r\nHost: ${HOST}\r\n\r\n`,
      `GET /auth?${'x'.repeat(20_000)} HTTP/1.1\r\n\r\n`,
      'OPTIONS * HTTP/1.1\r\nConnection: close\r\n\r\n',
    ]) {
      await ask(bytes.slice(0, 20), bytes, NOBODY);
    }
    const [late] = (await slow.closed).answers;
    if (late !== undefined) check('a slow sender', late, NOBODY);

    expect(flaws).toEqual([]);
    expect(routes.map(({ url }) => url)).toEqual(
      expect.arrayContaining(['/auth', '/auth/callback', '/expanded']),
    );
    expect([...statuses].toSorted()).toEqual([
      200, 204, 206, 302, 303, 304, 400, 401, 403, 404, 405, 408, 412, 413, 415, 416, 417, 421, 429, 431, 500,
      502, 503, 504,
    ]);
  },
  serverOptions.requestTimeout + 30_000,
);
