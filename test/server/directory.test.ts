/** Which institution a request is for, and whether its host's cookie is a bank's own. */
import { expect, test } from 'vitest';
import { createDirectory, createReplaceableDirectory } from '../../server/directory.ts';
import type { Institution } from '../../server/institution.ts';
import { institutionWith } from '../support/institution.ts';

function institution(publicUrl: string, bankOrigin = 'https://banno.example-fi.com'): Institution {
  return institutionWith({ id: publicUrl, publicUrl, bankOrigin });
}

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

test('cookies know no ports: a foreign institution at another port makes its host name foreign', () => {
  const atBank = institution('https://shared.example-fi.com');
  const foreign = institution('https://shared.example-fi.com:8443', 'https://banno.another-fi.com');
  const shared = createDirectory([atBank, foreign]);
  expect([atBank, foreign].map((each) => shared.cookieIsFirstParty(each))).toEqual([false, false]);
});

test('all institutions are replaced at once', () => {
  const [one, two, three] = ['one', 'two', 'three'].map((name) =>
    institution(`https://${name}.example.com`),
  ) as [Institution, Institution, Institution];
  const live = createReplaceableDirectory([one, two]);

  live.replace([two, three]);

  expect(live.all()).toEqual([two, three]);
  expect(['one', 'two', 'three'].map((name) => live.hasHost(`${name}.example.com`))).toEqual([
    false,
    true,
    true,
  ]);
  expect(live.find('three.example.com', '/auth')).toEqual({ institution: three, path: '/auth' });
  expect(live.cookieIsFirstParty(three)).toBe(false);
});
