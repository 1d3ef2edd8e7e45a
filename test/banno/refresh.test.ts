/** Refresh tokens: who gets one, that each works once, and that a second use ends them all. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startBank } from './bank.ts';
import {
  CARD,
  CARD_SCOPES,
  HandWrittenClient,
  SCOPE_PREFIX,
  type TokenAnswer,
} from './hand-written-client.ts';
import type { Bank } from './options.ts';

const BANNO_OFFLINE = { scope: `${CARD_SCOPES} ${SCOPE_PREFIX}offline_access` };
let bank: Bank;
let client: HandWrittenClient;

beforeAll(async () => {
  bank = await startBank({ origin: 'http://localhost:0', clients: [CARD] });
  client = new HandWrittenClient(bank);
});
afterAll(() => bank.close());

async function refreshed(token: string | undefined) {
  const response = await client.refresh(token ?? '');
  return { status: response.status, body: (await response.json()) as TokenAnswer & { error?: string } };
}

test("Banno's offline scope gives a refresh token without any prompt", async () => {
  const answer = await client.signIn(BANNO_OFFLINE);
  expect(answer.refresh_token).toEqual(expect.any(String));
  expect(answer.scope).toBe(BANNO_OFFLINE.scope);
});

test('without it there is none', async () => {
  expect(await client.signIn()).not.toHaveProperty('refresh_token');
});

test('the standard scope needs prompt=consent, and then no page where consent is off', async () => {
  const scope = 'openid profile offline_access';
  const without = await client.signIn({ scope });
  expect(without).not.toHaveProperty('refresh_token');
  expect(without.scope).toBe('openid profile');
  const answer = await client.signIn({ scope, prompt: 'consent' });
  expect(answer.refresh_token).toEqual(expect.any(String));
  expect(answer.scope).toBe('openid profile offline_access');
});

test('every use gives a new one, with the same members as the first answer', async () => {
  const first = await client.signIn(BANNO_OFFLINE);
  const second = await refreshed(first.refresh_token);
  expect(second.status).toBe(200);
  expect(Object.keys(second.body).toSorted()).toEqual(Object.keys(first).toSorted());
  expect(second.body).toMatchObject({ expires_in: 600, scope: first.scope, token_type: 'Bearer' });
  expect(second.body.refresh_token).not.toBe(first.refresh_token);
  expect((await refreshed(second.body.refresh_token)).status).toBe(200);
});

test('using one twice ends the whole chain', async () => {
  const first = await client.signIn(BANNO_OFFLINE);
  const second = await refreshed(first.refresh_token);
  const again = await refreshed(first.refresh_token);
  expect(again).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  expect(await refreshed(second.body.refresh_token)).toMatchObject({
    status: 400,
    body: { error: 'invalid_grant' },
  });
  const me = await fetch(`${bank.issuer}/me`, {
    headers: { authorization: `Bearer ${second.body.access_token}` },
  });
  expect(me.status).toBe(401);
});

test('a revoked refresh token is of no use any more', async () => {
  const { refresh_token: token = '' } = await client.signIn(BANNO_OFFLINE);
  const response = await client.post('/token/revocation', {
    client_id: CARD.clientId,
    client_secret: CARD.clientSecret,
    token,
  });
  expect(response.status).toBe(200);
  expect((await refreshed(token)).body.error).toBe('invalid_grant');
});

test('an access token cannot be revoked: it is a JWT and lives its ten minutes', async () => {
  const { access_token: token } = await client.signIn();
  const response = await client.post('/token/revocation', {
    client_id: CARD.clientId,
    client_secret: CARD.clientSecret,
    token,
  });
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ error: 'unsupported_token_type' });
});

test("another client's refresh token is of no use", async () => {
  const other = { ...CARD, clientId: 'other' };
  bank.addClient(other);
  const { refresh_token: token = '' } = await client.signIn(BANNO_OFFLINE);
  expect((await new HandWrittenClient(bank, other).refresh(token)).status).toBe(400);
});
