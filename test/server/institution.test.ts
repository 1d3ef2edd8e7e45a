/** Which institution a request is for, and when a browser takes the card's site for the bank's. */
import { expect, test } from 'vitest';
import { createDirectory, type Institution, isBankSite, isLoopbackHost } from '../../server/institution.ts';

function institution(publicUrl: string, bankOrigin = 'https://banno.example-fi.com'): Institution {
  const { origin, pathname } = new URL(publicUrl);
  return {
    id: publicUrl,
    publicUrl,
    origin,
    basePath: pathname === '/' ? '' : pathname,
    bankOrigin,
    issuer: `${bankOrigin}/a/consumer/api/v0/oidc`,
    clientId: 'client',
    clientSecret: 'secret',
    offlineAccess: false,
    transactions: false,
    currency: 'USD',
  };
}

test.each([
  ['https://card.example-fi.com', 'https://banno.example-fi.com', true],
  ['https://card.banno.example-fi.com', 'https://banno.example-fi.com', true],
  ['https://example-fi.com', 'https://banno.example-fi.com', true],
  ['https://banno.example-fi.com:8443', 'https://banno.example-fi.com', true],
  ['https://card.example-fi.com:8443', 'https://banno.example-fi.com:9443', true],
  ['https://cards.example.com', 'https://banno.example-fi.com', false],
  ['https://card.notexample-fi.com', 'https://banno.example-fi.com', false],
  ['https://example-fi.com.evil.com', 'https://example-fi.com', false],
  ['https://card.example.co.uk', 'https://bank.example.co.uk', true],
  ['https://card.co.uk', 'https://bank.co.uk', false],
  ['https://co.uk', 'https://bank.co.uk', false],
  ['https://card.github.io', 'https://bank.github.io', false],
  ['https://a.card.github.io', 'https://b.card.github.io', true],
  ['https://card.herokuapp.com', 'https://bank.herokuapp.com', false],
  ['https://card.bank', 'https://example.bank', false],
  ['https://card.example.bank', 'https://example.bank', true],
  ['https://card.internal', 'https://bank.internal', false],
  ['https://a.card.internal', 'https://b.card.internal', true],
  ['https://192.0.2.1', 'https://192.0.2.1:8443', true],
  ['https://192.0.2.1', 'https://192.0.2.2', false],
  ['https://1.192.0.2', 'https://2.192.0.2', false],
  ['https://[2001:db8::1]', 'https://[2001:db8::1]', true],
  ['https://[2001:db8::1]', 'https://[2001:db8::2]', false],
  ['http://card.example-fi.com', 'https://banno.example-fi.com', false],
  ['https://card.example-fi.com', 'http://banno.example-fi.com', false],
  ['https://card.localhost', 'https://bank.localhost', false],
  ['https://localhost', 'https://localhost', false],
  ['https://127.0.0.1', 'https://127.0.0.1', false],
  ['https://[::1]', 'https://[::1]', false],
])('%s is of one site with %s: %s', (origin, bankOrigin, isSame) => {
  expect(isBankSite({ origin, bankOrigin })).toBe(isSame);
  expect(isBankSite({ origin: bankOrigin, bankOrigin: origin })).toBe(isSame);
});

test.each([
  'localhost',
  'LOCALHOST',
  'card.localhost',
  'a.b.localhost',
  '127.0.0.1',
  '127.255.255.254',
  '[::1]',
])('%s is a loopback name', (name) => {
  expect(isLoopbackHost(name)).toBe(true);
});

test.each([
  '',
  'localhost.com',
  'notlocalhost',
  '127.0.0.1.example.com',
  '127.example.com',
  '128.0.0.1',
  '0.0.0.0',
  '10.0.0.1',
  '[::]',
  '[::ffff:7f00:1]',
  'card.local',
])('%j is no loopback name', (name) => {
  expect(isLoopbackHost(name)).toBe(false);
});

const SHARED = ['/fi', '/fi/inner', '/other'].map((path) => institution(`https://cards.example.com${path}`));
const ROOT = institution('https://card.example-fi.com');
const BOTH = [institution('https://both.example.com'), institution('https://both.example.com/fi')];
const directory = createDirectory([...SHARED, ROOT, ...BOTH]);

