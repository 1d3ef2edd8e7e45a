/** Mistakes in the file of institutions: each named with its place and its mending, all at once, and no secret repeated. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadConfig } from '../../../server/config.ts';
import {
  entry,
  environmentWith,
  mistakesOf,
  SECRET,
  temporaryFolder,
} from '../../support/institutions-file.ts';

const AT = 'institutions[0] (example-fi)';

test.each<[string, Record<string, unknown>, RegExp]>([
  ['', { clientSecretEnv: undefined }, /: has no client secret\. .*clientSecretFile/],
  [
    '',
    { clientSecretFile: 'x' },
    /: names its client secret more than once \(clientSecretFile, clientSecretEnv\)/,
  ],
  ['', { bannoURl: 'x' }, /: has the member bannoURl, which is not known\. Do you mean bannoUrl\?$/],
  ['', { offlineAcess: true }, /Do you mean offlineAccess\?$/],
  ['', { colour: 'red' }, /: has the member colour, which is not known\. Known are id, name, publicUrl, /],
  ['', { [SECRET]: 1 }, /: has a member, which is not known\./],
  [
    '.name',
    { name: undefined },
    /: is missing\. What people call the institution\. E\.g\. "Example Financial"$/,
  ],
  ['.name', { name: '' }, /: must not be empty/],
  ['.publicUrl', { publicUrl: undefined }, /: is missing\. Where the card is reached/],
  ['.publicUrl', { publicUrl: 7 }, /: must be a string\. E\.g\. "https:/],
  ['.publicUrl', { publicUrl: 'https://c.example.com/' }, /: must not end with a slash\.$/],
  ['.publicUrl', { publicUrl: 'http://c.example.com' }, /: must start with https:\/\//],
  ['.bannoUrl', { bannoUrl: 'banno.example-fi.com' }, /: is not a web address\. Set it to e\.g\. https:/],
  [
    '.bannoUrl',
    { bannoUrl: 'https://banno.example-fi.com/login' },
    /: must be the origin alone, .* https:\/\/banno\.example-fi\.com$/,
  ],
  [
    '.bannoUrl',
    { bannoUrl: 'https://card.banno.example-fi.com' },
    /: is the origin of the card of institutions\[0\]/,
  ],
  ['.clientId', { clientId: 'idé' }, /: does not have the right form\. Of the External Application/],
  ['.clientSecretEnv', { clientSecretEnv: 'UNSET' }, /: names a variable that is not set/],
  ['.clientSecretEnv', { clientSecretEnv: SECRET }, /: does not have the right form/],
  ['.clientSecretEnv', { clientSecretEnv: 'CONTROL' }, /: holds characters that no client secret has/],
  [
    '.clientSecretFile',
    { clientSecretEnv: undefined, clientSecretFile: 'missing' },
    /: cannot be read \(ENOENT\)\.$/,
  ],
  [
    '.clientSecretFile',
    { clientSecretEnv: undefined, clientSecretFile: '.' },
    /: cannot be read \(EISDIR\)\.$/,
  ],
  [
    '.clientSecret',
    { clientSecretEnv: undefined, clientSecret: SECRET },
    /: stands in the file itself, .*clientSecretFile\.$/,
  ],
  ['.expanded', { expanded: { clientId: 'x' } }, /: has no client secret/],
  ['.expanded', { expanded: 7 }, /: must be an object/],
  [
    '.expanded.clientId',
    { expanded: { clientSecretEnv: 'CANARY_SECRET' } },
    /: is missing\. Of the External Application/,
  ],
  [
    '.expanded.clientId',
    { expanded: { clientId: entry()['clientId'], clientSecretEnv: 'CANARY_SECRET' } },
    /: is the card face's own/,
  ],
  ['.transactions', { transactions: 'yes' }, /: must be true or false\.$/],
  ['.frameOrigins', { frameOrigins: 'https://a.example.com' }, /: must be an array/],
  [
    '.frameOrigins',
    { frameOrigins: ['https://a.example.com', 'https://a.example.com'] },
    /: names something twice\.$/,
  ],
  [
    '.frameOrigins[1]',
    { frameOrigins: ['https://a.example.com', 'https://b.example.com/x'] },
    /: must be the origin alone/,
  ],
  ['.frameOrigins[0]', { frameOrigins: ['https://*.example.com'] }, /: must name one host: no wildcard/],
  ['.frameOrigins[0]', { frameOrigins: ['http://a.example.com'] }, /: must start with https/],
  [
    '.frameOrigins',
    { frameOrigins: ['https://card.banno.example-fi.com'] },
    /: is the origin of the card of/,
  ],
  ['.locale', { locale: 'fr-FR' }, /: does not have the right form\. .*English or Spanish/],
  ['.currency', { currency: 'usd' }, /: does not have the right form/],
  ['.currency', { currency: 'XYZ' }, /: is no currency's ISO 4217 code/],
  [
    '.limits',
    { limits: { signInPerMinute: 5 } },
    /: has the member signInPerMinute, .* Do you mean signInsPerMinute\?$/,
  ],
  ['.limits.apiCallsPerMinute', { limits: { apiCallsPerMinute: 9 } }, /: must be at least 10\.$/],
  ['.limits.sessionsPerCustomer', { limits: { sessionsPerCustomer: 51 } }, /: must be at most 50\.$/],
  ['.limits.refreshesPerMinute', { limits: { refreshesPerMinute: 1.5 } }, /: must be an integer/],
])('the place %j is named for %j', (place, changes, sentence) => {
  const mistakes = mistakesOf([entry(changes)], { CONTROL: 'hush\u0007' });
  expect(mistakes).toHaveLength(1);
  expect(mistakes[0]?.startsWith(`${AT}${place}:`), mistakes[0]).toBe(true);
  expect(mistakes[0]).toMatch(sentence);
  expect(mistakes[0]).not.toContain('hush');
});

test.each(['Example', 'a_b', '', 'x'.repeat(64), 7, undefined])(
  'the id %j is none, and is not repeated',
  (id) => {
    const [mistake, ...others] = mistakesOf([entry({ id })]);
    expect(others).toEqual([]);
    expect(mistake).toMatch(/^institutions\[0\]\.id: .* E\.g\. "example-fi"$/);
  },
);

test('every mistake of every institution is named at once, in their order', () => {
  const many = Array.from({ length: 60 }, (_, index) =>
    entry({
      id: `fi-${index}`,
      publicUrl: `https://c.example.com/${index}`,
      bannoUrl: 'banno',
      locale: 'fr',
      nmae: 1,
    }),
  );
  const mistakes = mistakesOf([...many, 7, null, []]);
  expect(mistakes).toHaveLength(60 * 3 + 3);
  expect(mistakes.slice(3, 6).every((mistake) => mistake.startsWith('institutions[1] (fi-1)'))).toBe(true);
  expect(mistakes.at(-1)).toBe('institutions[62]: must be an object.');
});

test.each<[string, RegExp]>([
  ['', /^INSTITUTIONS_FILE is not JSON/],
  ['{"institutions": [\n{"clientSecret": "hush" "id": 1}]}', /^INSTITUTIONS_FILE is not JSON \(line 2\)\./],
  ['[]', /^INSTITUTIONS_FILE: must be an object\.$/],
  ['{}', /^institutions: is missing\./],
  ['{"institutions": []}', /^institutions: must name at least one\.$/],
  ['{"institutions": {}}', /^institutions: must be an array\.$/],
])('the file %j is told what it is not', (text, sentence) => {
  const [mistake, ...others] = mistakesOf(text);
  expect(others).toEqual([]);
  expect(mistake).toMatch(sentence);
  expect(mistake).not.toContain('hush');
});

test('ids and addresses are each institution’s own', () => {
  const first = entry({ publicUrl: 'https://cards.example.com/a' });
  const at = (publicUrl: string) => mistakesOf([first, entry({ id: 'other', publicUrl })]);
  expect(mistakesOf([first, entry()])).toEqual([
    expect.stringMatching(/^institutions\[1\] \(example-fi\)\.id: is the same/),
  ]);
  for (const twin of ['https://cards.example.com/a', 'https://CARDS.example.com:443/a'])
    expect(at(twin)).toEqual([expect.stringMatching(/^institutions\[1\] \(other\)\.publicUrl: is the same/)]);
  for (const hidden of ['/a/auth', '/a/auth/callback', '/a/api', '/a/assets/x', '/a/card', '/a/expanded'])
    expect(at(`https://cards.example.com${hidden}`)).toEqual([
      expect.stringMatching(
        /^institutions\[1\] \(other\)\.publicUrl: hides a path of the card of institutions\[0\]/,
      ),
    ]);
  expect(at('https://cards.example.com/a/authors')).toEqual([]);
});

test('no card may be framed by a card, whosever it is', () => {
  const other = entry({
    id: 'other',
    publicUrl: 'https://cards.example.com',
    bannoUrl: 'https://bank.example.org',
  });
  const frames = entry({ frameOrigins: ['https://cards.example.com'] });
  expect(mistakesOf([other, frames])).toEqual([
    expect.stringMatching(
      /^institutions\[1\] \(example-fi\)\.frameOrigins: is the origin of the card of institutions\[0\] \(other\)/,
    ),
  ]);
});

test('the file stands instead of one institution’s variables, which are named', () => {
  const env = { PUBLIC_URL: 'https://card.example.com', CLIENT_SECRET_FILE: 'x' };
  expect(mistakesOf([entry()], env)).toEqual([
    'INSTITUTIONS_FILE stands instead of PUBLIC_URL, CLIENT_SECRET_FILE: unset one or the other.',
  ]);
});

test('a file that cannot be read is said so, and no path is repeated', () => {
  const env = environmentWith(join(temporaryFolder(), 'missing.json'));
  expect(() => loadConfig(env)).toThrow(
    expect.objectContaining({ problems: ['INSTITUTIONS_FILE cannot be read (ENOENT).'] }),
  );
});
