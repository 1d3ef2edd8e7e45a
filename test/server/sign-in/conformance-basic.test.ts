/** The 14 cases of the certification suite's plan `oidcc-client-basic-certification-test-plan`, under their names there. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Forgery, forge, signedByBank } from '../../hostile/forge.ts';
import { ACCOUNTS_PATH, CLIENT, json, metadata, OIDC, SUBJECT } from '../../hostile/hostile-bank.ts';
import { createKeyring } from '../../hostile/signing-keys.ts';
import { type SignedIn, startTestCard, type TestCard } from '../../support/test-card.ts';

const USERINFO = `${OIDC}/me`;

let card: TestCard;
beforeEach(async () => {
  card = await startTestCard();
  provide();
  card.bank.answers.set(USERINFO, (_request, response) =>
    json(response, { sub: SUBJECT, given_name: 'Userinfo' }),
  );
});
afterEach(() => card.close());

/** The suite's provider signs with RS256 and offers userinfo. */
function provide(changes: Record<string, unknown> = {}): void {
  const { bank } = card;
  const document = {
    ...metadata(bank.issuer),
    id_token_signing_alg_values_supported: ['RS256'],
    userinfo_endpoint: bank.origin + USERINFO,
    ...changes,
  };
  bank.answers.set(`${OIDC}/.well-known/openid-configuration`, (_request, response) =>
    json(response, document),
  );
  publish(bank.draft().bankKey('RS256').jwk);
  bank.forgery = rs256();
}

function publish(...keys: object[]): void {
  card.bank.answers.set(`${OIDC}/jwks`, (_request, response) => json(response, { keys }));
}

function rs256(claims: Record<string, unknown> = {}, header: Record<string, unknown> = {}): Forgery {
  return (draft) => {
    const { kid } = draft.bankKey('RS256');
    return signedByBank(
      { ...draft, header: { ...draft.header, alg: 'RS256' } },
      { header: { alg: 'RS256', kid, ...header }, payload: { ...draft.claims, ...claims } },
    );
  };
}

const asked = (path: string) => card.bank.requests.filter((request) => request.path === path);

function expectAccepted({ boot }: SignedIn): void {
  expect(boot.problem).toBeUndefined();
  expect(boot.session).toMatch(/^[\w-]{43}$/);
  expect([asked(ACCOUNTS_PATH).length, asked(USERINFO).length]).toEqual([1, 0]);
}

function expectRejected({ boot }: SignedIn): void {
  expect(boot.problem?.code).toBe('SIGN_IN_FAILED');
  expect(boot.session).toBeUndefined();
  expect([asked(`${OIDC}/token`).length, asked(ACCOUNTS_PATH).length, asked(USERINFO).length]).toEqual([
    1, 0, 0,
  ]);
}

test('oidcc-client-test: the code flow with state, nonce and PKCE; the access token travels as a header', async () => {
  const signedIn = await card.signIn();

  expectAccepted(signedIn);
  const request = Object.fromEntries(signedIn.url.searchParams);
  expect(request).toMatchObject({
    response_type: 'code',
    client_id: CLIENT.id,
    code_challenge_method: 'S256',
  });
  expect(request['scope']?.split(' ')).toContain('openid');
  const exchange = new URLSearchParams(asked(`${OIDC}/token`)[0]?.body);
  expect(Object.fromEntries(exchange)).toMatchObject({
    grant_type: 'authorization_code',
    code: 'code-of-the-bank',
    redirect_uri: request['redirect_uri'],
  });
  expect(asked(ACCOUNTS_PATH)[0]?.headers.authorization).toBe('Bearer access.token.value');
});

test('oidcc-client-test-invalid-iss: rejected', async () => {
  card.bank.forgery = rs256({ iss: `${card.bank.issuer}1` });
  expectRejected(await card.signIn());
});

test('oidcc-client-test-missing-sub: rejected', async () => {
  card.bank.forgery = rs256({ sub: undefined });
  expectRejected(await card.signIn());
});

