/** The discovery document and the keys are those of a live Banno tenant, as far as a sandbox can keep the promise. */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startBank } from './bank.ts';
import { CARD, HandWrittenClient } from './hand-written-client.ts';
import type { Bank } from './options.ts';

let bank: Bank;
let document: Record<string, unknown>;

beforeAll(async () => {
  bank = await startBank({ origin: 'http://localhost:0', clients: [] });
  document = await read(`${bank.issuer}/.well-known/openid-configuration`);
});
afterAll(() => bank.close());

function digest(names: string[]): string {
  return createHash('sha256').update(names.toSorted().join(' ')).digest('base64url').slice(0, 16);
}

async function read(url: string) {
  return (await (await fetch(url)).json()) as Record<string, unknown>;
}

test('the issuer carries the path', () => {
  expect(bank.issuer).toBe(`${bank.origin}/a/consumer/api/v0/oidc`);
  expect(document['issuer']).toBe(bank.issuer);
});

test('every endpoint has its Banno name below the issuer', () => {
  expect(document).toMatchObject({
    authorization_endpoint: `${bank.issuer}/auth`,
    token_endpoint: `${bank.issuer}/token`,
    userinfo_endpoint: `${bank.issuer}/me`,
    jwks_uri: `${bank.issuer}/jwks`,
    revocation_endpoint: `${bank.issuer}/token/revocation`,
    introspection_endpoint: `${bank.issuer}/token/introspection`,
    end_session_endpoint: `${bank.issuer}/logout`,
    pushed_authorization_request_endpoint: `${bank.issuer}/request`,
  });
});

test('the same document is at the root, and at another address of the same bank', async () => {
  expect(await read(`${bank.origin}/.well-known/openid-configuration`)).toEqual(document);
  const { port } = new URL(bank.origin);
  expect(await read(`http://127.0.0.1:${port}/.well-known/openid-configuration`)).toEqual(document);
});

