/** The page on a real socket: skeleton before the bank has answered, data after, nothing lost when either side leaves. */
import diagnostics from 'node:diagnostics_channel';
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { ACCOUNTS_PATH, fixed, json, OIDC } from '../../hostile/hostile-bank.ts';
import { callbackUrl, FRAMED, HOST, startTestCard, type TestCard } from '../../support/test-card.ts';

let card: TestCard;
let port: number;
beforeAll(async () => {
  card = await startTestCard();
  await card.app.listen({ host: '127.0.0.1', port: 0 });
  port = (card.app.server.address() as AddressInfo).port;
});
afterAll(() => card.close());

/** A callback over a socket whose answer can be watched as it comes. */
async function open(): Promise<{
  response: IncomingMessage;
  until(text: string): Promise<string>;
  rest(): Promise<string>;
  leave(): void;
}> {
  const { state, cookie } = await card.begin();
  const headers = { ...FRAMED, host: HOST, cookie };
  const client = httpRequest({ host: '127.0.0.1', port, path: callbackUrl(state, card.bank), headers });
  const response = await new Promise<IncomingMessage>((resolve, reject) =>
    client.on('response', resolve).on('error', reject).end(),
  );
  const chunks = response.setEncoding('utf8')[Symbol.asyncIterator]();
  let seen = '';
  async function read(done: () => boolean): Promise<string> {
    while (!done()) {
      const { value, done: ended } = await chunks.next();
      if (ended) break;
      seen += value;
    }
    return seen;
  }
  return {
    response,
    until: (text) => read(() => seen.includes(text)),
    rest: () => read(() => false),
    leave: () => client.destroy(),
  };
}

test('the skeleton is there while the token endpoint still waits', async () => {
  const asked = Promise.withResolvers<ServerResponse>();
  card.bank.answers.set(`${OIDC}/token`, (_request, response) => asked.resolve(response));

  const page = await open();
  const tokenEndpoint = await asked.promise;
  const early = await page.until('</account-card>');

  expect(page.response.statusCode).toBe(200);
  expect(page.response.headers['x-accel-buffering']).toBe('no');
  expect(early).toContain('<script type="module"');
  expect(early).not.toContain('card-boot');
  card.bank.answers.clear();
  tokenEndpoint.destroy();
  expect(await page.rest()).toContain('"problem":{');
});

test('head and skeleton are on the socket before the bank is asked for tokens', async () => {
  const answered = once(card.app.server, 'request') as Promise<[IncomingMessage, ServerResponse]>;
  const writtenBytes: number[] = [];
  let answer: ServerResponse | undefined;
  const watch = (message: unknown) => {
    const { path } = (message as { request: { path: string } }).request;
    if (path === `${OIDC}/token`) writtenBytes.push(answer?.socket?.bytesWritten ?? 0);
  };
  diagnostics.subscribe('undici:client:sendHeaders', watch);
  onTestFinished(() => void diagnostics.unsubscribe('undici:client:sendHeaders', watch));

  const opened = open();
  [, answer] = await answered;
  const whole = await (await opened).rest();

  expect(writtenBytes).toEqual([expect.any(Number)]);
  expect(writtenBytes[0]).toBeGreaterThan(whole.indexOf('</account-card>'));
});

test('K03 what a cut stream leaves behind holds a plain link to start again', async () => {
  const asked = Promise.withResolvers<ServerResponse>();
  card.bank.answers.set(`${OIDC}/token`, (_request, response) => asked.resolve(response));

  const page = await open();
  const early = await page.until('</account-card>');
  const tokenEndpoint = await asked.promise;
  page.leave();

  expect(early).toMatch(new RegExp(`<a href="http://${HOST}/auth">[^<]+</a>`));
  expect(early).toContain('15s');
  card.bank.answers.clear();
  tokenEndpoint.destroy();
});

test('E19 a client that leaves cancels the call to the bank, and no session is opened', async () => {
  const left = Promise.withResolvers<void>();
  const asked = Promise.withResolvers<void>();
  card.bank.answers.set(ACCOUNTS_PATH, (request) => {
    request.socket.once('close', () => left.resolve());
    asked.resolve();
  });

  const page = await open();
  await asked.promise;
  page.leave();

  await expect(left.promise).resolves.toBeUndefined();
  card.bank.answers.clear();
});

test('a slow bank’s accounts arrive as the last thing before the body ends', async () => {
  card.bank.answers.set(ACCOUNTS_PATH, (_request, response) => json(response, card.bank.accounts));

  const page = await open();
  const whole = await page.rest();

  expect(whole.trimEnd()).toMatch(
    /<script type="application\/json" id="card-boot">[^<]+<\/script>\n<\/body>\n<\/html>$/,
  );
  card.bank.answers.clear();
});

test.each([403, 500])(
  'what fails after the sign-in (%i) is said in the customer’s own language',
  async (status) => {
    onTestFinished(() => {
      card.bank.idToken = {};
      card.bank.answers.clear();
    });
    card.bank.idToken = { claims: { locale: 'es-US' } };
    card.bank.answers.set(ACCOUNTS_PATH, fixed(status));

    const { boot } = await card.signIn();

    expect(boot.problem).toBeDefined();
    expect(boot.locale).toBe('es-US');
  },
);
