/** The institutions file as text: how it may be encoded, how large it may be, and what a parser would pass over. */
import { truncateSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type Environment, loadConfig } from '../../../server/config.ts';
import {
  entry,
  environmentWith,
  institutionsFile,
  mistakesOf,
  SECRET,
} from '../../support/institutions-file.ts';

const TEXT = JSON.stringify({ institutions: [entry()] }, null, 2);

function mistakesIn(file: string, env?: Environment): readonly string[] {
  try {
    loadConfig(environmentWith(file, env));
    return [];
  } catch (error) {
    return (error as { problems: string[] }).problems;
  }
}

function mistakesOfBytes(bytes: Buffer): readonly string[] {
  const file = institutionsFile('');
  writeFileSync(file, bytes);
  return mistakesIn(file);
}

test('what is not UTF-8 is told so; a byte order mark is no mistake', () => {
  const wrong = ['INSTITUTIONS_FILE is not UTF-8. Save it in that encoding.'];
  expect(mistakesOfBytes(Buffer.from(`\uFEFF${TEXT}`))).toEqual([]);
  expect(mistakesOfBytes(Buffer.from(`\uFEFF${TEXT}`, 'utf16le'))).toEqual(wrong);
  expect(mistakesOfBytes(Buffer.from(TEXT.replace('Example F', 'Exámple F'), 'latin1'))).toEqual(wrong);
});

test.each<[line: number, what: string, text: string]>([
  [3, 'a comment', '{\n  "institutions": [\n    // the first bank\n    {}\n  ]\n}\n'],
  [4, 'a comma after the last entry', '{\n  "institutions": [\n    {},\n  ]\n}\n'],
  [3, 'a comma after the last member', '{\n  "institutions": [],\n}\n'],
  [2, 'a quote that is missing', '{\n  "institutions: [\n    {}\n  ]\n}\n'],
  [2, 'a name without quotes', '{\n  institutions: []\n}\n'],
  [3, 'a bracket too many', '{\n  "institutions": []\n}}\n'],
  [3, 'an end too early', '{\n  "institutions": [\n    {}'],
  [1, 'nothing in it', ''],
])('what is not JSON is told with its line (%i): %s', (line, _what, text) => {
  expect(mistakesOf(text)).toEqual([
    `INSTITUTIONS_FILE is not JSON (line ${line}). JSON knows no comments and no comma after the last member.`,
  ]);
});

test('a file too large to be a list of institutions is not read', () => {
  const file = institutionsFile(TEXT);
  truncateSync(file, 20_000_000);
  expect(mistakesIn(file)).toEqual([
    'INSTITUTIONS_FILE is larger than 16 MiB, so it is no list of institutions.',
  ]);
});

test('a member that stands twice is named with its line, wherever a parser would keep the last one', () => {
  const twice = TEXT.replace('"clientId"', '"clientId": "x",\n"clientId"').replace(
    '"name"',
    `"${SECRET}": {"na\\u006de": 1, "name": [{}, "name:"]}, "name": "{", "name"`,
  );
  expect(mistakesOf(twice)).toEqual([
    'INSTITUTIONS_FILE has the member name twice (again in line 5), and only the last would count. Keep one.',
    'INSTITUTIONS_FILE has the member name twice (again in line 5), and only the last would count. Keep one.',
    'INSTITUTIONS_FILE has the member clientId twice (again in line 9), and only the last would count. Keep one.',
    expect.stringMatching(/^institutions\[0\] \(example-fi\): has a member, which is not known/),
  ]);
  const lists = '{"institutions": [1],\n"institutions": [1], "hush-hush": 1, "hush-hush": 2}';
  expect(mistakesOf(lists).slice(0, 2)).toEqual([
    'INSTITUTIONS_FILE has the member institutions twice (again in line 2), and only the last would count. Keep one.',
    'INSTITUTIONS_FILE has a member twice (again in line 2), and only the last would count. Keep one.',
  ]);
});

test('no name of a secret’s variable is found in what every object has', () => {
  for (const clientSecretEnv of ['constructor', 'toString', '__proto__'])
    expect(mistakesOf([entry({ clientSecretEnv })])).toEqual([
      'institutions[0] (example-fi).clientSecretEnv: names a variable that is not set. Set it, or name another.',
    ]);
});

test('a name moves no cursor and turns no line around', () => {
  for (const name of ['Ex\u001b[31mample', 'Ex\nample', '\u202eExample', '\u2066Example'])
    expect(mistakesOf([entry({ name })])).toEqual([
      expect.stringMatching(/^institutions\[0\] \(example-fi\)\.name: does not have the right form/),
    ]);
  expect(mistakesOf([entry({ name: 'Caisse d’Épargne & Söhne 信用' })])).toEqual([]);
});
