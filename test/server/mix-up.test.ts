/** Mix-up attacks between two issuers (RFC 9700 section 2.1): whatever of one bank is slipped in at the other's, no session begins. */
import { expect, test } from 'vitest';
import { fixed, json, metadata, OIDC } from '../hostile/hostile-bank.ts';
import { bootOf, callbackUrl, FRAMED } from '../support/test-card.ts';
import { type Sharing, type Side, startTwo } from '../support/two-institutions.ts';

const SHARINGS: Sharing[] = ['a host each', 'one host by path'];
const TOKEN = `${OIDC}/token`;
const DISCOVERY = `${OIDC}/.well-known/openid-configuration`;

const exchangesAt = ({ bank }: Side) => bank.requests.filter(({ path }) => path === TOKEN);

/** A real bank knows its own codes only. */
function knowsOnly({ bank }: Side, code: string): void {
  bank.answers.set(TOKEN, async (request, response, body) => {
    if (new URLSearchParams(body).get('code') !== code)
      return fixed(400, '{"error":"invalid_grant"}', { 'content-type': 'application/json' })(
        request,
        response,
        body,
      );
    json(response, {
      access_token: 'access',
      token_type: 'Bearer',
      expires_in: 600,
      id_token: await bank.signIdToken(),
    });
  });
}

test.each(SHARINGS)(
  'a callback with the other issuer or none redeems nothing anywhere (%s)',
  async (sharing) => {
    const { one, two, logs } = await startTwo(sharing);

    for (const iss of [two.bank.issuer, undefined]) {
      const { state, cookie } = await one.begin();
      const response = await one.get(callbackUrl(state, one.bank, { iss }), { ...FRAMED, cookie });
      expect(bootOf(response).session).toBeUndefined();
    }
    expect([exchangesAt(one), exchangesAt(two)]).toEqual([[], []]);
    expect(logs().map(({ reason }) => reason)).toContain('iss');
  },
);

test.each(SHARINGS)('a code of the other bank is redeemed at neither (%s)', async (sharing) => {
  const { one, two } = await startTwo(sharing);
  knowsOnly(one, 'code-of-one');
  knowsOnly(two, 'code-of-two');
  const { state, cookie } = await one.begin();

  const mixed = await one.get(callbackUrl(state, one.bank, { code: 'code-of-two' }), { ...FRAMED, cookie });

  expect(bootOf(mixed)).toMatchObject({ problem: { code: 'SIGN_IN_FAILED' } });
  expect(exchangesAt(two)).toEqual([]);
  const again = await one.begin('/auth', cookie);
  const honest = await one.get(callbackUrl(again.state, one.bank, { code: 'code-of-one' }), {
    ...FRAMED,
    cookie,
  });
  expect(bootOf(honest).session).toBeDefined();
});

test.each(SHARINGS)('a customer sent on to the other bank comes back to nothing (%s)', async (sharing) => {
  const { one, two } = await startTwo(sharing);
  // The hostile bank hands the customer on to the honest one, as the honest one's client.
  const { state, cookie } = await one.begin();
  const atHonest = await two.get(callbackUrl(state, two.bank), { ...FRAMED, cookie });
  const atHostile = await one.get(callbackUrl(state, two.bank), { ...FRAMED, cookie });

  expect([bootOf(atHonest).session, bootOf(atHostile).session]).toEqual([undefined, undefined]);
  expect([exchangesAt(one), exchangesAt(two)]).toEqual([[], []]);
});

test('an ID token that the other bank signed is refused, though its key has the same id', async () => {
  const { one, two } = await startTwo('one host by path');
  const keysOf = async ({ bank }: Side) => (await fetch(`${bank.issuer}/jwks`)).json();
  const [first, second] = [await keysOf(one), await keysOf(two)];
  expect(first.keys[0].kid).toBe(second.keys[0].kid);
  expect((await two.signIn()).boot.session).toBeDefined();

  // Signed by the other, whole and honest; then signed by the other in this one's name.
  for (const claims of [{}, { iss: one.bank.issuer }]) {
    const { state, cookie } = await one.begin();
    two.bank.nonce = one.bank.nonce;
    two.bank.idToken = { claims };
    one.bank.tokenAnswer = { id_token: await two.bank.signIdToken() };
    const response = await one.get(callbackUrl(state, one.bank), { ...FRAMED, cookie });
    expect(bootOf(response)).toMatchObject({ problem: { code: 'SIGN_IN_FAILED' } });
  }
});

test('a discovery document in the other’s name, or with one of its endpoints, is refused', async () => {
  const { one, two } = await startTwo('a host each');
  const documents = [
    metadata(two.bank.issuer),
    ...['authorization_endpoint', 'token_endpoint', 'jwks_uri', 'revocation_endpoint'].map((name) => ({
      ...metadata(one.bank.issuer),
      [name]: metadata(two.bank.issuer)[name],
    })),
  ];
  for (const document of documents) {
    const { one: fresh } = await startTwo('a host each', {});
    const swapped = JSON.parse(JSON.stringify(document).replaceAll(one.bank.origin, fresh.bank.origin));
    fresh.bank.answers.set(DISCOVERY, (_request, response) => json(response, swapped));
    const response = await fresh.get('/auth', FRAMED);
    expect(bootOf(response).problem?.code).toBe('BANK_UNEXPECTED');
  }
  expect(two.bank.requests).toEqual([]);
});
