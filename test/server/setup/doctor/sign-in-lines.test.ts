/** The lines about the External Application: id, secret, and each Redirect URI. */
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import type { Institution } from '../../../../server/institution.ts';
import type { Switches } from '../../../banno/options.ts';
import { fixed, startHostileBank } from '../../../hostile/hostile-bank.ts';
import { SECRET, type Stage, startStage } from './stage.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await startStage();
});
beforeEach(() => stage.reset());
afterAll(() => stage.close());

test.each<[changes: Partial<Institution>, expected: RegExp]>([
  [{}, /^pass: The bank knows this client and accepts its secret/],
  [
    { clientSecret: 'wrong' },
    /^fail: The bank knows the Client ID, but not with this secret\. .*Client Secret .* to CLIENT_SECRET/,
  ],
  [
    { clientId: 'wrong' },
    /^fail: The bank does not know this Client ID, or not with .*to CLIENT_ID and CLIENT_SECRET/,
  ],
])('the client with %j', async (changes, expected) => {
  expect(await stage.line('client', changes)).toMatch(expected);
});

test.each<[Partial<Switches>, RegExp]>([
  [{ fault: '500', faultAt: 'token' }, /^warn: .*cannot be told: the bank answered 500 \(server_error\)/],
  [{ fault: 'html', faultAt: 'token' }, /^warn: .*cannot be told: the bank answered 200\./],
  [{ fault: '401', faultAt: 'token' }, /^fail: The bank knows the Client ID, but/],
  [{ fault: 'timeout', faultAt: 'token' }, /^fail: .*did not answer in time/],
])('the client where the token endpoint has %j', async (switches, expected) => {
  Object.assign(stage.bank.switches, switches);
  expect(await stage.line('client')).toMatch(expected);
});

test('the secret goes to no endpoint outside the bank', async () => {
  stage.bank.switches.discovery = { token_endpoint: `${stage.publicUrl}/token` };
  const bodies: string[] = [];
  stage.front.change = ({ path }) => void bodies.push(path);
  expect(await stage.line('client')).toBe('skip: Not looked at: first mend "Endpoints".');
  expect(bodies).not.toContain('/token');
});

const LINES = ['redirect-uri-auth', 'redirect-uri-auth-callback', 'redirect-uri-expanded'];

test.each(LINES)('%s fails alone where its address is registered with a slash at the end', async (line) => {
  const paths = ['/auth', '/auth/callback', '/expanded'];
  const wrong = LINES.indexOf(line);
  const redirectUris = paths.map((path, at) => stage.publicUrl + path + (at === wrong ? '/' : ''));
  stage.register({ redirectUris });
  for (const other of LINES) {
    const found = await stage.line(other);
    if (other !== line) expect(found).toMatch(/^pass: .* is registered/);
    else {
      expect(found).toMatch(/^fail: .* is not registered exactly like this\. In Banno People, .*no slash/);
      expect(found).toContain(`enter ${stage.publicUrl}${paths[wrong]}`);
    }
  }
});

test('only the first one is called the first, and that its place cannot be seen', async () => {
  expect(await stage.line('redirect-uri-auth')).toContain('cannot be seen from outside');
  expect(await stage.line('redirect-uri-expanded')).not.toContain('first');
  stage.register({ redirectUris: [`${stage.publicUrl}/Auth`] });
  expect(await stage.line('redirect-uri-auth')).toContain(`${stage.publicUrl}/auth as the first one`);
});

test('an unknown client is one mistake, not four', async () => {
  for (const line of LINES)
    expect(await stage.line(line, { clientId: 'wrong' })).toBe(
      'skip: Not looked at: first mend "Client ID and secret".',
    );
  expect(await stage.line(LINES[0] ?? '', { clientSecret: 'wrong' })).toMatch(/^pass: /);
});

test.each<[Partial<Switches>, RegExp]>([
  [{ fault: '503', faultAt: 'authorization' }, /^warn: .*cannot be told: the bank answered with 503/],
  [{ fault: '403', faultAt: 'authorization' }, /^fail: The bank refuses to send .* most likely it is not/],
  [{ fault: 'timeout', faultAt: 'authorization' }, /^fail: .*did not answer in time/],
])('a Redirect URI where the authorization endpoint has %j', async (switches, expected) => {
  Object.assign(stage.bank.switches, switches);
  expect(await stage.line('redirect-uri-auth')).toMatch(expected);
});

