/** What a discovery document says: its issuer, its endpoints and the type of each member, or nobody signs in by it. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type HostileBank, json, metadata, OIDC, startHostileBank } from '../../hostile/hostile-bank.ts';
import { identityProviderOf } from '../../support/identity-provider-of.ts';

const DISCOVERY = `${OIDC}/.well-known/openid-configuration`;
let bank: HostileBank;
beforeAll(async () => {
  bank = await startHostileBank();
});
afterAll(() => bank.close());
beforeEach(() => bank.answers.clear());

/** What becomes of a document with these changes; undefined leaves a member out. */
async function outcomeWith(changes: Record<string, unknown>) {
  const document = { ...metadata(bank.issuer), ...changes };
  bank.answers.set(DISCOVERY, (_request, response) => json(response, document));
  const { discover, reasons } = identityProviderOf(bank);
  return { outcome: await discover(), reason: reasons[0] };
}

const port = () => new URL(bank.origin).port;
const ISSUERS: [string, () => unknown][] = [
  ['with a slash more', () => `${bank.issuer}/`],
  ['with two slashes', () => bank.issuer.replace('/oidc', '//oidc')],
  ['with a slash less', () => bank.issuer.replace('/oidc', 'oidc')],
  ['in other letters', () => bank.issuer.replace('oidc', 'OIDC')],
  ['with its scheme in capitals', () => bank.issuer.replace('http:', 'HTTP:')],
  ['with another scheme', () => bank.issuer.replace('http:', 'https:')],
  ['with another port', () => bank.issuer.replace(port(), String(Number(port()) + 1))],
  ['without its port', () => bank.issuer.replace(`:${port()}`, '')],
  ['with a zero before its port', () => bank.issuer.replace(`:${port()}`, `:0${port()}`)],
  ['with another name of the host', () => bank.issuer.replace('127.0.0.1', 'localhost')],
  ['with another spelling of the host', () => bank.issuer.replace('127.0.0.1', '127.1')],
  ['with userinfo', () => bank.issuer.replace('//', '//user:secret@')],
  ['with a host that begins like it', () => bank.issuer.replace(port(), `${port()}.evil.example`)],
  ['with a host behind an at sign', () => bank.issuer.replace(port(), `${port()}@evil.example`)],
  ['that it begins with', () => bank.origin],
  ['that begins with it', () => `${bank.issuer}.evil`],
  ['with a path more', () => `${bank.issuer}/evil`],
  ['with a query', () => `${bank.issuer}?x`],
  ['with a fragment', () => `${bank.issuer}#x`],
  ['with an empty fragment', () => `${bank.issuer}#`],
  ['with a blank', () => `${bank.issuer} `],
  ['with a blank before it', () => ` ${bank.issuer}`],
  ['with a line break in it', () => bank.issuer.replace('oidc', 'oi\ndc')],
  ['by a detour', () => bank.issuer.replace('/oidc', '/x/../oidc')],
  ['percent-encoded', () => bank.issuer.replace('oidc', '%6fidc')],
  ['with backslashes', () => bank.issuer.replaceAll('/', '\\')],
  ['of the older version', () => bank.issuer.replace('/v0', '')],
  ['of anybody', () => 'https://login.microsoftonline.com/{tenantid}/v2.0'],
  ['that is a list', () => [bank.issuer]],
  ['that is an object', () => ({ href: bank.issuer })],
  ['that is empty', () => ''],
  ['that is a number', () => 5],
  ['that is null', () => null],
  ['that is missing', () => undefined],
];
test.each(ISSUERS)('C01 an issuer %s is another one', async (_name, issuer) => {
  expect((await outcomeWith({ issuer: issuer() })).outcome).toBe('BANK_UNEXPECTED');
});

const ENDPOINTS = ['authorization_endpoint', 'token_endpoint', 'jwks_uri', 'revocation_endpoint'];
const PLACES: [string, (honest: string) => unknown][] = [
  ['on another host', () => 'https://evil.example/x'],
  ['on another port', (honest) => honest.replace(port(), '1')],
  ['with another scheme', (honest) => honest.replace('http:', 'https:')],
  ['with a scheme that is none', (honest) => honest.replace('http:', 'javascript:')],
  ['on another name of the host', (honest) => honest.replace('127.0.0.1', 'localhost')],
  ['on a host that begins like it', (honest) => honest.replace(port(), `${port()}.evil.example`)],
  ['on a host behind an at sign', (honest) => honest.replace(port(), `${port()}@evil.example`)],
  ['with a user', (honest) => honest.replace('//', '//user@')],
  ['with user and password', (honest) => honest.replace('//', '//user:secret@')],
  ['with a fragment', (honest) => `${honest}#fragment`],
  ['with an empty fragment', (honest) => `${honest}#`],
  ['with a line break', (honest) => honest.replace('oidc', 'oi\r\ndc')],
  ['with a tab before the host', (honest) => honest.replace('//', '/\t/')],
  ['with a blank', (honest) => `${honest} `],
  ['with backslashes', (honest) => honest.replace('//', '\\\\')],
  ['with a backslash before an at sign', (honest) => honest.replace('/a/', '\\@evil.example/')],
  ['with letters outside ASCII', (honest) => `${honest}/ä`],
  ['without a host', () => '/token'],
  ['without a scheme', (honest) => honest.replace('http:', '')],
  ['that is empty', () => ''],
  ['that is a number', () => 5],
  ['that is true', () => true],
  ['that is null', () => null],
  ['that is a list', (honest) => [honest]],
  ['that is an object', (honest) => ({ href: honest })],
];
test.each(PLACES)('C01 an endpoint %s is not used, whichever it is', async (_name, placeOf) => {
  for (const endpoint of ENDPOINTS) {
    const honest = String(metadata(bank.issuer)[endpoint]);
    const { outcome, reason } = await outcomeWith({ [endpoint]: placeOf(honest) });
    expect([endpoint, outcome, reason]).toEqual([
      endpoint,
      'BANK_UNEXPECTED',
      expect.stringMatching(/^discovery (endpoint|types)$/),
    ]);
  }
});

test.each(['authorization_endpoint', 'token_endpoint', 'jwks_uri'])(
  'C01 a document without %s is none',
  async (name) => {
    expect((await outcomeWith({ [name]: undefined })).outcome).toBe('BANK_UNEXPECTED');
  },
);

const TYPES: [string, unknown[]][] = [
  ['code_challenge_methods_supported', ['S256', 5, null, {}, [5], [['S256']]]],
  ['id_token_signing_alg_values_supported', ['ES256', 5, null, {}, [null], [['ES256']]]],
  ['token_endpoint_auth_methods_supported', ['client_secret_post', 5, null, {}, [5]]],
  ['authorization_response_iss_parameter_supported', ['true', 1, null, [], {}]],
];
test.each(TYPES)('C01 a document whose %s is of another type is not used', async (name, values) => {
  for (const value of values)
    expect([value, (await outcomeWith({ [name]: value })).outcome]).toEqual([value, 'BANK_UNEXPECTED']);
});

test('what no sign-in rests on may be missing, elsewhere or anything', async () => {
  const changes = {
    revocation_endpoint: undefined,
    authorization_response_iss_parameter_supported: undefined,
    code_challenge_methods_supported: undefined,
    userinfo_endpoint: 'https://evil.example/',
    end_session_endpoint: 5,
    scopes_supported: 'openid',
    mtls_endpoint_aliases: { token_endpoint: 'https://evil.example/' },
  };

  expect((await outcomeWith(changes)).outcome).toBe('good');
});
