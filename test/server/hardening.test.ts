/** Every answer carries the header set; ambiguous, foreign and misplaced requests are refused. */

import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import type { InjectOptions } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FRAMED, HOST, startTestCard, type TestCard } from '../support/test-card.ts';

let card: TestCard;
let asset: string;
beforeAll(async () => {
  card = await startTestCard();
  const { callback } = await card.signIn();
  asset = /src="(\/assets\/[^"]+)"/.exec(callback.body)?.[1] ?? '';
});
afterAll(() => card.close());

const requests: [string, () => InjectOptions, number][] = [
  ['an entry', () => ({ url: '/auth', headers: FRAMED }), 302],
  ['a refused callback', () => ({ url: '/auth/callback' }), 400],
  ['a reload', () => ({ url: '/card' }), 303],
  ['an API call without a handle', () => ({ url: '/api/accounts' }), 401],
  ['F20 an unknown path', () => ({ url: '/.env' }), 404],
  ['F20 a source map', () => ({ url: '/assets/main.js.map' }), 404],
  ['F20 a listing', () => ({ url: '/assets/' }), 404],
  ['a malformed path', () => ({ url: '/%zz' }), 400],
  ['A27 a POST to the callback', () => ({ method: 'POST', url: '/auth/callback' }), 405],
  ['F16 HEAD on a document', () => ({ method: 'HEAD', url: '/auth' }), 405],
  ['F10 OPTIONS on the API', () => ({ method: 'OPTIONS', url: '/api/accounts' }), 405],
  ['F10 PUT on the API', () => ({ method: 'PUT', url: '/api/accounts' }), 405],
  ['F16 a document as a script', () => ({ url: '/auth', headers: { 'sec-fetch-dest': 'script' } }), 403],
  [
    'F16 a document as an embed',
    () => ({ url: '/auth/callback', headers: { 'sec-fetch-dest': 'embed' } }),
    403,
  ],
  [
    'F16 a prefetched document',
    () => ({ url: '/auth', headers: { 'sec-purpose': 'prefetch;prerender' } }),
    403,
  ],
  [
    'F11 a text body',
    () => ({
      method: 'DELETE',
      url: '/api/session',
      payload: 'x',
      headers: { 'content-type': 'text/plain' },
    }),
    415,
  ],
  [
    'F12 a large body',
    () => ({ method: 'DELETE', url: '/api/session', payload: { x: 'x'.repeat(9_000) } }),
    413,
  ],
  ['an asset', () => ({ url: asset }), 200],
];
test.each(requests)('F18 %s is answered with the whole header set', async (_name, options, status) => {
  const { headers = {}, ...rest } = options();

  const response = await card.app.inject({ ...rest, headers: { host: HOST, ...headers } });

  expect(response.statusCode).toBe(status);
  expect(response.headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'strict-transport-security': expect.stringContaining('max-age='),
    'permissions-policy': expect.stringContaining('camera=()'),
    'cache-control': status === 200 ? 'public, max-age=31536000, immutable' : 'no-store',
  });
  const policy = String(response.headers['content-security-policy']);
  for (const directive of [
    "default-src 'none'",
    "script-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
  ]) {
    expect(policy).toContain(directive);
  }
  expect(policy).toContain(`frame-ancestors ${card.bank.origin};`);
  expect(policy).toContain("require-trusted-types-for 'script'; trusted-types lit-html");
  expect(policy).not.toContain('unsafe');
  expect(response.headers['x-frame-options']).toBeUndefined();
  expect(response.headers['access-control-allow-origin']).toBeUndefined();
  if (status >= 400) expect(response.headers['set-cookie']).toBeUndefined();
});

test('a document may be loaded below an isolated host, and its own style needs the nonce', async () => {
  const { callback } = await card.signIn();

  const nonce = /style-src 'self' 'nonce-([\w-]+)'/.exec(
    String(callback.headers['content-security-policy']),
  )?.[1];
  expect(nonce).toMatch(/^[\w-]{22}$/);
  expect(callback.body).toContain(`<style nonce="${nonce}">`);
  expect(callback.body).not.toMatch(/<script(?! type="(module|application\/json)")/);
  expect(callback.headers).toMatchObject({
    'cross-origin-embedder-policy': 'require-corp',
    'cross-origin-resource-policy': 'cross-origin',
  });
});

const hosts: [string, string, number][] = [
  ['F01 an unknown host', 'evil.example', 421],
  ['F21 a look-alike host', 'card.localhosť', 421],
  ['F01 a host with user info', 'evil@card.localhost', 421],
];
test.each(hosts)('%s is refused, and may be framed by nobody', async (_name, host, status) => {
  const response = await card.app.inject({ url: '/auth', headers: { host } });

  expect(response.statusCode).toBe(status);
  expect(response.headers['content-security-policy']).toContain("frame-ancestors 'none'");
  expect(response.body).not.toContain('evil');
});

test('F02 forwarded headers change nothing', async () => {
  const headers = {
    ...FRAMED,
    'x-forwarded-host': 'evil.example',
    forwarded: 'host=evil.example',
    'x-forwarded-proto': 'https',
  };
  const { url } = await card.begin(headers);

  expect(url.searchParams.get('redirect_uri')).toBe(`http://${HOST}/auth/callback`);
});

/** One raw request, and all that comes back. */
async function raw(text: string): Promise<string> {
  if (!card.app.server.listening) await card.app.listen({ host: '127.0.0.1', port: 0 });
  const socket = connect((card.app.server.address() as AddressInfo).port, '127.0.0.1');
  socket.end(text);
  let answer = '';
  for await (const chunk of socket) answer += String(chunk);
  return answer;
}

const rawRequests: [string, string, number][] = [
  [
    'F01 two Host headers',
    `GET /auth HTTP/1.1\r\nHost: ${HOST}\r\nHost: evil.example\r\nConnection: close\r\n\r\n`,
    400,
  ],
  ['F01 no Host header', 'GET /auth HTTP/1.1\r\nConnection: close\r\n\r\n', 400],
  [
    'F01 an absolute target',
    `GET http://evil.example/auth HTTP/1.1\r\nHost: ${HOST}\r\nConnection: close\r\n\r\n`,
    400,
  ],
  [
    'F03 both lengths',
    `POST /auth HTTP/1.1\r\nHost: ${HOST}\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    400,
  ],
  ['F04 headers of 20 KB', `GET /auth HTTP/1.1\r\nHost: ${HOST}\r\nX: ${'x'.repeat(20_480)}\r\n\r\n`, 431],
  ['A24 a target of 20 KB', `GET /auth?${'x'.repeat(20_480)} HTTP/1.1\r\nHost: ${HOST}\r\n\r\n`, 431],
];
test.each(rawRequests)('%s is refused with the header set', async (_name, text, status) => {
  const answer = await raw(text);

  expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  expect(answer.toLowerCase()).toContain('x-content-type-options: nosniff');
  expect(answer.toLowerCase()).toContain("default-src 'none'");
});

test('the log says what happened, and no secret', async () => {
  const { state, cookie, boot } = await card.signIn();
  await card.get('/api/accounts', { authorization: `Bearer ${boot.session}`, cookie });

  const all = card.logs.join('');
  expect(all).toContain('"route":"/auth/callback"');
  for (const secret of [
    state,
    cookie.slice(12),
    String(boot.session),
    'access.token.value',
    'code-of-the-bank',
    'test-client-secret',
  ]) {
    expect(all).not.toContain(secret);
  }
});
