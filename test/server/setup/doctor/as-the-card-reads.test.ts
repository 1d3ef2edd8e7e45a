/** What the card itself would refuse of a bank, or would ask otherwise, the doctor sees with the card's eyes. */
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import {
  fixed,
  type HostileBank,
  json,
  metadata,
  OIDC,
  startHostileBank,
} from '../../../hostile/hostile-bank.ts';
import { SECRET, type Stage, startStage } from './stage.ts';

const DISCOVERY = `${OIDC}/.well-known/openid-configuration`;

let stage: Stage;

beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage.close());

async function hostileBank(): Promise<{ bank: HostileBank; line(id: string): Promise<string> }> {
  const bank = await startHostileBank();
  onTestFinished(() => bank.close());
  const changes = { bankOrigin: bank.origin, issuer: bank.issuer };
  return { bank, line: (id) => stage.line(id, changes) };
}

test.each<[what: string, changes: (bank: HostileBank) => object]>([
  ['a list that is none', () => ({ code_challenge_methods_supported: 'S256' })],
  ['a name in a list that is none', () => ({ id_token_signing_alg_values_supported: ['ES256', null] })],
  [
    'a promise that is neither true nor false',
    () => ({ authorization_response_iss_parameter_supported: 'yes' }),
  ],
  [
    'an endpoint with a password',
    ({ issuer }) => ({ token_endpoint: `${issuer.replace('//', '//u:p@')}/token` }),
  ],
  ['an endpoint with a fragment', ({ issuer }) => ({ authorization_endpoint: `${issuer}/auth#here` })],
])('a discovery document with %s fails, as at the card', async (_what, changes) => {
  const { bank, line } = await hostileBank();
  bank.answers.set(DISCOVERY, (_request, response) =>
    json(response, { ...metadata(bank.issuer), ...changes(bank) }),
  );
  expect(await line('endpoints')).toMatch(/^fail: .*the card refuses it.* Jack Henry/);
  expect(await line('client')).toBe('skip: Not looked at: first mend "Endpoints".');
});

test('a discovery document that says something twice fails, as at the card', async () => {
  const { bank, line } = await hostileBank();
  const twice = JSON.stringify(metadata(bank.issuer)).replace('{', '{"issuer":"https://elsewhere.example",');
  bank.answers.set(DISCOVERY, fixed(200, twice, { 'content-type': 'application/json' }));
  expect(await line('discovery')).toMatch(/^fail: .*twice/);
});

const publicJwk = (key: ReturnType<typeof generateKeyPairSync>['privateKey']) =>
  createPublicKey(key).export({ format: 'jwk' });

test.each<[what: string, key: () => object]>([
  ['of another curve', () => publicJwk(generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey)],
  ['too short', () => publicJwk(generateKeyPairSync('rsa', { modulusLength: 1_024 }).privateKey)],
  ['half', () => ({ kty: 'EC', crv: 'P-256' })],
  ['private', () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' })],
])('a signing key that is %s is none, as at the card', async (_what, key) => {
  const { bank, line } = await hostileBank();
  const keys = [key()];
  expect(await line('keys')).toMatch(/^pass: 1 key /);
  bank.answers.set(`${OIDC}/jwks`, (_request, response) => json(response, { keys }));
  expect(await line('keys')).toMatch(/^fail: The bank publishes no key that could sign an ID token/);
});

test('a bank that wants the secret in a header alone is asked so, as by the card', async () => {
  const { bank, line } = await hostileBank();
  const methods = { token_endpoint_auth_methods_supported: ['client_secret_basic'] };
  bank.answers.set(DISCOVERY, (_request, response) =>
    json(response, { ...metadata(bank.issuer), ...methods }),
  );
  // RFC 6749 section 2.3.1: each half is encoded as in a form.
  const credentialsOf = ({ authorization = '' }: IncomingHttpHeaders) =>
    decodeURIComponent(Buffer.from(authorization.replace(/^Basic /, ''), 'base64').toString());
  bank.answers.set(`${OIDC}/token`, ({ headers }, response, body) => {
    const isKnown = credentialsOf(headers) === `my-card:${SECRET}` && !body.includes(SECRET);
    response
      .writeHead(isKnown ? 400 : 401, { 'content-type': 'application/json' })
      .end(`{"error":"${isKnown ? 'invalid_grant' : 'invalid_client'}"}`);
  });
  expect(await line('client')).toMatch(/^pass: /);
});