test('behind a proxy that ends TLS every address is of the https origin', async () => {
  const secure = await startBank({ origin: 'https://localhost:0', clients: [CARD] });
  const here = secure.origin.replace('https:', 'http:');
  const headers = { 'x-forwarded-host': 'elsewhere.example', 'x-forwarded-proto': 'http' };
  const response = await fetch(`${here}/.well-known/openid-configuration`, { headers });
  const found = (await response.json()) as Record<string, unknown>;
  expect(found['issuer']).toBe(secure.issuer);
  for (const name of Object.keys(document).filter((member) => /_endpoint$|^jwks_uri$/.test(member))) {
    expect(found[name], name).toBe(String(document[name]).replace(bank.origin, secure.origin));
  }
  const url = new HandWrittenClient(secure).authorizationUrl({ prompt: 'login' });
  const page = await fetch(url.href.replace(secure.origin, here), { redirect: 'manual' });
  expect(page.headers.get('location')).toMatch(/^\/a\/consumer\/api\/v0\/oidc\/login\//);
  await secure.close();
});

test('capabilities are the live ones', () => {
  expect(document).toMatchObject({
    response_types_supported: ['code', 'none'],
    response_modes_supported: ['form_post', 'fragment', 'query'],
    code_challenge_methods_supported: ['S256'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'private_key_jwt'],
    token_endpoint_auth_signing_alg_values_supported: ['RS256', 'PS256', 'ES256', 'EdDSA'],
    claims_parameter_supported: true,
    request_parameter_supported: false,
    request_uri_parameter_supported: false,
    authorization_response_iss_parameter_supported: true,
    subject_types_supported: ['public'],
    claim_types_supported: ['normal'],
    acr_values_supported: ['standard', 'enhanced', 'high', 'restricted'].map(
      (level) => `https://api.banno.com/consumer/security-level/${level}`,
    ),
  });
  for (const list of ['id_token', 'userinfo']) {
    const algorithms = document[`${list}_signing_alg_values_supported`] as string[];
    expect(algorithms.toSorted()).toEqual(['ES256', 'PS256', 'RS256']);
    expect(document[`${list}_encryption_alg_values_supported`]).toEqual([
      'A128KW',
      'A256KW',
      'ECDH-ES',
      'RSA-OAEP',
      'RSA-OAEP-256',
      'dir',
    ]);
    expect(document[`${list}_encryption_enc_values_supported`]).toEqual([
      'A128CBC-HS256',
      'A128GCM',
      'A256CBC-HS512',
      'A256GCM',
    ]);
  }
});

test('116 scopes and 52 claims are advertised', () => {
  const scopes = document['scopes_supported'] as string[];
  expect(new Set(scopes).size).toBe(116);
  expect(scopes).toEqual(
    expect.arrayContaining([
      'openid',
      'https://api.banno.com/consumer/auth/offline_access',
      'https://api.banno.com/consumer/auth/accounts.readonly',
      'https://jackhenry.com/abilities/user.abilities.read',
    ]),
  );
  const claims = document['claims_supported'] as string[];
  expect(new Set(claims).size).toBe(52);
  expect(claims).toContain('https://api.banno.com/consumer/claim/institution_id');
  // Every single name, as compared with the live document; spelling all 168 out once more would prove nothing else.
  expect([scopes, claims].map(digest)).toEqual(['ZmJekrXvcgVJImjS', 'r9nzacw4TDMQLlnh']);
});

test('what the live tenant does not have is not there, nor what a sandbox could not keep', () => {
  for (const name of [
    'registration_endpoint',
    'prompt_values_supported',
    'backchannel_logout_supported',
    'frontchannel_logout_supported',
    'check_session_iframe',
    'require_pushed_authorization_requests',
    'dpop_signing_alg_values_supported',
  ]) {
    expect(document).not.toHaveProperty(name);
  }
  // Banno has token exchange as third; nothing here could exchange a token for anything.
  expect(document['grant_types_supported']).toEqual(['authorization_code', 'refresh_token']);
});

test('keys are public, several, and of their own media type', async () => {
  const response = await fetch(String(document['jwks_uri']));
  expect(response.headers.get('content-type')).toMatch(/^application\/jwk-set\+json/);
  const { keys } = (await response.json()) as { keys: Record<string, unknown>[] };
  expect(keys).toEqual(
    expect.arrayContaining([expect.objectContaining({ kty: 'EC', crv: 'P-256', alg: 'ES256', use: 'sig' })]),
  );
  expect(keys.length).toBeGreaterThan(1);
  expect(keys.every((key) => typeof key['kid'] === 'string' && !('d' in key))).toBe(true);
});

test('no origin may read anything', async () => {
  const headers = { origin: 'https://elsewhere.example' };
  for (const path of ['/.well-known/openid-configuration', '/jwks', '/me']) {
    const response = await fetch(`${bank.issuer}${path}`, { headers });
    expect([...response.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
  }
});

test('what the document says, and the bank about itself, can be changed', async () => {
  const liar = await startBank({ origin: 'http://localhost:0', clients: [CARD] });
  const url = new HandWrittenClient(liar).authorizationUrl({ prompt: 'none' });
  const callback = async () => {
    const { headers } = await fetch(url, { redirect: 'manual' });
    return {
      iss: new URL(String(headers.get('location'))).searchParams.get('iss'),
      date: headers.get('date'),
    };
  };
  expect((await callback()).iss).toBe(liar.issuer);
  Object.assign(liar.switches, {
    discovery: { issuer: 'https://www.banno.com/a/consumer/api/oidc', jwks_uri: null },
    callbackIssuer: 'other',
    clockAheadSeconds: 3_600,
  });
  const changed = await read(`${liar.issuer}/.well-known/openid-configuration`);
  expect(changed['issuer']).toBe('https://www.banno.com/a/consumer/api/oidc');
  expect(changed).not.toHaveProperty('jwks_uri');
  expect(changed).toHaveProperty('token_endpoint');
  const { iss, date } = await callback();
  expect(iss).not.toBe(liar.issuer);
  expect(Date.parse(String(date)) - Date.now()).toBeGreaterThan(3_500_000);
  liar.switches.callbackIssuer = 'none';
  expect((await callback()).iss).toBeNull();
  await liar.close();
});

test.each(['discovery', 'keys', 'authorization'] as const)(
  'a fault can strike at %s alone',
  async (faultAt) => {
    const ailing = await startBank({ origin: 'http://localhost:0', clients: [CARD] });
    Object.assign(ailing.switches, { fault: '503', faultAt });
    const status = async (path: string) =>
      (await fetch(ailing.issuer + path, { redirect: 'manual' })).status === 503;
    expect(await status('/.well-known/openid-configuration')).toBe(faultAt === 'discovery');
    expect(await status('/jwks')).toBe(faultAt === 'keys');
    expect(await status('/auth')).toBe(faultAt === 'authorization');
    await ailing.close();
  },
);
