/** `/me` and introspection accept the bank's JWT access tokens, and nothing else. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startBank } from './bank.ts';
import {
  CARD,
  CARD_SCOPES,
  CLAIM_PREFIX,
  HandWrittenClient,
  SCOPE_PREFIX,
  type TokenAnswer,
} from './hand-written-client.ts';
import type { Bank } from './options.ts';
import { everyday } from './personas/everyday.ts';

let bank: Bank;
let client: HandWrittenClient;
let answer: TokenAnswer;

beforeAll(async () => {
  bank = await startBank({ origin: 'http://localhost:0', clients: [CARD] });
  client = new HandWrittenClient(bank);
  answer = await client.signIn({
    scope: `${CARD_SCOPES} ${SCOPE_PREFIX}offline_access`,
    claims: JSON.stringify({ userinfo: { [`${CLAIM_PREFIX}institution_id`]: null } }),
  });
});
afterAll(() => bank.close());

const me = (token: string, method = 'GET') =>
  fetch(`${bank.issuer}/me`, { method, headers: { authorization: `Bearer ${token}` } });

async function introspect(token: string, secret = CARD.clientSecret) {
  const response = await client.post('/token/introspection', {
    client_id: CARD.clientId,
    client_secret: secret,
    token,
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

test.each(['GET', 'POST'])('%s /me tells what scopes and claims parameter ask for', async (method) => {
  const response = await me(answer.access_token, method);
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({
    sub: everyday.userId,
    name: 'Avery Quill',
    given_name: 'Avery',
    family_name: 'Quill',
    preferred_username: 'averyq',
    locale: 'en-US',
    [`${CLAIM_PREFIX}institution_id`]: bank.institutionId,
  });
});

test('claims asked for at userinfo are still there after a refresh', async () => {
  const first = await client.signIn({
    scope: `openid ${SCOPE_PREFIX}offline_access`,
    claims: JSON.stringify({ userinfo: { [`${CLAIM_PREFIX}institution_id`]: null } }),
  });
  const second = (await (await client.refresh(first.refresh_token ?? '')).json()) as TokenAnswer;
  expect(await (await me(second.access_token)).json()).toEqual({
    sub: everyday.userId,
    [`${CLAIM_PREFIX}institution_id`]: bank.institutionId,
  });
});

test('an ID token, a refresh token and nothing at all are refused', async () => {
  for (const token of [answer.id_token, answer.refresh_token ?? '', '']) {
    const response = await me(token);
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toContain('invalid_token');
  }
});

test('a token without openid may not ask', async () => {
  const { access_token: token } = await client.signIn({ scope: `${SCOPE_PREFIX}accounts.readonly` });
  expect((await me(token)).status).toBe(403);
});

test('introspection knows access and refresh tokens', async () => {
  expect((await introspect(answer.access_token)).body).toMatchObject({
    active: true,
    sub: everyday.userId,
    client_id: CARD.clientId,
    scope: answer.scope,
    iss: bank.issuer,
    token_type: 'Bearer',
  });
  expect((await introspect(answer.refresh_token ?? '')).body).toMatchObject({
    active: true,
    sub: everyday.userId,
  });
});

test('introspection of anything else is inactive, and only for clients', async () => {
  for (const token of [answer.id_token, 'made-up']) {
    expect((await introspect(token)).body).toEqual({ active: false });
  }
  expect((await introspect(answer.access_token, 'wrong')).status).toBe(401);
});
