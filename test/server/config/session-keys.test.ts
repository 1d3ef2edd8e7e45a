/** Session keys in every way people write base64, and no weak or doubtful one. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { ConfigError, type Environment, loadConfig } from '../../../server/config.ts';

/** Bytes whose base64 holds both signs that base64url writes otherwise. */
const KEY = Buffer.concat([Buffer.from([0xfb, 0xff, 0xbe]), randomBytes(29)]);
const OTHER = randomBytes(32);
const BASE64 = KEY.toString('base64');
const BASE64URL = KEY.toString('base64url');

const folder = mkdtempSync(join(tmpdir(), 'account-card-keys-'));
afterAll(() => rmSync(folder, { recursive: true }));

function load(sessionKeys: string | Environment): Buffer[] {
  return loadConfig({
    PUBLIC_URL: 'https://card.banno.example-fi.com',
    BANNO_URL: 'https://banno.example-fi.com',
    CLIENT_ID: 'client',
    CLIENT_SECRET: 'secret',
    ...(typeof sessionKeys === 'string' ? { SESSION_KEYS: sessionKeys } : sessionKeys),
  }).sessionKeys;
}

function problemsOf(sessionKeys: string | Environment): readonly string[] {
  try {
    load(sessionKeys);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

test.each([
  ['base64', BASE64],
  ['base64 without padding', BASE64.replace(/=+$/, '')],
  ['base64url', BASE64URL],
  ['base64url with padding', `${BASE64URL}=`],
  ['base64 with blanks around', `  ${BASE64}\n`],
])('reads %s', (_name, text) => {
  expect(load(text)).toEqual([KEY]);
});

test('keeps the order: the first key seals', () => {
  expect(load(`${BASE64}, ${OTHER.toString('base64')}`)).toEqual([KEY, OTHER]);
  expect(load(`${OTHER.toString('base64')},${BASE64URL}`)).toEqual([OTHER, KEY]);
});

test.each([
  ['31 bytes', randomBytes(31).toString('base64')],
  ['33 bytes', randomBytes(33).toString('base64')],
  ['16 bytes', randomBytes(16).toString('base64')],
  ['hexadecimal', randomBytes(32).toString('hex')],
  ['a pass phrase', 'correct horse battery staple correct horse ba'],
  ['a character that is no base64', `${BASE64.slice(0, 20)}!${BASE64.slice(20)}`],
  ['a blank inside', `${BASE64.slice(0, 20)} ${BASE64.slice(20)}`],
  ['bits beyond the last byte', `${Buffer.alloc(32).toString('base64url').slice(0, 42)}B`],
  ['nothing', '""'],
])('refuses %s without repeating it', (_name, text) => {
  const problems = problemsOf(text);
  expect(problems).toEqual([expect.stringMatching(/^SESSION_KEYS: key 1 of 1 is not 32 bytes in base64\./)]);
  expect(problems[0]).not.toContain(text.slice(0, 12));
});

test('says which of several keys is wrong', () => {
  const problems = problemsOf(`${BASE64},short,${OTHER.toString('base64')},`);
  expect(problems).toEqual([
    expect.stringMatching(/^SESSION_KEYS: key 2 of 4 /),
    expect.stringMatching(/^SESSION_KEYS: key 4 of 4 /),
  ]);
});

test.each([
  ['letter for letter', BASE64],
  ['without padding', BASE64.replace(/=+$/, '')],
  ['in base64url', BASE64URL],
])('finds one key twice, written %s', (_name, again) => {
  const problems = problemsOf(`${BASE64},${OTHER.toString('base64')},${again}`);
  expect(problems).toEqual(['SESSION_KEYS: key 3 of 3 stands there twice.']);
});

test('J11 keys may stand in a file, which no listing of the environment shows', () => {
  const path = join(folder, 'keys');
  writeFileSync(path, `${BASE64},${OTHER.toString('base64')}\n`);
  expect(load({ SESSION_KEYS_FILE: path })).toEqual([KEY, OTHER]);

  writeFileSync(path, 'hush-hush');
  expect(problemsOf({ SESSION_KEYS_FILE: path })).toEqual([
    'SESSION_KEYS_FILE: key 1 of 1 is not 32 bytes in base64. Make one with: openssl rand -base64 32',
  ]);
  expect(problemsOf({ SESSION_KEYS_FILE: join(folder, 'none') })).toEqual([
    'SESSION_KEYS_FILE cannot be read (ENOENT).',
  ]);
  expect(problemsOf({ SESSION_KEYS_FILE: path, SESSION_KEYS: BASE64 })).toEqual([
    'Set SESSION_KEYS or SESSION_KEYS_FILE, not both.',
  ]);
});
