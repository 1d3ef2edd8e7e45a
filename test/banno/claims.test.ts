/** Claims: which the ID token always has, which come with a scope, and which with the `claims` parameter. */
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startBank } from './bank.ts';
import { CARD, CLAIM_PREFIX, HandWrittenClient, SCOPE_PREFIX } from './hand-written-client.ts';
import type { Bank } from './options.ts';

const ALWAYS = ['aud', 'exp', 'iat', 'iss', 'sub'];
const ADDRESS = {
  street_address: expect.any(String),
  locality: expect.any(String),
  region: expect.any(String),
  postal_code: expect.any(String),
};
let bank: Bank;
let client: HandWrittenClient;

beforeAll(async () => {
  bank = await startBank({ origin: 'http://localhost:0', clients: [CARD] });
  client = new HandWrittenClient(bank);
});
afterAll(() => bank.close());

async function told(request: Record<string, string>) {
  const answer = await client.signIn(request);
  const response = await fetch(`${bank.issuer}/me`, {
    headers: { authorization: `Bearer ${answer.access_token}` },
  });
  const userinfo = (await response.json()) as Record<string, unknown>;
  return { idToken: decodeJwt<Record<string, unknown>>(answer.id_token), userinfo };
}

const ask = (request: object) => JSON.stringify(request);

test('openid alone tells nothing of the person', async () => {
  const { idToken, userinfo } = await told({ scope: 'openid' });
  expect(Object.keys(idToken).toSorted()).toEqual([...ALWAYS, 'at_hash'].toSorted());
  expect(Object.keys(userinfo)).toEqual(['sub']);
});

test('the scopes for claims still work, in both places', async () => {
  const expected = {
    name: 'Avery Quill',
    email: expect.stringContaining('@'),
    phone_number: expect.stringMatching(/^\+1\d{10}$/),
    address: ADDRESS,
  };
  const { idToken, userinfo } = await told({ scope: 'openid profile email phone address' });
  expect(idToken).toMatchObject(expected);
  expect(userinfo).toMatchObject(expected);
});

test("what Banno's own examples ask for is told, and what no bank knows is absent", async () => {
  const names = ['given_name', 'family_name', 'name', 'address', 'phone', 'email'];
  const wanted = Object.fromEntries([...names, `${CLAIM_PREFIX}institution_id`].map((name) => [name, null]));
  const claims = ask({ id_token: wanted, userinfo: wanted });
  const { idToken, userinfo } = await told({ scope: `openid ${SCOPE_PREFIX}offline_access`, claims });
  for (const place of [idToken, userinfo]) {
    expect(place).toMatchObject({
      given_name: 'Avery',
      family_name: 'Quill',
      name: 'Avery Quill',
      address: ADDRESS,
      email: expect.any(String),
      [`${CLAIM_PREFIX}institution_id`]: bank.institutionId,
    });
    expect(place).not.toHaveProperty('phone');
  }
});

test('what is asked for in one place is told in that place alone', async () => {
  const claims = ask({
    id_token: { [`${CLAIM_PREFIX}institution_details`]: null },
    userinfo: { birthdate: null },
  });
  const { idToken, userinfo } = await told({ scope: 'openid', claims });
  expect(idToken[`${CLAIM_PREFIX}institution_details`]).toMatchObject({ id: bank.institutionId });
  expect(idToken).not.toHaveProperty('birthdate');
  expect(Object.keys(userinfo).toSorted()).toEqual(['birthdate', 'sub']);
});

test('session and sign-in are told on demand', async () => {
  const wanted = { sid: null, auth_time: { essential: true }, acr: null, birthdate: null };
  const { idToken } = await told({ claims: ask({ id_token: wanted }) });
  expect(idToken).toMatchObject({
    sid: expect.any(String),
    auth_time: expect.any(Number),
    acr: 'https://api.banno.com/consumer/security-level/standard',
    birthdate: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
  });
});

test('a claim that is neither null nor an object is refused, as OpenID Connect Core 5.5 has it', async () => {
  const { url } = await client.begin({
    claims: ask({ id_token: { [`${CLAIM_PREFIX}institution_id`]: '' } }),
  });
  expect(url.searchParams.get('error')).toBe('invalid_request');
});
