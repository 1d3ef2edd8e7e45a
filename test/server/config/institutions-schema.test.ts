/** What the published schema takes the server takes, and the other way round: an editor says at once what a start would. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { type Entry, entry, mistakesOf, SECRET } from '../../support/institutions-file.ts';

const SCHEMA = join(import.meta.dirname, '../../../deploy/institutions.schema.json');
const isValid = new Ajv({ validateFormats: false, strict: false }).compile(
  JSON.parse(readFileSync(SCHEMA, 'utf8')),
);
const BESIDE_A_SANDBOX = { bannoUrl: 'http://bank.localhost', clientSecretEnv: undefined };

const RIGHT: Entry[] = [
  {},
  { name: ' Caisse d’Épargne ' },
  { publicUrl: 'HTTPS://Cards.example.com:8443/Group-1/fi_~2' },
  { publicUrl: 'https://[2001:db8::1]/a.b' },
  { publicUrl: 'http://card.localhost:4100' },
  { bannoUrl: 'https://bücher.example/' },
  { bannoUrl: 'http://127.0.0.1:4000' },
  { frameOrigins: ['https://online.example-fi.com', 'https://online.example-fi.com:8443/'] },
  { clientId: 'my card <1>' },
  { ...BESIDE_A_SANDBOX, clientSecret: 'with a space' },
];

const WRONG: [at: string, changes: Entry][] = [
  ['name', { name: '   ' }],
  ['publicUrl', { publicUrl: 'https://card.example.com/' }],
  ['publicUrl', { publicUrl: 'https://card.example.com/a b' }],
  ['publicUrl', { publicUrl: 'https://card.example.com/a?b' }],
  ['publicUrl', { publicUrl: 'https://me@card.example.com' }],
  ['publicUrl', { publicUrl: 'card.example.com' }],
  ['bannoUrl', { bannoUrl: 'https://banno.example-fi.com/a/consumer/api/oidc' }],
  ['bannoUrl', { bannoUrl: 'https://banno.example-fi.com/login' }],
  ['bannoUrl', { bannoUrl: 'https:\\\\banno.example-fi.com' }],
  ['frameOrigins[0]', { frameOrigins: ['https://online.example-fi.com/dashboard'] }],
  ['frameOrigins[0]', { frameOrigins: ['https://online.example-fi.com; script-src'] }],
  ['clientId', { clientId: 'idé' }],
  ['clientId', { clientId: 'pasted-with-a-line-end\n' }],
  ['clientId', { clientId: ' pasted-with-a-space' }],
  ['expanded.clientId', { expanded: { clientId: 'pasted ', clientSecretEnv: 'CANARY_SECRET' } }],
  ['clientSecret', { ...BESIDE_A_SANDBOX, clientSecret: `${SECRET} ` }],
  ['clientSecret', { ...BESIDE_A_SANDBOX, clientSecret: 'hush\u0007' }],
];

test.each(RIGHT)('%j is right for both', (changes) => {
  const institutions = [entry(changes)];
  expect([isValid({ institutions }), mistakesOf(institutions)]).toEqual([true, []]);
});

test.each(WRONG)('%s is wrong for both, and told once: %j', (at, changes) => {
  const institutions = [entry(changes)];
  const [mistake = '', ...others] = mistakesOf(institutions);
  expect(isValid({ institutions })).toBe(false);
  expect(mistake.split(':')[0]).toBe(`institutions[0] (example-fi).${at}`);
  expect(mistake).not.toMatch(/hush|pasted/);
  expect(others).toEqual([]);
});

test('of a thousand institutions, each with several mistakes, none is left out', () => {
  const wrong = { name: 7, locale: 'fr', colour: 'red', limits: { often: 1 }, expanded: { clientID: 'x' } };
  const institutions = Array.from({ length: 1_000 }, (_, at) =>
    entry({ id: `fi-${at}`, publicUrl: `https://cards.example.com/${at}`, ...wrong }),
  );
  const mistakes = mistakesOf(institutions);
  for (const told of ['.name', '.locale', ': has the member colour', '.limits', '.expanded.clientId'])
    expect(mistakes.filter((mistake) => mistake.includes(`)${told}`))).toHaveLength(1_000);
});
