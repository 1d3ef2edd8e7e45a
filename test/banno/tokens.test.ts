/** The token endpoint: its answer, the ID token, who may call it, and what was granted. */
import { createHash } from 'node:crypto';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startBank } from './bank.ts';
import { CARD, CARD_SCOPES, CLAIM_PREFIX, HandWrittenClient, SCOPE_PREFIX } from './hand-written-client.ts';
import type { Bank } from './options.ts';
import { everyday } from './personas/everyday.ts';

const UUID = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;
let bank: Bank;
let client: HandWrittenClient;

beforeAll(async () => {
  bank = await startBank({ origin: 'http://localhost:0', clients: [CARD] });
  client = new HandWrittenClient(bank);
});
beforeEach(() => Object.assign(bank.switches, { withheldScopes: [] }));
afterAll(() => bank.close());

async function verified(idToken: string) {
  const keys = createRemoteJWKSet(new URL(`${bank.issuer}/jwks`));
  return jwtVerify(idToken, keys, { issuer: bank.issuer, audience: CARD.clientId });
}

test('the answer has exactly the documented members', async () => {
  const answer = await client.signIn();
  expect(answer).toEqual({
    access_token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
    expires_in: 600,
    id_token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
    scope: CARD_SCOPES,
    token_type: 'Bearer',
  });
});

test('the answer is never stored, and carries a request id', async () => {
  const { url } = await client.begin();
  const code = url.searchParams.get('code') ?? '';
  const redirectUri = 'http://localhost:8080/auth/callback';
  const response = await client.token({ grant_type: 'authorization_code', code, redirect_uri: redirectUri });
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect(response.headers.get('x-request-id')).toMatch(UUID);
  expect(response.headers.get('content-type')).toMatch(/^application\/json/);
});

test('the ID token is signed with ES256, lives an hour and says who it is for', async () => {
  const answer = await client.signIn({ nonce: 'n-1' });
  const { payload, protectedHeader } = await verified(answer.id_token);
  expect(protectedHeader.alg).toBe('ES256');
  expect(payload).toMatchObject({
    iss: bank.issuer,
    sub: everyday.userId,
    aud: CARD.clientId,
    nonce: 'n-1',
    name: 'Avery Quill',
    given_name: 'Avery',
    family_name: 'Quill',
    preferred_username: 'averyq',
    locale: 'en-US',
  });
  expect(Number(payload.exp) - Number(payload.iat)).toBe(3600);
  const digest = createHash('sha256').update(answer.access_token).digest();
  expect(payload['at_hash']).toBe(digest.subarray(0, 16).toString('base64url'));
});

test('a request without nonce gets an ID token without one', async () => {
  const { payload } = await verified((await client.signIn()).id_token);
  expect(payload).not.toHaveProperty('nonce');
});

test('claims come when they are asked for; restricted ones are simply absent', async () => {
  const wanted = { [`${CLAIM_PREFIX}institution_id`]: null, [`${CLAIM_PREFIX}customer_identifier`]: null };
  const answer = await client.signIn({ claims: JSON.stringify({ id_token: wanted, userinfo: wanted }) });
  const { payload } = await verified(answer.id_token);
  expect(payload[`${CLAIM_PREFIX}institution_id`]).toBe(bank.institutionId);
  expect(payload).not.toHaveProperty(`${CLAIM_PREFIX}customer_identifier`);
  const plain = await verified((await client.signIn()).id_token);
  expect(plain.payload).not.toHaveProperty(`${CLAIM_PREFIX}institution_id`);
});

test.each([
  ['business', 'cash_management_user', true],
  ['everyday', 'cash_management_user', undefined],
])('%s has the claim %s: %s', async (persona, claim, value) => {
  const name = `${CLAIM_PREFIX}${claim}`;
  const claims = JSON.stringify({ id_token: { [name]: null } });
  const { payload } = await verified((await client.signIn({ login_hint: persona, claims })).id_token);
  expect(payload[name]).toBe(value);
});

test('client_secret_basic works as well as client_secret_post', async () => {
  const { url } = await client.begin();
  const credentials = [CARD.clientId, CARD.clientSecret].map(encodeURIComponent).join(':');
  const response = await client.post(
    '/token',
    {
      grant_type: 'authorization_code',
      code: url.searchParams.get('code') ?? '',
      code_verifier: client.verifier,
      redirect_uri: 'http://localhost:8080/auth/callback',
    },
    { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` },
  );
  expect(response.status).toBe(200);
});

test('a wrong secret, no secret and an unknown client fail as client authentication', async () => {
  for (const fields of [{ client_secret: 'wrong' }, { client_secret: '' }, { client_id: 'nobody' }]) {
    const response = await client.token({ grant_type: 'refresh_token', refresh_token: 'x', ...fields });
    expect(response.status).toBe(401);
    expect(await response.json()).toEqual({
      error: 'invalid_client',
      error_description: 'client authentication failed',
    });
  }
});

test('a client added later is known at once', async () => {
  const late = { ...CARD, clientId: 'late' };
  bank.addClient(late);
  expect((await new HandWrittenClient(bank, late).signIn()).token_type).toBe('Bearer');
});

test('withheld scopes are left out of the grant without an error', async () => {
  bank.switches.withheldScopes = [`${SCOPE_PREFIX}accounts.readonly`];
  const answer = await client.signIn();
  expect(answer.scope).toBe('openid profile');
  const response = await client.api(`/users/${everyday.userId}/accounts`, answer.access_token);
  expect(response.status).toBe(403);
});

test('scopes beyond the External Application, and unknown ones, are left out too', async () => {
  const narrow = {
    ...CARD,
    clientId: 'narrow',
    allowedScopes: ['openid', `${SCOPE_PREFIX}accounts.readonly`],
  };
  bank.addClient(narrow);
  const answer = await new HandWrittenClient(bank, narrow).signIn({ scope: `${CARD_SCOPES} made.up` });
  expect(answer.scope).toBe(`openid ${SCOPE_PREFIX}accounts.readonly`);
  const { payload } = await verified(
    (await client.signIn({ scope: `openid ${SCOPE_PREFIX}accounts.readonly` })).id_token,
  );
  expect(payload).not.toHaveProperty('name');
});
