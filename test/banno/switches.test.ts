/** The sandbox's own routes: switches, sign-in without a page, and the list of what was answered. */
import { networkInterfaces } from 'node:os';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startBank } from './bank.ts';
import { CARD } from './hand-written-client.ts';
import type { Bank } from './options.ts';

let bank: Bank;

beforeAll(async () => {
  bank = await startBank({ origin: 'http://localhost:0', clients: [CARD] });
});
afterAll(() => bank.close());

const send = (method: string, path: string, body: unknown) =>
  fetch(`${bank.origin}${path}`, {
    method,
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
  });

test('switches can be read and changed, one at a time', async () => {
  const read = async () => (await fetch(`${bank.origin}/sandbox/switches`)).json();
  expect(await read()).toEqual({
    persona: 'everyday',
    latencyMs: 0,
    fault: 'none',
    faultAt: 'api',
    signedOut: false,
    consentRequired: false,
    sessionCookieSameSite: 'None',
    withheldScopes: [],
    discovery: {},
    callbackIssuer: 'own',
    clockAheadSeconds: 0,
  });
  const response = await send('PATCH', '/sandbox/switches', { latencyMs: 5, persona: 'many' });
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({ latencyMs: 5, persona: 'many', fault: 'none' });
  expect(await read()).toMatchObject({ latencyMs: 5, persona: 'many' });
  expect(bank.switches.latencyMs).toBe(5);
});

test.each([
  { latency: 1 },
  { latencyMs: '5' },
  { latencyMs: -1 },
  { fault: '502' },
  { faultAt: 'jwks' },
  { persona: 'nobody' },
  { signedOut: 'true' },
  { sessionCookieSameSite: 'Strict' },
  { withheldScopes: ['accounts.readonly'] },
  { discovery: 'none' },
  { callbackIssuer: 'mine' },
  { clockAheadSeconds: 0.5 },
  [],
])('%j is refused', async (body) => {
  const before = { ...bank.switches };
  expect((await send('PATCH', '/sandbox/switches', body)).status).toBe(400);
  expect(bank.switches).toEqual(before);
});

test('nobody unknown can be signed in', async () => {
  expect((await send('POST', '/sandbox/sign-in', { persona: 'nobody' })).status).toBe(400);
  expect((await send('POST', '/sandbox/sign-in', { persona: 'many' })).status).toBe(204);
});

test('answers are listed, oldest first, without queries, at most a thousand', async () => {
  await fetch(`${bank.origin}/sandbox/personas?secret=1`);
  await fetch(`${bank.origin}/nowhere`);
  expect(bank.requests.slice(-2)).toEqual([
    { method: 'GET', path: '/sandbox/personas', status: 200 },
    { method: 'GET', path: '/nowhere', status: 404 },
  ]);
  for (let left = 1_000; left > 0; left -= 1) await fetch(`${bank.origin}/nowhere`);
  expect(bank.requests).toHaveLength(1_000);
});

test('localhost reaches the bank at both loopback addresses', async () => {
  const { port } = new URL(bank.origin);
  const loopback = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  const hasIpv6 = loopback.some(({ address }) => address === '::1');
  for (const host of ['localhost', '127.0.0.1', ...(hasIpv6 ? ['[::1]'] : [])]) {
    expect((await fetch(`http://${host}:${port}/sandbox/switches`)).status).toBe(200);
  }
});

test('two banks have different institutions, and a bad client is refused', async () => {
  const other = await startBank({ origin: 'http://localhost:0', clients: [] });
  expect(other.institutionId).not.toBe(bank.institutionId);
  expect(() => other.addClient({ ...CARD, redirectUris: ['http://card.example/auth'] })).toThrow(/https/);
  expect(() => other.addClient({ ...CARD, redirectUris: [] })).toThrow(/Redirect URI/);
  await other.close();
});
