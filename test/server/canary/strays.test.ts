/** Requests that carry secrets where none belong, bytes that are no request, clients that leave: nothing of it is ever written. */
import { request as httpRequest } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { callbackUrl, FRAMED, HOST, type TestCard } from '../../support/test-card.ts';
import type { Journey } from './journey.ts';
import { ACCESS_TOKEN, CODE, ECHO, NUMBER, PATHS } from './marked.ts';
import { startMarkedCard } from './marked-card.ts';

let card: TestCard;
let journey: Journey;
let expectSilence: () => Promise<void>;
beforeEach(async () => {
  ({ card, journey, expectSilence } = await startMarkedCard());
});
afterEach(() => card.close());

const JSON_TYPE = { 'content-type': 'application/json' };
test('J08 nothing is written of requests that are wrong themselves', async () => {
  const page = await journey.signIn();
  const quoted = encodeURIComponent(ECHO);
  const { state, cookie } = await card.begin();
  journey.attempts.push({ name: 'state', value: state });
  for (const url of [
    ...[
      `/${quoted}`,
      `/auth/callback?state=${quoted}&code=${CODE}`,
      `/%zz${quoted}`,
      `/auth?again=${quoted}`,
    ],
    ...[`/auth?code=${CODE}&token=${ACCESS_TOKEN}`, `/api/accounts/${NUMBER}/transactions?offset=${quoted}`],
    ...[`/api/accounts?access_token=${ACCESS_TOKEN}`, `/assets/${CODE}.js`, `//${CODE}/${quoted}`],
    callbackUrl(state, card.bank, { code: undefined, error: ECHO, error_description: ECHO }),
    callbackUrl(state, card.bank, { iss: ECHO }),
  ]) {
    await journey.call('GET', url, { ...FRAMED, ...page });
    await journey.call('GET', url, { ...FRAMED, cookie });
    await journey.call('POST', url, { ...page, ...JSON_TYPE }, JSON.stringify({ a: ECHO }));
  }
  await journey.call('DELETE', '/api/session', { ...page, ...JSON_TYPE }, `{"${ECHO}`);
  await journey.call('GET', '/auth', {
    ...FRAMED,
    host: `${CODE}.example`,
    'user-agent': ECHO,
    referer: ECHO,
    traceparent: ECHO,
    'x-request-id': ECHO,
    'x-forwarded-for': ECHO,
  });

  await expectSilence();
});

test('J08 nothing is written of bytes that are no request', async () => {
  await card.app.listen({ host: '127.0.0.1', port: 0 });
  await journey.signIn();
  const { port } = card.app.server.address() as AddressInfo;
  const hosted = `HTTP/1.1\r\nHost: ${HOST}\r\n`;
  for (const bytes of [
    ...[
      `${ECHO}\r\n\r\n`,
      `GET /${CODE} HTTP/9.9\r\n\r\n`,
      `GET /auth?code=${CODE} ${hosted}${ECHO}\r\n\r\n`,
    ],
    `GET / ${hosted}Cookie: ${'x'.repeat(20_000)}${ECHO}\r\n\r\n`,
    `POST /api/accounts/refresh ${hosted}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n${ECHO}`,
    `CONNECT ${CODE}.example:443 HTTP/1.1\r\nHost: ${CODE}\r\n\r\n`,
    `GET / ${hosted}Expect: ${CODE}\r\n\r\n`,
  ]) {
    const ended = Promise.withResolvers<string>();
    let received = '';
    const client = connect(port, '127.0.0.1').setEncoding('latin1');
    client.on('data', (chunk) => {
      received += chunk;
      if (/\r\n\r\n/.test(received)) client.end();
    });
    client.on('close', () => ended.resolve(received)).on('error', () => undefined);
    client.write(bytes);
    journey.others.push({ status: 400, headers: {}, body: await ended.promise });
  }

  await expectSilence();
});

test('J08 E19 nothing is written of a client that leaves in the middle', async () => {
  await journey.signIn();
  await card.app.listen({ host: '127.0.0.1', port: 0 });
  const { state, cookie } = await card.begin();
  journey.attempts.push({ name: 'state', value: state }, { name: 'binding cookie', value: cookie.slice(12) });
  const left = Promise.withResolvers<void>();
  card.bank.answers.set(PATHS.accounts, (request) => {
    request.socket.once('close', () => left.resolve());
    client.destroy();
  });
  const { port } = card.app.server.address() as AddressInfo;
  const path = callbackUrl(state, card.bank, { code: CODE });
  const client = httpRequest({ host: '127.0.0.1', port, path, headers: { ...FRAMED, host: HOST, cookie } });
  client.on('error', () => undefined).end();
  await left.promise;
  await expect.poll(() => card.bank.requests.some((request) => request.path === PATHS.revocation)).toBe(true);

  await expectSilence();
});
