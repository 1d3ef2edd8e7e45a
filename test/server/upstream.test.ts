/** Outbound calls: what leaves is exactly what was asked for, to the bank and to nobody else. */
import { expect, test } from 'vitest';
import { createUpstream, fromUpstream, readRetryAfter, UpstreamError } from '../../server/upstream.ts';
import { json, text } from '../support/loopback-peer.ts';
import { GET, httpPeer, upstreamOf } from '../support/loopback-upstream.ts';

test('sends method, path and headers as they are, and nothing of its own but what HTTP needs', async () => {
  const bank = await httpPeer(text('answer'));
  const headers = { authorization: 'Bearer token', accept: 'application/json' };
  const path = '/a/b%2Fc/../d?e=f&g=%20';
  const response = await upstreamOf(bank.origin).request({ ...GET, path, headers });
  expect(response).toMatchObject({ status: 200, body: 'answer' });
  expect(bank.requests).toEqual([
    {
      method: 'GET',
      target: path,
      headers: {
        ...headers,
        host: `127.0.0.1:${bank.port}`,
        connection: 'keep-alive',
        'accept-encoding': 'identity',
      },
      body: '',
    },
  ]);
});

test.each(['POST', 'PUT'] as const)('sends the body of a %s', async (method) => {
  const bank = await httpPeer(json({}));
  const body = 'grant_type=authorization_code&code=Ω';
  await upstreamOf(bank.origin).request({ ...GET, method, body });
  expect(bank.requests).toMatchObject([{ method, body, headers: { 'content-length': '37' } }]);
});

test.each([200, 201, 204, 400, 401, 403, 404, 429, 500, 503])('hands on the status %i', async (status) => {
  const bank = await httpPeer(text('', status, { 'x-request-id': 'req-1' }));
  const response = await upstreamOf(bank.origin).request(GET);
  expect(response).toMatchObject({ status, body: '', headers: { 'x-request-id': 'req-1' } });
});

test('of repeated headers the first counts, under its name in lower case', async () => {
  const bank = await httpPeer((response) =>
    response
      .writeHead(
        200,
        [
          ['X-Twice', 'one'],
          ['X-Twice', 'two'],
        ].flat(),
      )
      .end(),
  );
  expect((await upstreamOf(bank.origin).request(GET)).headers['x-twice']).toBe('one');
});

test.each([301, 302, 303, 307, 308])('a redirect (%i) is an answer, not a way', async (status) => {
  const elsewhere = await httpPeer(text('stolen'));
  const bank = await httpPeer(text('', status, { location: `${elsewhere.origin}/` }));
  const headers = { authorization: 'Bearer token' };
  const response = await upstreamOf(bank.origin).request({ ...GET, headers });
  expect(response.status).toBe(status);
  expect(elsewhere.requests).toEqual([]);
  expect(bank.requests.length).toBe(1);
});

test.each(['//evil.example.com/', 'http://evil.example.com/', '/\\evil.example.com'])(
  'the path %s never leads away from the bank',
  async (path) => {
    const bank = await httpPeer(text('answer'));
    await upstreamOf(bank.origin)
      .request({ ...GET, path })
      .catch(() => undefined);
    for (const { headers } of bank.requests) expect(headers.host).toBe(`127.0.0.1:${bank.port}`);
  },
);

test('keeps no cookie of an answer', async () => {
  const bank = await httpPeer(text('', 200, { 'set-cookie': 'bank=1; Path=/' }));
  const upstream = upstreamOf(bank.origin);
  await upstream.request(GET);
  await upstream.request(GET);
  expect(bank.requests.map(({ headers }) => headers.cookie)).toEqual([undefined, undefined]);
});

test.each(['bank.localhost', 'a.b.localhost', 'BANK.localhost', 'localhost'])(
  '%s is loopback',
  async (name) => {
    const bank = await httpPeer(text('answer'));
    const { body } = await upstreamOf(`http://${name}:${bank.port}`).request(GET);
    expect([body, bank.requests[0]?.headers.host]).toEqual(['answer', `${name.toLowerCase()}:${bank.port}`]);
  },
);

test('two hundred calls at once share 64 connections', async () => {
  const ports = new Set<number | undefined>();
  const bank = await httpPeer((response, request) => {
    ports.add(request.socket.remotePort);
    setImmediate(() => response.end('answer'));
  });
  const upstream = upstreamOf(bank.origin);
  const answers = await Promise.all(Array.from({ length: 200 }, () => upstream.request(GET)));
  expect(answers.every(({ body }) => body === 'answer')).toBe(true);
  expect(ports.size).toBeLessThanOrEqual(64);
});

test('closing ends what is under way', async () => {
  const upstream = createUpstream((await httpPeer(() => undefined)).origin);
  const call = expect(upstream.request(GET)).rejects.toBeInstanceOf(UpstreamError);
  await upstream.close();
  await call;
});

const NOW = Date.parse('2026-01-02T12:00:00Z');

test.each([
  ['30', 30],
  ['0', 1],
  ['60', 60],
  ['61', 60],
  ['3600', 60],
  ['1000000000', 60],
  ['9'.repeat(400), 60],
  ['Fri, 02 Jan 2026 12:00:30 GMT', 30],
  ['Friday, 02-Jan-26 12:00:30 GMT', 30],
  ['Fri Jan  2 12:00:30 2026', 30],
  ['Fri, 02 Jan 2026 11:00:00 GMT', 1],
  ['Sat, 01 Jan 2050 00:00:00 GMT', 60],
  ['', undefined],
  ['1e9', undefined],
  ['-5', undefined],
  ['1.5', undefined],
  ['soon', undefined],
  ['in 5 minutes', undefined],
  ['2026-01-02T12:00:30Z', undefined],
  ['Fri, 99 Foo 2026', undefined],
  [undefined, undefined],
])('Retry-After %j is %j seconds', (header, seconds) => {
  expect(readRetryAfter(header, NOW)).toBe(seconds);
});

test.each([
  ['timeout', 'BANK_TIMEOUT', 504],
  ['unreachable', 'BANK_UNAVAILABLE', 502],
  ['interrupted', 'BANK_UNAVAILABLE', 502],
  ['cancelled', 'BANK_UNAVAILABLE', 502],
  ['too-large', 'BANK_UNEXPECTED', 502],
] as const)('the failure %s is %s in public', (kind, code, statusCode) => {
  const cause = new UpstreamError(kind);
  expect(fromUpstream(cause)).toMatchObject({ code, statusCode, cause, reason: kind });
});
