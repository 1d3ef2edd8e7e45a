/** The environment: what a right one becomes, and that a wrong one names every mistake without repeating a secret. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { ConfigError, type Environment, environment, loadConfig } from '../../server/config.ts';
import { DEFAULT_LIMITS } from '../../server/limits.ts';

const folder = mkdtempSync(join(tmpdir(), 'account-card-config-'));
afterAll(() => rmSync(folder, { recursive: true }));

const key = () => randomBytes(32).toString('base64');
const RIGHT = {
  PUBLIC_URL: 'https://card.banno.example-fi.com',
  BANNO_URL: 'https://banno.example-fi.com',
  CLIENT_ID: '11111111-2222-4333-8444-555555555555',
  CLIENT_SECRET: 'hush-hush-client-secret',
  SESSION_KEYS: key(),
};

/** What is wrong with the right environment once these variables are changed. */
function problemsOf(changes: Environment): readonly string[] {
  try {
    loadConfig({ ...RIGHT, ...changes });
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

function secretFile(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

test('a right environment becomes one institution, with defaults for the rest', () => {
  const config = loadConfig(RIGHT);
  expect(config).toEqual({
    institutions: [
      {
        id: 'banno.example-fi.com',
        name: 'banno.example-fi.com',
        publicUrl: 'https://card.banno.example-fi.com',
        origin: 'https://card.banno.example-fi.com',
        basePath: '',
        bankOrigin: 'https://banno.example-fi.com',
        issuer: 'https://banno.example-fi.com/a/consumer/api/v0/oidc',
        clientId: RIGHT.CLIENT_ID,
        clientSecret: RIGHT.CLIENT_SECRET,
        offlineAccess: false,
        transactions: false,
        frameOrigins: [],
        locale: 'en-US',
        currency: 'USD',
        limits: DEFAULT_LIMITS,
      },
    ],
    sessionKeys: [Buffer.from(RIGHT.SESSION_KEYS, 'base64')],
    host: '0.0.0.0',
    port: 4100,
    operationsHost: '127.0.0.1',
    operationsPort: 4101,
    logLevel: 'info',
  });
});

test('everything can be set, blanks around it do no harm, and an empty variable is an absent one', () => {
  const config = loadConfig({
    ...RIGHT,
    CLIENT_SECRET: ` ${RIGHT.CLIENT_SECRET}\n`,
    CLIENT_SECRET_FILE: '',
    HOST: '::1',
    PORT: ' 8080 ',
    OPERATIONS_PORT: '0',
    OFFLINE_ACCESS: 'true',
    LOG_LEVEL: 'silent',
    VALKEY_URL: ' ',
  });
  expect(config).toMatchObject({ host: '::1', port: 8080, operationsPort: 0, logLevel: 'silent' });
  expect(config.institutions[0]).toMatchObject({ offlineAccess: true, clientSecret: RIGHT.CLIENT_SECRET });
});

test('an empty environment names every variable that it needs, at once', () => {
  const problems = [/^PUBLIC_URL/, /^BANNO_URL/, /^CLIENT_ID/, /^CLIENT_SECRET/, /^SESSION_KEYS/];
  expect(() => loadConfig({})).toThrow(ConfigError);
  expect(() => loadConfig({})).toThrow('The configuration has 5 mistakes:');
  const names = Object.fromEntries(Object.keys(RIGHT).map((name) => [name, '']));
  for (const found of [problemsOf(names), problemsOf({ ...names, HOST: undefined })])
    expect(found).toEqual(problems.map((problem) => expect.stringMatching(problem)));
});

test('every wrong variable is named at once, and no value is repeated', () => {
  const wrong = {
    PUBLIC_URL: 'http://canary-1:canary-2@card.example.com/?canary-3#canary-4',
    BANNO_URL: 'https://canary-5:canary-6@bank.example.com/canary-7',
    CLIENT_ID: 'canary-8\u0007',
    CLIENT_SECRET: 'canary-9\u0007',
    SESSION_KEYS: 'canary-10,canary-11',
    HOST: 'canary 12',
    PORT: 'canary-13',
    OPERATIONS_PORT: 'canary-14',
    OFFLINE_ACCESS: 'canary-15',
    LOG_LEVEL: 'canary-16',
    VALKEY_URL: 'redis://canary:canary@localhost/canary-17',
    INSTITUTIONS_FILE: 'canary-18',
  };
  const problems = problemsOf(wrong);
  for (const name of Object.keys(wrong)) expect(problems.join('\n')).toContain(name);
  expect(problems.join('\n')).not.toContain('canary');
});

test.each<[string, Environment]>([
  ['CLIENT_ID', { CLIENT_ID: 'x'.repeat(256) }],
  ['CLIENT_ID', { CLIENT_ID: 'idé' }],
  ['CLIENT_SECRET', { CLIENT_SECRET: 'a\tb' }],
  ['CLIENT_SECRET', { CLIENT_SECRET: 's'.repeat(1_025) }],
  ['HOST', { HOST: 'http://localhost' }],
  ['HOST', { HOST: 'localhost:4100' }],
  ['OPERATIONS_HOST', { OPERATIONS_HOST: '0.0.0.0/0' }],
  ['PORT', { PORT: '65536' }],
  ['PORT', { PORT: '-1' }],
  ['PORT', { PORT: '4100.5' }],
  ['PORT', { PORT: '0x10' }],
  ['OPERATIONS_PORT', { OPERATIONS_PORT: '1e3' }],
  ['OPERATIONS_PORT', { PORT: '5000', OPERATIONS_PORT: '5000' }],
  ['OPERATIONS_PORT', { PORT: '4101' }],
  ['OFFLINE_ACCESS', { OFFLINE_ACCESS: 'yes' }],
  ['OFFLINE_ACCESS', { OFFLINE_ACCESS: 'TRUE' }],
  ['LOG_LEVEL', { LOG_LEVEL: 'verbose' }],
  ['INSTITUTIONS_FILE', { INSTITUTIONS_FILE: 'institutions.json' }],
])('names %s alone for %j', (name, changes) => {
  expect(problemsOf(changes)).toEqual([expect.stringMatching(`^${name}\\b`)]);
});

test('two ports may both be left to the system', () => {
  expect(problemsOf({ PORT: '0', OPERATIONS_PORT: '0' })).toEqual([]);
});

test('the secret may stand in a file, whose last line end does not count', () => {
  const file = secretFile('right', 'hush from a file\n');
  const config = loadConfig({ ...RIGHT, CLIENT_SECRET: undefined, CLIENT_SECRET_FILE: file });
  expect(config.institutions[0]?.clientSecret).toBe('hush from a file');
});

test.each<[string, () => Environment, RegExp]>([
  ['missing', () => ({ CLIENT_SECRET_FILE: join(folder, 'missing') }), /cannot be read \(ENOENT\)/],
  ['a folder', () => ({ CLIENT_SECRET_FILE: folder }), /cannot be read \(EISDIR\)/],
  ['empty', () => ({ CLIENT_SECRET_FILE: secretFile('empty', ' \n') }), /empty/],
  ['binary', () => ({ CLIENT_SECRET_FILE: secretFile('binary', 'hush\u0000hush') }), /characters/],
  ['two lines', () => ({ CLIENT_SECRET_FILE: secretFile('lines', 'hush\nhush') }), /characters/],
])('a secret file that is %s is named', (_name, changes, problem) => {
  const problems = problemsOf({ CLIENT_SECRET: undefined, ...changes() });
  expect(problems).toEqual([expect.stringMatching(/^CLIENT_SECRET_FILE /)]);
  expect(problems[0]).toMatch(problem);
  expect(problems[0]).not.toContain('hush');
  expect(problems[0]).not.toContain(folder);
});

test('a secret in two places is a mistake', () => {
  const problems = problemsOf({ CLIENT_SECRET_FILE: secretFile('second', 'another') });
  expect(problems).toEqual(['Set CLIENT_SECRET or CLIENT_SECRET_FILE, not both.']);
});

test('the environment is the process’s own', () => {
  expect(environment()).toBe(process.env);
});