test.each([
  ['cards.example.com', '/fi', 'https://cards.example.com/fi', '/'],
  ['cards.example.com', '/fi/', 'https://cards.example.com/fi', '/'],
  ['cards.example.com', '/fi/auth', 'https://cards.example.com/fi', '/auth'],
  ['cards.example.com', '/fi/auth/callback', 'https://cards.example.com/fi', '/auth/callback'],
  ['cards.example.com', '/fi/inner', 'https://cards.example.com/fi/inner', '/'],
  ['cards.example.com', '/fi/inner/auth', 'https://cards.example.com/fi/inner', '/auth'],
  ['cards.example.com', '/fi/innermost', 'https://cards.example.com/fi', '/innermost'],
  ['cards.example.com', '/fi//auth', 'https://cards.example.com/fi', '//auth'],
  ['cards.example.com', '/fi/..', 'https://cards.example.com/fi', '/..'],
  ['cards.example.com', '/fi/../other/auth', 'https://cards.example.com/fi', '/../other/auth'],
  ['cards.example.com', '/other', 'https://cards.example.com/other', '/'],
  ['card.example-fi.com', '/', 'https://card.example-fi.com', '/'],
  ['card.example-fi.com', '', 'https://card.example-fi.com', '/'],
  ['card.example-fi.com', '/fi/auth', 'https://card.example-fi.com', '/fi/auth'],
  ['both.example.com', '/fi/auth', 'https://both.example.com/fi', '/auth'],
  ['both.example.com', '/fi2/auth', 'https://both.example.com', '/fi2/auth'],
  ['both.example.com', '//fi', 'https://both.example.com', '//fi'],
])('%s%s is for %s and its %s', (host, path, id, rest) => {
  expect(directory.find(host, path)).toMatchObject({ institution: { id }, path: rest });
});

test.each([
  '',
  '/',
  '/f',
  '/fi2',
  '/fi2/auth',
  '/fib',
  '//fi',
  '//fi/auth',
  '/./fi',
  '/FI',
  '/%66i',
  '/fi%2Fauth',
  'fi',
  '*',
  '/auth',
  '/unknown/fi',
])('cards.example.com%s is for nobody', (path) => {
  expect(directory.find('cards.example.com', path)).toBeUndefined();
});

test.each([
  'unknown.example.com',
  '',
  'cards.example.com:8443',
  'cards.example.com/fi',
  'card.example-fi.com/',
  '__proto__',
  'toString',
])('the host %j is not ours, whatever the path', (host) => {
  expect(directory.hasHost(host)).toBe(false);
  for (const path of ['', '/', '/fi', '/auth']) expect(directory.find(host, path)).toBeUndefined();
});

test('the port is part of the host', () => {
  const local = createDirectory([institution('http://card.localhost:4100/fi')]);
  expect(local.find('card.localhost:4100', '/fi/auth')?.path).toBe('/auth');
  expect(local.hasHost('card.localhost')).toBe(false);
});

test('a path of sixteen thousand slashes is looked up as quickly as a short one', () => {
  const path = `${'/'.repeat(16_000)}x`;
  const startedAtMs = performance.now();
  for (let round = 0; round < 200; round += 1) directory.find('cards.example.com', path);
  // Trying every prefix took 300 ms for one.
  expect(performance.now() - startedAtMs).toBeLessThan(1_000);
});

test('one foreign institution makes its whole host foreign, and no other host', () => {
  const [atBank, foreign] = [
    institution('https://shared.example-fi.com/home'),
    institution('https://shared.example-fi.com/away', 'https://banno.another-fi.com'),
  ];
  const alone = institution('https://alone.example-fi.com');
  for (const list of [
    [atBank, foreign, alone],
    [alone, foreign, atBank],
  ]) {
    const shared = createDirectory(list);
    expect([atBank, foreign, alone].map((each) => shared.cookieIsFirstParty(each))).toEqual([
      false,
      false,
      true,
    ]);
  }
  expect(createDirectory([atBank]).cookieIsFirstParty(atBank)).toBe(true);
  expect(createDirectory([alone]).cookieIsFirstParty(atBank)).toBe(false);
});