test('a bank that does not know prompt=none is asked without it', async () => {
  const bank = await startHostileBank();
  onTestFinished(() => bank.close());
  bank.answers.set('/a/consumer/api/v0/oidc/auth', ({ url = '' }, response) => {
    const query = new URL(url, bank.origin).searchParams;
    const isKnown = query.get('redirect_uri')?.endsWith('/auth') === true;
    if (query.has('prompt')) response.writeHead(400).end('This cannot be done');
    else if (isKnown) response.writeHead(302, { location: '/login?request=4711' }).end();
    else response.writeHead(400).end('redirect_uri');
  });
  const changes = { bankOrigin: bank.origin, issuer: bank.issuer };
  expect(await stage.line('redirect-uri-auth', changes)).toMatch(/^pass: /);
  expect(await stage.line('redirect-uri-expanded', changes)).toMatch(/^fail: .*not registered exactly/);
});

test('a bank that sends everybody to its sign-in page first says nothing about addresses', async () => {
  const bank = await startHostileBank();
  onTestFinished(() => bank.close());
  bank.answers.set('/a/consumer/api/v0/oidc/auth', fixed(302, '', { location: '/login' }));
  const changes = { bankOrigin: bank.origin, issuer: bank.issuer };
  expect(await stage.line('redirect-uri-auth', changes)).toMatch(
    /^warn: .*cannot be told: .*the same as for an address .* see that .*\/auth stands there as the first one/,
  );
});

test('scopes that the bank refuses outright are told from those it does not offer', async () => {
  const bank = await startHostileBank();
  onTestFinished(() => bank.close());
  const location = `${stage.publicUrl}/auth/callback?error=invalid_scope&iss=${bank.issuer}`;
  bank.answers.set('/a/consumer/api/v0/oidc/auth', fixed(302, '', { location }));
  expect(await stage.line('scopes', { bankOrigin: bank.origin, issuer: bank.issuer })).toMatch(
    /^fail: .*\(invalid_scope\)\. In Banno People, allow/,
  );
});

test('a second External Application is looked at with its own lists', async () => {
  const expanded = { clientId: 'my-expanded-card', clientSecret: 'canary-expanded' };
  const uris = ['/expanded', '/auth/callback'].map((path) => stage.publicUrl + path);
  stage.register({ redirectUris: ['/auth', '/auth/callback'].map((path) => stage.publicUrl + path) });
  stage.register({ ...expanded, redirectUris: uris });
  const findings = await stage.examine({ expanded });
  const signIn = findings.filter(({ group }) => group === 'Sign-in');
  expect(signIn.map(({ id, status }) => `${status} ${id}`)).toEqual([
    'pass client',
    'pass client-expanded',
    'pass redirect-uri-auth',
    'pass redirect-uri-auth-callback',
    'pass redirect-uri-expanded-expanded',
    'pass redirect-uri-expanded-auth-callback',
  ]);
  stage.register({ ...expanded, redirectUris: [`${stage.publicUrl}/elsewhere`] });
  expect(await stage.line('redirect-uri-expanded-expanded', { expanded })).toMatch(
    /^fail: .* External Application of the expanded view/,
  );
  const wrong = { expanded: { ...expanded, clientSecret: SECRET } };
  expect(await stage.line('client-expanded', wrong)).toMatch(/^fail: /);
});

test('scopes that the bank refuses to the second application alone are found', async () => {
  const bank = await startHostileBank();
  onTestFinished(() => bank.close());
  bank.answers.set('/a/consumer/api/v0/oidc/auth', ({ url = '' }, response) => {
    const query = new URL(url, bank.origin).searchParams;
    const error = query.get('client_id') === 'second' ? 'invalid_scope' : 'login_required';
    response.writeHead(302, { location: `${query.get('redirect_uri')}?error=${error}` }).end();
  });
  const expanded = { clientId: 'second', clientSecret: SECRET };
  expect(await stage.line('scopes', { bankOrigin: bank.origin, issuer: bank.issuer, expanded })).toMatch(
    /^fail: .*invalid_scope.*allow the External Application of the expanded view these scopes: openid, /,
  );
});