test('oidcc-client-test-invalid-aud: rejected', async () => {
  card.bank.forgery = rs256({ aud: `${CLIENT.id}1` });
  expectRejected(await card.signIn());
});

test('oidcc-client-test-missing-iat: rejected', async () => {
  card.bank.forgery = rs256({ iat: undefined });
  expectRejected(await card.signIn());
});

test('oidcc-client-test-kid-absent-single-jwks: the only key that fits is taken', async () => {
  const { bankKey } = card.bank.draft();
  publish(...['RS256', 'ES256'].map((alg) => ({ ...bankKey(alg).jwk, kid: undefined })));
  card.bank.forgery = rs256({}, { kid: undefined });
  expectAccepted(await card.signIn());
});

test('oidcc-client-test-kid-absent-multiple-jwks: rejected, no key is tried after the other', async () => {
  const keys = [card.bank.draft().bankKey('RS256'), createKeyring('second').of('RS256')];
  publish(...keys.map(({ jwk }) => ({ ...jwk, kid: undefined })));
  card.bank.forgery = rs256({}, { kid: undefined });
  expectRejected(await card.signIn());
});

test('oidcc-client-test-idtoken-sig-rs256: accepted', async () => {
  card.bank.forgery = rs256();
  expectAccepted(await card.signIn());
});

test('oidcc-client-test-idtoken-sig-none: rejected, even where the bank advertises it', async () => {
  provide({ id_token_signing_alg_values_supported: ['RS256', 'none'] });
  card.bank.forgery = ({ claims }) => forge({ header: { alg: 'none' }, payload: claims, signature: '' });
  expectRejected(await card.signIn());
});

test('oidcc-client-test-invalid-sig-rs256: rejected', async () => {
  card.bank.forgery = (draft) => {
    const [header, payload, signature = ''] = String(rs256()(draft)).split('.');
    const bytes = Buffer.from(signature, 'base64url');
    bytes[0] = (bytes[0] ?? 0) ^ 1;
    return `${header}.${payload}.${bytes.toString('base64url')}`;
  };
  expectRejected(await card.signIn());
});

test('oidcc-client-test-userinfo-invalid-sub: userinfo is never asked, so nobody else’s can be shown', async () => {
  card.bank.answers.set(USERINFO, (_request, response) =>
    json(response, { sub: 'somebody-else', given_name: 'Else' }),
  );
  const signedIn = await card.signIn();
  expectAccepted(signedIn);
  expect(signedIn.callback.body).not.toContain('Else');
});

test('oidcc-client-test-nonce-invalid: rejected', async () => {
  card.bank.forgery = (draft) => rs256({ nonce: `${draft.claims['nonce']}1` })(draft);
  expectRejected(await card.signIn());
});

test('oidcc-client-test-scope-userinfo-claims: claims of the scope profile come in the ID token, not from userinfo', async () => {
  card.bank.forgery = rs256({ given_name: 'Avery' });
  const signedIn = await card.signIn();
  expectAccepted(signedIn);
  expect(signedIn.url.searchParams.get('scope')?.split(' ')).toContain('profile');
  expect(JSON.parse(signedIn.url.searchParams.get('claims') ?? '')).toHaveProperty('id_token');
  expect(signedIn.boot.customer).toEqual({ givenName: 'Avery' });
});

test('oidcc-client-test-client-secret-basic: taken where the bank offers it alone', async () => {
  provide({ token_endpoint_auth_methods_supported: ['client_secret_basic'] });
  expectAccepted(await card.signIn());
  const [exchange] = asked(`${OIDC}/token`);
  const [scheme, credentials = ''] = exchange?.headers.authorization?.split(' ') ?? [];
  // RFC 6749 section 2.3.1: both are form-encoded first.
  const sent = Buffer.from(credentials, 'base64').toString().split(':').map(decodeURIComponent);
  expect([scheme, ...sent]).toEqual(['Basic', CLIENT.id, CLIENT.secret]);
  expect(exchange?.body).not.toContain('client_secret');
});
