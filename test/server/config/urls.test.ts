/** The two addresses of a configuration: what is accepted, and that each refusal says how to mend it. */
import { expect, test } from 'vitest';
import { ConfigError, loadConfig } from '../../../server/config.ts';
import type { Institution } from '../../../server/institution.ts';

interface Addresses {
  PUBLIC_URL?: string;
  BANNO_URL?: string;
}

function institutionOf(addresses: Addresses): Institution {
  const config = loadConfig({
    PUBLIC_URL: 'https://card.banno.example-fi.com',
    BANNO_URL: 'https://banno.example-fi.com',
    CLIENT_ID: 'client',
    CLIENT_SECRET: 'secret',
    SESSION_KEYS: Buffer.alloc(32, 1).toString('base64'),
    ...addresses,
  });
  const [institution] = config.institutions;
  if (institution === undefined) throw new Error('no institution');
  return institution;
}

function problemsOf(addresses: Addresses): readonly string[] {
  try {
    institutionOf(addresses);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

test.each([
  ['https://cards.example.com', 'https://cards.example.com', ''],
  ['https://CARDS.example.com', 'https://cards.example.com', ''],
  ['https://cards.example.com:443', 'https://cards.example.com', ''],
  ['https://cards.example.com:8443/fi', 'https://cards.example.com:8443', '/fi'],
  ['https://cards.example.com/Group-1/example.fi_~2', 'https://cards.example.com', '/Group-1/example.fi_~2'],
  ['http://localhost:4100', 'http://localhost:4100', ''],
  ['http://card.localhost:4100/fi', 'http://card.localhost:4100', '/fi'],
  ['http://127.0.0.1:4100', 'http://127.0.0.1:4100', ''],
  ['http://127.255.0.9', 'http://127.255.0.9', ''],
  ['https://192.168.1.9', 'https://192.168.1.9', ''],
])('PUBLIC_URL %s is origin and base path', (value, origin, basePath) => {
  const institution = institutionOf({ PUBLIC_URL: value });
  expect(institution).toMatchObject({ origin, basePath, publicUrl: origin + basePath });
});

test.each([
  'https://card.example.com/',
  'https://card.example.com/fi/',
  'http://localhost:4100/',
  'https://card.example.com//',
])('PUBLIC_URL %s ends with a slash, which Redirect URIs do not forgive', (value) => {
  expect(problemsOf({ PUBLIC_URL: value })).toEqual(['PUBLIC_URL must not end with a slash.']);
});

test.each([
  '/a/../b',
  '/..',
  '/a/.',
  '/a/%2e%2e/b',
  '//fi',
  '/a//b',
  '/f%20i',
  '/é',
  '/a;b',
  '/a,b',
  '/fi*',
  "/'fi",
])('PUBLIC_URL may not have the path %s', (path) => {
  expect(problemsOf({ PUBLIC_URL: `https://card.example.com${path}` })).toEqual([
    expect.stringMatching(/^PUBLIC_URL may have a path of letters/),
  ]);
});

test.each(['PUBLIC_URL', 'BANNO_URL'])('%s must be a web address', (name) => {
  for (const value of [
    'card',
    'card.example.com',
    '//card.example.com',
    'ftp://card.example.com',
    'javascript:0',
    '/',
  ])
    expect(problemsOf({ [name]: value })).toEqual([
      expect.stringMatching(`^${name} is not a web address. Set it to e.g. https://`),
    ]);
});

test.each([
  'http://card.example.com',
  'http://localhost.example.com',
  'http://notlocalhost',
  'http://card.local',
  'http://127.0.0.1.example.com',
  'http://128.0.0.1',
  'http://10.0.0.1',
  'http://0.0.0.0',
  'http://[::1]',
  'http://[::ffff:127.0.0.1]',
])('plain http is refused for %s', (value) => {
  for (const name of ['PUBLIC_URL', 'BANNO_URL'])
    expect(problemsOf({ [name]: value })).toEqual([
      expect.stringMatching(`^${name} must start with https://`),
    ]);
});

test('PUBLIC_URL has no port at which nobody finds it', () => {
  for (const value of ['https://card.example.com:80', 'http://card.localhost:443/fi', 'https://x.example:0'])
    expect(problemsOf({ PUBLIC_URL: value })).toEqual([
      expect.stringMatching(/^PUBLIC_URL must not name port 0, nor 80/),
    ]);
});

test.each(['?a=b', '#fragment', '?', '#'])('neither address may end with %s', (end) => {
  for (const name of ['PUBLIC_URL', 'BANNO_URL'])
    expect(problemsOf({ [name]: `https://x.example.com${end}` })).toEqual([
      `${name} must not hold a query or a fragment.`,
    ]);
});

test.each(['avery@', 'avery:hush@', ':hush@', '@', ':@'])(
  'neither address may hold credentials (%s)',
  (credentials) => {
    for (const name of ['PUBLIC_URL', 'BANNO_URL'])
      expect(problemsOf({ [name]: `https://${credentials}x.example.com` })).toEqual([
        `${name} must not hold a user name or password.`,
      ]);
  },
);

test.each([
  ['https://banno.example-fi.com', 'https://banno.example-fi.com'],
  ['https://bücher.example', 'https://xn--bcher-kva.example'],
  ['https://[2001:DB8::1]:8443', 'https://[2001:db8::1]:8443'],
  ['https://banno.example-fi.com/', 'https://banno.example-fi.com'],
  ['https://BANNO.example-fi.com:443', 'https://banno.example-fi.com'],
  ['http://bank.localhost:4200', 'http://bank.localhost:4200'],
])('BANNO_URL %s is the bank’s origin and makes its issuer', (value, bankOrigin) => {
  expect(institutionOf({ BANNO_URL: value })).toMatchObject({
    bankOrigin,
    issuer: `${bankOrigin}/a/consumer/api/v0/oidc`,
  });
});

test.each(['', '/', '/auth', '/token', '/.well-known/openid-configuration'])(
  'the deprecated, unversioned endpoints (%s) are refused with the versioned ones named',
  (rest) => {
    const [problem, ...others] = problemsOf({
      BANNO_URL: `https://banno.example-fi.com/a/consumer/api/oidc${rest}`,
    });
    expect(others).toEqual([]);
    expect(problem).toMatch(/^BANNO_URL names the deprecated, unversioned endpoints/);
    expect(problem).toContain('https://banno.example-fi.com/a/consumer/api/v0/oidc');
  },
);

test('the migration from the deprecated endpoints is told: what to type, and what changes', () => {
  const [problem] = problemsOf({ BANNO_URL: 'https://banno.example-fi.com/a/consumer/api/oidc/auth' });
  for (const told of [
    'Set it to https://banno.example-fi.com alone.',
    'the issuer',
    'from /certs to /jwks',
    'instead of the scope banno',
    'openid, profile, https://api.banno.com/consumer/auth/accounts.readonly',
  ])
    expect(problem).toContain(told);
});

test.each(['www.banno.com', 'uat.banno.com'])(
  'the deprecated issuer at %s was nobody’s own: the institution’s address is asked for',
  (host) => {
    const [problem, ...others] = problemsOf({ BANNO_URL: `https://${host}/a/consumer/api/oidc` });
    expect(others).toEqual([]);
    expect(problem).toContain('at which customers open Banno Online, e.g. https://banno.example-fi.com');
    expect(problem).not.toContain(host);
  },
);

test.each(['/a/consumer/api/v0/oidc', '/a/consumer/api/v0/oidc/', '/login', '/a/consumer/api/oidcs'])(
  'BANNO_URL with the path %s is answered with the origin to use',
  (path) => {
    expect(problemsOf({ BANNO_URL: `https://banno.example-fi.com${path}` })).toEqual([
      'BANNO_URL must be the origin alone, without a path: set it to https://banno.example-fi.com',
    ]);
  },
);

test('the card may not live on the bank’s own origin, where it could frame itself', () => {
  const problem = /^PUBLIC_URL and BANNO_URL must be different origins/;
  const addresses = {
    PUBLIC_URL: 'https://banno.example-fi.com/card',
    BANNO_URL: 'https://banno.example-fi.com',
  };
  expect(problemsOf(addresses)).toEqual([expect.stringMatching(problem)]);
  expect(problemsOf({ ...addresses, PUBLIC_URL: 'https://banno.example-fi.com:8443/card' })).toEqual([]);
});
