/** Every fault, seen on the wire; and that nothing but its target is struck. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startBank } from './bank.ts';
import { CARD, HandWrittenClient } from './hand-written-client.ts';
import type { Bank, Fault, Switches } from './options.ts';
import { everyday } from './personas/everyday.ts';

let bank: Bank;
let client: HandWrittenClient;
let token: string;

beforeAll(async () => {
  bank = await startBank({ origin: 'http://localhost:0', clients: [CARD] });
  client = new HandWrittenClient(bank);
  token = (await client.signIn()).access_token;
});
beforeEach(() => Object.assign(bank.switches, { fault: 'none', faultAt: 'api', latencyMs: 0 }));
afterAll(() => bank.close());

const TARGETS: Record<'api' | 'token', (signal?: AbortSignal) => Promise<Response>> = {
  api: (signal) =>
    client.api(`/users/${everyday.userId}/accounts`, token, {
      headers: { authorization: `Bearer ${token}` },
      ...(signal === undefined ? {} : { signal }),
    }),
  async token(signal) {
    const { url } = await client.begin();
    const body = new URLSearchParams({
      grant_type: 'authorization_code',
      code: url.searchParams.get('code') ?? '',
      redirect_uri: 'http://localhost:8080/auth/callback',
      code_verifier: client.verifier,
      client_id: CARD.clientId,
      client_secret: CARD.clientSecret,
    });
    return fetch(`${bank.issuer}/token`, {
      method: 'POST',
      body,
      ...(signal === undefined ? {} : { signal }),
    });
  },
};
const BOTH = ['api', 'token'] as const;

function set(fault: Fault, faultAt: Switches['faultAt']) {
  Object.assign(bank.switches, { fault, faultAt });
}

for (const at of BOTH) {
  test.each(['401', '403', '429', '500'] as const)(`${at}: %s is JSON with that status`, async (fault) => {
    set(fault, at);
    const response = await TARGETS[at]();
    expect(response.status).toBe(Number(fault));
    expect(response.headers.get('content-type')).toMatch(/^application\/json/);
    expect(response.headers.get('x-request-id')).toBeTruthy();
    expect(response.headers.get('retry-after')).toBe(fault === '429' ? '2' : null);
    expect(await response.json()).toEqual({
      error: expect.any(String),
      [at === 'token' ? 'error_description' : 'message']: expect.any(String),
    });
  });

  test(`${at}: 503 is a maintenance page`, async () => {
    set('503', at);
    const response = await TARGETS[at]();
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('2');
    expect(response.headers.get('content-type')).toMatch(/^text\/html/);
    expect(await response.text()).toContain('<h1>');
  });

  test(`${at}: html is a page that claims to be fine`, async () => {
    set('html', at);
    const response = await TARGETS[at]();
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch(/^text\/html/);
  });

  test(`${at}: cut ends in the middle of the body`, async () => {
    set('cut', at);
    const response = await TARGETS[at]();
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch(/^application\/json/);
    await expect(response.text()).rejects.toThrow();
  });

  test(`${at}: timeout answers nothing until the client leaves`, async () => {
    set('timeout', at);
    await expect(TARGETS[at](AbortSignal.timeout(250))).rejects.toThrow(/timeout/);
    await expect.poll(() => bank.requests.at(-1)?.status).toBe(0);
  });

  test(`${at}: latency comes before the answer`, async () => {
    bank.switches.latencyMs = 200;
    const startedAtMs = performance.now();
    expect((await TARGETS[at]()).status).toBe(200);
    expect(performance.now() - startedAtMs).toBeGreaterThan(190);
  });

  test(`${at}: none is none`, async () => {
    expect((await TARGETS[at]()).status).toBe(200);
  });
}

test('a fault strikes only where it was set', async () => {
  set('500', 'token');
  expect((await TARGETS.api()).status).toBe(200);
  set('500', 'api');
  expect((await TARGETS.token()).status).toBe(200);
});

test('dashboard and switches are never struck, sign-in only where a fault was set', async () => {
  bank.switches.fault = 'timeout';
  for (const path of ['/', '/sandbox/switches', '/.well-known/openid-configuration']) {
    expect((await fetch(bank.origin + path)).status).toBe(200);
  }
  expect((await client.begin()).url.searchParams.has('code')).toBe(true);
});

test('a code survives a token endpoint that was down', async () => {
  const visited = await client.begin();
  set('503', 'token');
  await expect(client.redeem(visited)).rejects.toThrow(/503/);
  set('none', 'token');
  expect((await client.redeem(visited)).token_type).toBe('Bearer');
});
