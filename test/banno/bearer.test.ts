/** The Consumer API really checks its bearer tokens: signature, age, audience, type, scope, and whose path it is. */
import { generateKeyPair, SignJWT } from 'jose';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { startBank } from './bank.ts';
import { CARD, CARD_SCOPES, HandWrittenClient, type TokenAnswer } from './hand-written-client.ts';
import type { Bank } from './options.ts';
import { everyday } from './personas/everyday.ts';
import { many } from './personas/many.ts';

let bank: Bank;
let client: HandWrittenClient;
let answer: TokenAnswer;
const accounts = `/users/${everyday.userId}/accounts`;

beforeAll(async () => {
  bank = await startBank({ origin: 'http://localhost:0', clients: [CARD] });
  client = new HandWrittenClient(bank);
  answer = await client.signIn();
});
afterEach(() => vi.useRealTimers());
afterAll(() => bank.close());

async function expectRefused(token: string, path = accounts) {
  const response = await client.api(path, token);
  expect(response.status).toBe(401);
  expect(response.headers.get('content-type')).toMatch(/^application\/json/);
  expect(response.headers.get('x-request-id')).toBeTruthy();
}

test('a living token opens its own customer', async () => {
  expect((await client.api(accounts, answer.access_token)).status).toBe(200);
});

test('no token, another scheme and rubbish are refused', async () => {
  for (const authorization of ['', 'Basic abc', 'Bearer', 'Bearer a b', 'Bearer a.b.c']) {
    const response = await client.api(accounts, '', { headers: { authorization } });
    expect(response.status).toBe(401);
  }
});

test('an ID token is not an access token', () => expectRefused(answer.id_token));

test('an expired token is refused', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 601_000 });
  await expectRefused(answer.access_token);
});

test("another bank's token is refused, with the same customer in it", async () => {
  const other = await startBank({ origin: 'http://localhost:0', clients: [CARD] });
  const { access_token: token } = await new HandWrittenClient(other).signIn();
  await expectRefused(token);
  await other.close();
});

test('a token signed by somebody else is refused, and so is one that nobody signed', async () => {
  const { privateKey } = await generateKeyPair('ES256');
  const claims = new SignJWT({ scope: CARD_SCOPES, client_id: CARD.clientId })
    .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt' })
    .setIssuer(bank.issuer)
    .setAudience(`${bank.origin}/a/consumer/api/v0`)
    .setSubject(everyday.userId)
    .setExpirationTime('5m');
  await expectRefused(await claims.sign(privateKey));
  const [, payload] = answer.access_token.split('.');
  const none = Buffer.from(JSON.stringify({ alg: 'none', typ: 'at+jwt' })).toString('base64url');
  await expectRefused(`${none}.${payload}.`);
});

test('a changed payload is refused', async () => {
  const [header, payload = '', signature] = answer.access_token.split('.');
  const claims = { ...JSON.parse(Buffer.from(payload, 'base64url').toString()), sub: many.userId };
  const changed = Buffer.from(JSON.stringify(claims)).toString('base64url');
  await expectRefused(`${header}.${changed}.${signature}`, `/users/${many.userId}/accounts`);
});

test("another user's path is refused", () =>
  expectRefused(answer.access_token, `/users/${many.userId}/accounts`));

test.each([
  ['accounts.readonly', 'accounts'],
  ['accounts.readonly', 'accounts/00000000-0000-4000-8000-000000000001'],
  ['transactions.detail.readonly', 'accounts/00000000-0000-4000-8000-000000000001/transactions'],
  ['user.profile.readonly', ''],
])('without %s, /users/{userId}/%s is forbidden', async (_scope, path) => {
  const { access_token: token } = await client.signIn({ scope: 'openid' });
  const response = await client.api(`/users/${everyday.userId}${path && `/${path}`}`, token);
  expect(response.status).toBe(403);
  expect(response.headers.get('content-type')).toMatch(/^application\/json/);
});

test('tasks need openid', async () => {
  const scope = CARD_SCOPES.replace('openid profile ', '');
  const { access_token: token } = await client.signIn({ scope });
  expect((await client.api(`/users/${everyday.userId}/tasks/x`, token)).status).toBe(403);
});

test('an unknown path is not found', async () => {
  const response = await client.api('/nothing/here', answer.access_token);
  expect(response.status).toBe(404);
  expect(response.headers.get('x-request-id')).toBeTruthy();
});
