/** Clients whose cookie jar keeps no `Secure` cookie over http (Python's, Java's, curl's beyond localhost) get through. */
import { once } from 'node:events';
import { IncomingMessage, request } from 'node:http';
import { Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startBank } from './bank.ts';
import { CALLBACK, CARD, HandWrittenClient } from './hand-written-client.ts';
import { bankCookies } from './identity/cookies.ts';
import type { Bank } from './options.ts';

const TWIN = /^banno-[a-z-]+-over-http=[^;]*;.*; SameSite=Strict$/i;
let bank: Bank;
let client: HandWrittenClient;

beforeAll(async () => {
  bank = await startBank({ origin: 'http://localhost:0', clients: [CARD] });
  client = new HandWrittenClient(bank);
});
beforeEach(() => Object.assign(bank.switches, { consentRequired: false, signedOut: false }));
afterAll(() => bank.close());

/** Node's own http client sends no Fetch Metadata, as no library outside browsers does. */
class PlainJar {
  readonly #cookies = new Map<string, string>();

  async open(url: URL, form?: Record<string, string>): Promise<IncomingMessage> {
    const headers = { cookie: [...this.#cookies.values()].join('; ') };
    const body = form === undefined ? '' : new URLSearchParams(form).toString();
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    const sent = request(url, {
      method: form === undefined ? 'GET' : 'POST',
      headers: { ...headers, ...type },
    });
    sent.end(body);
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    for (const cookie of response.headers['set-cookie'] ?? []) {
      const [pair = ''] = cookie.split(';');
      if (!/; *secure/i.test(cookie)) this.#cookies.set(pair.split('=', 1)[0] ?? '', pair);
    }
    return response;
  }

  /** To the page that asks something, and with an answer back to the client. */
  async through(url: URL, form: Record<string, string>): Promise<URL> {
    let [at, response] = [url, await this.open(url)];
    for (let steps = 0; steps < 8 && !at.href.startsWith(CALLBACK); steps += 1) {
      const { location } = response.headers;
      if (location === undefined) expect(response.statusCode, await text(response)).toBe(200);
      else at = new URL(location, at);
      if (at.href.startsWith(CALLBACK)) return at;
      response = await this.open(at, location === undefined ? form : undefined);
    }
    return at;
  }
}

test.each([
  ['localhost', 'sign-in page', { prompt: 'login' }, { persona: 'many' }],
  ['localhost', 'consent page', {}, { decision: 'allow' }],
  ['127.0.0.1', 'sign-in page', { prompt: 'login' }, { persona: 'many' }],
])('at %s, such a client gets past the %s', async (host, page, overrides, form) => {
  bank.switches.consentRequired = page === 'consent page';
  const url = client.authorizationUrl(overrides as Record<string, string>);
  url.hostname = host;
  const callback = await new PlainJar().through(url, form as Record<string, string>);
  expect(callback.searchParams.get('error')).toBeNull();
  expect(callback.searchParams.has('code')).toBe(true);
});

test('its session lasts', async () => {
  const jar = new PlainJar();
  await jar.open(client.authorizationUrl());
  const { headers } = await jar.open(client.authorizationUrl({ prompt: 'none' }));
  expect(new URL(headers.location ?? '').searchParams.has('code')).toBe(true);
});

test('the twin is Strict and comes beside the real cookie, to clients without Fetch Metadata only', async () => {
  const { headers } = await new PlainJar().open(client.authorizationUrl({ prompt: 'login' }));
  const [real, twins] = [/; Secure; SameSite=None$/, TWIN].map((kind) =>
    (headers['set-cookie'] ?? []).filter((cookie) => kind.test(cookie)),
  );
  expect(real).toHaveLength(3);
  expect(twins).toHaveLength(3);
  // Node's fetch says `sec-fetch-mode`, as browsers do.
  const { response } = await client.begin();
  expect(response.headers.getSetCookie().some((cookie) => TWIN.test(cookie))).toBe(false);
});

test('behind https there is no twin', () => {
  const secure = { origin: 'https://bank.example', switches: bank.switches };
  expect(bankCookies(secure, new IncomingMessage(new Socket()), 'banno-session=1; path=/')).toEqual([
    'banno-session=1; path=/; Secure; SameSite=None',
  ]);
});
