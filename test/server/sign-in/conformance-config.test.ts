/** The 6 cases of the certification suite's plan `oidcc-client-config-certification-test-plan`, under their names there. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Forgery, forge, signedByBank } from '../../hostile/forge.ts';
import { json, metadata, OIDC } from '../../hostile/hostile-bank.ts';
import { createKeyring, type SigningKey, signature } from '../../hostile/signing-keys.ts';
import { bootOf, callbackUrl, FRAMED, startTestCard, type TestCard } from '../../support/test-card.ts';

const DISCOVERY = `${OIDC}/.well-known/openid-configuration`;
const JWKS = `${OIDC}/jwks`;

let card: TestCard;
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  card = await startTestCard();
});
afterEach(async () => {
  vi.useRealTimers();
  await card.close();
});

const asked = (path: string) => card.bank.requests.filter((request) => request.path === path).length;

function discover(changes: Record<string, unknown>): void {
  const document = { ...metadata(card.bank.issuer), ...changes };
  card.bank.answers.set(DISCOVERY, (_request, response) => json(response, document));
}

/** From now on the bank signs with this key alone, and publishes no other. */
function rotateTo(key: SigningKey): void {
  card.bank.forgery = signedWithKey(key);
  card.bank.answers.set(JWKS, (_request, response) => json(response, { keys: [key.jwk] }));
}

function signedWithKey({ kid, privateKey }: SigningKey): Forgery {
  return ({ claims }) =>
    forge({
      header: { alg: 'ES256', kid },
      payload: claims,
      signature: (input) => signature('ES256', input, privateKey),
    });
}

test('oidcc-client-test-discovery-openid-config: the document below the issuer is read, and its endpoints are used', async () => {
  const { origin } = card.bank;
  discover({
    authorization_endpoint: `${origin}/elsewhere/authorize`,
    token_endpoint: `${origin}/elsewhere/token`,
  });
  card.bank.answers.set('/elsewhere/token', async (_request, response) =>
    json(response, {
      access_token: 'a.b.c',
      token_type: 'Bearer',
      id_token: signedByBank(card.bank.draft()),
    }),
  );

  const { url, boot } = await card.signIn();

  expect(asked(DISCOVERY)).toBe(1);
  expect(url.origin + url.pathname).toBe(`${origin}/elsewhere/authorize`);
  expect([asked('/elsewhere/token'), asked(`${OIDC}/token`)]).toEqual([1, 0]);
  expect(boot.session).toBeDefined();
});

test('oidcc-client-test-discovery-jwks-uri-keys: the keys come from where the document says', async () => {
  const key = createKeyring('moved').of('ES256');
  discover({ jwks_uri: `${card.bank.origin}/elsewhere/keys` });
  card.bank.answers.set('/elsewhere/keys', (_request, response) => json(response, { keys: [key.jwk] }));
  card.bank.forgery = signedWithKey(key);

  expect((await card.signIn()).boot.session).toBeDefined();
  expect([asked('/elsewhere/keys'), asked(JWKS)]).toEqual([1, 0]);
});

test('oidcc-client-test-discovery-issuer-mismatch: nothing of the document is used', async () => {
  discover({ issuer: `${card.bank.issuer}1` });

  const entry = await card.get('/auth', FRAMED);

  expect(entry.headers.location).toBeUndefined();
  expect(bootOf(entry).problem?.code).toBe('BANK_UNEXPECTED');
  expect(card.bank.requests.map(({ path }) => path)).not.toContain(`${OIDC}/token`);
});

test('oidcc-client-test-idtoken-sig-none: rejected, even where the bank advertises it', async () => {
  discover({ id_token_signing_alg_values_supported: ['none', 'ES256'] });
  card.bank.forgery = ({ claims }) => forge({ header: { alg: 'none' }, payload: claims, signature: '' });

  const { boot } = await card.signIn();

  expect(boot.problem?.code).toBe('SIGN_IN_FAILED');
  expect(boot.session).toBeUndefined();
});

test('oidcc-client-test-signing-key-rotation-just-before-signing: the keys are read again, once', async () => {
  await card.signIn();
  vi.setSystemTime(Date.now() + 61_000);
  const { state, cookie } = await card.begin();
  const before = asked(JWKS);
  rotateTo(createKeyring('next').of('ES256'));

  const callback = await card.get(callbackUrl(state, card.bank), { ...FRAMED, cookie });

  expect(bootOf(callback).session).toBeDefined();
  expect(asked(JWKS)).toBe(before + 1);
});

test('oidcc-client-test-signing-key-rotation: a second sign-in with a new key succeeds', async () => {
  const [first, second] = ['first', 'second'].map((owner) => createKeyring(owner).of('ES256'));
  if (first === undefined || second === undefined) throw new Error('two keys are needed');
  rotateTo(first);
  expect((await card.signIn()).boot.session).toBeDefined();
  rotateTo(second);
  vi.setSystemTime(Date.now() + 61_000);

  expect((await card.signIn()).boot.session).toBeDefined();
  expect(asked(JWKS)).toBe(2);
});
