/** The lines about the bank: each passes with an honest sandbox bank, and fails with one that errs in just that. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Switches } from '../../../banno/options.ts';
import { type Stage, startStage } from './stage.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await startStage();
});
beforeEach(() => stage.reset());
afterAll(() => stage.close());

const OLD_ISSUER = 'https://www.banno.com/a/consumer/api/oidc';
const NO_CLAIM = { claims_supported: ['sub', 'given_name', 'locale'] };

test('with everything in order every line passes', async () => {
  const findings = await stage.examine();
  expect(findings.filter(({ status }) => status !== 'pass')).toEqual([]);
  expect(findings.map(({ id }) => id)).toHaveLength(new Set(findings.map(({ id }) => id)).size);
});

test.each<[line: string, switches: Partial<Switches>, expected: RegExp]>([
  ['bank-clock', { clockAheadSeconds: 10 }, /^pass: .* within (9|10) s/],
  ['bank-clock', { clockAheadSeconds: 60 }, /^warn: .* (59|60) s ahead of .* NTP/],
  ['bank-clock', { clockAheadSeconds: -400 }, /^fail: .* 40[01] s behind .*every sign-in is refused/],
  ['discovery', { fault: '503', faultAt: 'discovery' }, /^fail: The bank answers 503 .* maintenance/],
  ['discovery', { fault: '403', faultAt: 'discovery' }, /^fail: .* answers 403.* Set BANNO_URL/],
  ['discovery', { fault: 'html', faultAt: 'discovery' }, /^fail: .* not answer with a discovery document/],
  ['discovery', { fault: 'cut', faultAt: 'discovery' }, /^fail: The connection to .* broke/],
  ['discovery', { fault: 'timeout', faultAt: 'discovery' }, /^fail: .* did not answer in time \(TIMEOUT\)/],
  [
    'issuer',
    { discovery: { issuer: 'https://banno.other-fi.com/a/consumer/api/v0/oidc' } },
    /^fail: .*set BANNO_URL/,
  ],
  [
    'issuer',
    { discovery: { issuer: null } },
    /^fail: The discovery document is of nothing, .* Tell Jack Henry/,
  ],
  [
    'issuer',
    { discovery: { issuer: OLD_ISSUER } },
    /^fail: .*deprecated, unversioned .*Set BANNO_URL .*\/certs to \/jwks/,
  ],
  ['endpoints', { discovery: { token_endpoint: `${OLD_ISSUER}/token` } }, /^fail: .*deprecated, unversioned/],
  [
    'endpoints',
    { discovery: { token_endpoint: 'https://elsewhere.example/token' } },
    /^fail: .*token_endpoint is https:\/\/elsewhere/,
  ],
  ['endpoints', { discovery: { jwks_uri: null } }, /^fail: .*jwks_uri is nothing/],
  ['keys', { fault: '500', faultAt: 'keys' }, /^fail: The bank answers 500 where its signing keys/],
  ['keys', { fault: 'html', faultAt: 'keys' }, /^fail: The bank publishes no key/],
  ['pkce', { discovery: { code_challenge_methods_supported: ['plain'] } }, /^fail: .* only plain/],
  ['pkce', { discovery: { code_challenge_methods_supported: null } }, /^warn: /],
  [
    'algorithms',
    { discovery: { id_token_signing_alg_values_supported: ['HS256', 'none'] } },
    /^fail: .*HS256, none/,
  ],
  ['algorithms', { discovery: { id_token_signing_alg_values_supported: null } }, /^warn: /],
  ['iss', { callbackIssuer: 'other' }, /^fail: .*come from https:\/\/another-bank\.example/],
  ['iss', { callbackIssuer: 'none' }, /^fail: The bank promises iss/],
  [
    'iss',
    { callbackIssuer: 'none', discovery: { authorization_response_iss_parameter_supported: null } },
    /^warn: .*need not say/,
  ],
  [
    'scopes',
    { discovery: { scopes_supported: ['openid', 'profile'] } },
    /^fail: .*accounts\.readonly.* Ask Jack Henry/,
  ],
  ['scopes', { discovery: { scopes_supported: null } }, /^warn: .* allow the External Application/],
  ['claims', { discovery: NO_CLAIM }, /^fail: .*claim\/institution_id/],
  ['claims', { discovery: { claims_supported: null } }, /^warn: /],
  ['claims', { discovery: { claims_parameter_supported: false } }, /^fail: .*no claims parameter/],
])('%s with %j', async (line, switches, expected) => {
  Object.assign(stage.bank.switches, switches);
  expect(await stage.line(line)).toMatch(expected);
});

test('an issuer of somebody else keeps the secret at home', async () => {
  stage.bank.switches.discovery = { issuer: OLD_ISSUER };
  expect(await stage.line('client')).toBe('skip: Not looked at: first mend "Issuer".');
});

test('an authorization endpoint that is down is the matter of the Redirect URIs alone', async () => {
  Object.assign(stage.bank.switches, { fault: 'timeout', faultAt: 'authorization' });
  const findings = await stage.examine();
  const failed = findings.filter(({ status }) => status === 'fail').map(({ id }) => id);
  expect(failed).toEqual(['redirect-uri-auth', 'redirect-uri-auth-callback', 'redirect-uri-expanded']);
});

test('a scope that only a choice asks for is mended by the choice, too', async () => {
  const scopes = ['openid', 'profile', 'https://api.banno.com/consumer/auth/accounts.readonly'];
  stage.bank.switches.discovery = { scopes_supported: scopes };
  expect(await stage.line('scopes')).toMatch(/^pass: All 3 are offered/);
  expect(await stage.line('scopes', { transactions: true, offlineAccess: true })).toMatch(
    /^fail: .*transactions.*offline_access.* set TRANSACTIONS and OFFLINE_ACCESS to false/,
  );
});

test('a bank that redirects its discovery document is not followed', async () => {
  const bankOrigin = stage.publicUrl;
  stage.front.change = (answer) => {
    if (answer.path.includes('openid-configuration'))
      Object.assign(answer, { status: 301, headers: { location: 'https://elsewhere.example/?code=canary' } });
  };
  const line = await stage.line('discovery', { bankOrigin, issuer: `${bankOrigin}/a/consumer/api/v0/oidc` });
  expect(line).toMatch(/^fail: .*redirects to https:\/\/elsewhere\.example\/,/);
  expect(line).not.toContain('canary');
});

test('what cannot be looked at is skipped, with the reason', async () => {
  Object.assign(stage.bank.switches, { fault: '503', faultAt: 'discovery' });
  for (const line of [
    'issuer',
    'endpoints',
    'keys',
    'pkce',
    'iss',
    'client',
    'redirect-uri-auth',
    'entry',
    'cookie',
  ])
    expect(await stage.line(line), line).toBe('skip: Not looked at: first mend "Discovery".');
  expect(await stage.line('bank-clock')).toMatch(/^pass: /);
  expect(await stage.line('framing')).toMatch(/^pass: /);
});
