/** `VALKEY_URL`: what a right one means, and that a wrong one is named without a word of it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readValkeyAddress, type ValkeyAddress } from '../../../server/config/valkey-address.ts';

function read(url: string | undefined): { address: ValkeyAddress | undefined; problems: string[] } {
  const problems: string[] = [];
  const address = readValkeyAddress({ VALKEY_URL: url }, (problem) => problems.push(problem));
  return { address, problems };
}

const plain = { host: 'localhost', port: 6379, tls: false, database: 0 };

test.each<[string | undefined, ValkeyAddress | undefined]>([
  [undefined, undefined],
  ['  ', undefined],
  ['redis://localhost', plain],
  ['REDIS://localhost:6380/', { ...plain, port: 6380 }],
  ['rediss://localhost/3', { ...plain, tls: true, database: 3 }],
  ['redis://:p%40ss%3A%2F@localhost', { ...plain, password: 'p@ss:/' }],
  ['rediss://card:secret@localhost', { ...plain, tls: true, username: 'card', password: 'secret' }],
  ['redis://[::1]:7000', { ...plain, host: '::1', port: 7_000 }],
  ['redis://valkey_1', { ...plain, host: 'valkey_1' }],
])('%s', (url, expected) => {
  expect(read(url)).toEqual({ address: expected, problems: [] });
});

test.each([
  'canary',
  'https://canary@localhost',
  'redis://',
  'redis:canary',
  'redis:///1',
  'redis://ca%20nary',
  'redis://localhost:canary',
  'redis://localhost:99999',
  'redis://localhost/canary',
  'redis://localhost/1/canary',
  'redis://localhost?tls=canary',
  'redis://:canary@localhost/#canary',
  'redis://:can%zzary@localhost',
  'redis://canary@localhost',
])('%s is one mistake, and not repeated', (url) => {
  const { problems } = read(url);
  expect(problems).toEqual([expect.stringMatching(/^VALKEY_URL /)]);
  expect(problems[0]).not.toContain('canary');
});

test('a file that holds the address is read like the variable, and named in its place', () => {
  const folder = mkdtempSync(join(tmpdir(), 'valkey-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'url');
  const readFile = (content: string, more = {}) => {
    writeFileSync(path, content, { mode: 0o600 });
    const problems: string[] = [];
    const address = readValkeyAddress({ VALKEY_URL_FILE: path, ...more }, (problem) =>
      problems.push(problem),
    );
    return { address, problems };
  };
  const address = { ...plain, tls: true, password: 'canary' };
  expect(readFile('rediss://:canary@localhost\n')).toEqual({ address, problems: [] });
  expect(readFile('canary').problems).toEqual([
    expect.stringMatching(/^VALKEY_URL_FILE must be(?!.*canary)/),
  ]);
  expect(readFile('redis://localhost', { VALKEY_URL: 'redis://localhost' }).problems).toEqual([
    'Set VALKEY_URL or VALKEY_URL_FILE, not both.',
  ]);
});
