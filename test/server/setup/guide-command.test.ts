/** `npm run setup-guide` as a process: what it needs, what it refuses, and what it never overwrites. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';

const MAIN = join(import.meta.dirname, '../../../server/setup/guide/main.ts');
const ADDRESSES = {
  PUBLIC_URL: 'https://card.banno.example-fi.com',
  BANNO_URL: 'https://banno.example-fi.com',
};

interface Ended {
  exitCode: number;
  stdout: string;
  stderr: string;
}

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'setup-guide-'));
  onTestFinished(() => rmSync(path, { recursive: true }));
  return path;
}

function run(cwd: string, env: Record<string, string>, ...words: string[]): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(process.execPath, [MAIN, ...words], { cwd, env }, (error, stdout, stderr) =>
      resolve({ exitCode: Number(error?.code ?? 0), stdout, stderr }),
    );
  });
}

function institutionsFile(cwd: string, ...institutions: object[]): { INSTITUTIONS_FILE: string } {
  const path = join(cwd, 'institutions.json');
  writeFileSync(path, JSON.stringify({ institutions }));
  return { INSTITUTIONS_FILE: path };
}

const ONE = {
  id: 'example-fi',
  name: 'Example FI',
  publicUrl: ADDRESSES.PUBLIC_URL,
  bannoUrl: ADDRESSES.BANNO_URL,
};
const OTHER = {
  ...ONE,
  id: 'other-fi',
  name: 'Other FI',
  publicUrl: 'https://cards.example.com/other',
  expanded: {},
};

test('--help tells how it is called', async () => {
  const { exitCode, stdout } = await run(folder(), {}, '--help');
  expect(exitCode).toBe(0);
  for (const word of ['<institution>', '--example', '--html <file>']) expect(stdout).toContain(word);
});

test('nothing configured: says in one sentence what to set, offers an example, writes nothing', async () => {
  const cwd = folder();
  const { exitCode, stdout, stderr } = await run(cwd, {});
  expect([exitCode, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(/^Set PUBLIC_URL .* and BANNO_URL .*--example\n$/);
  expect(readdirSync(cwd)).toEqual([]);
});

test('two addresses are enough: a client id and a secret come later', async () => {
  const cwd = folder();
  const { exitCode, stdout, stderr } = await run(cwd, ADDRESSES);
  expect([exitCode, stderr]).toEqual([0, '']);
  expect(stdout).toContain('https://card.banno.example-fi.com/auth\n');
  expect(stdout).toContain(join(cwd, 'setup-guide-banno.example-fi.com.html'));
  expect(readdirSync(cwd)).toEqual(['setup-guide-banno.example-fi.com.html']);
});

test('wrong addresses are named as the server names them', async () => {
  const wrong = { PUBLIC_URL: 'http://card.example-fi.com/', BANNO_URL: 'banno', TRANSACTIONS: 'yes' };
  const { exitCode, stderr } = await run(folder(), wrong);
  expect(exitCode).toBe(1);
  expect(stderr).toContain('PUBLIC_URL must start with https://');
  expect(stderr).toContain('PUBLIC_URL must not end with a slash.');
  expect(stderr).toContain('BANNO_URL is not a web address.');
  expect(stderr).toContain('TRANSACTIONS must be true or false.');
});

test('one origin for card and bank is refused', async () => {
  const { stderr } = await run(folder(), { ...ADDRESSES, PUBLIC_URL: `${ADDRESSES.BANNO_URL}/card` });
  expect(stderr).toContain('must be different origins');
});

test('one of many institutions, without its credentials', async () => {
  const cwd = folder();
  const { exitCode, stdout } = await run(cwd, institutionsFile(cwd, ONE, OTHER), 'other-fi');
  expect(exitCode).toBe(0);
  expect(stdout).toContain('Set up the account card: Other FI\n');
  expect(stdout).toContain('https://cards.example.com/other/expanded\n');
  expect(stdout).toContain('2. Make a second one for the large view');
  expect(stdout).toContain('npm run doctor other-fi');
});

test('asks which of many, and names those there are', async () => {
  const cwd = folder();
  const env = institutionsFile(cwd, ONE, OTHER);
  const [none, unknown, two] = await Promise.all([
    run(cwd, env),
    run(cwd, env, 'nobody'),
    run(cwd, env, 'one', 'two'),
  ]);
  expect(none.stderr).toContain('which institution the guide is for: example-fi, other-fi');
  expect(unknown.stderr).toContain('No institution has the id nobody.');
  expect(two.stderr).toContain('name one');
});

test('a name cannot speak to the terminal', async () => {
  const cwd = folder();
  const { stdout } = await run(cwd, institutionsFile(cwd, { ...ONE, name: 'A\u001b[2J\u202eB\nC' }));
  expect(stdout).toContain('Set up the account card: A [2J B C\n');
});

test('overwrites a guide', async () => {
  const cwd = folder();
  const file = join(cwd, 'mine.html');
  expect((await run(cwd, {}, '--example', '--html', file)).exitCode).toBe(0);
  expect((await run(cwd, ADDRESSES, '--html', file)).exitCode).toBe(0);
  expect(readFileSync(file, 'utf8')).toContain('banno.example-fi.com</title>');
});

test('overwrites nothing else', async () => {
  const cwd = folder();
  const file = join(cwd, 'mine.html');
  writeFileSync(file, 'years of work');

  const { exitCode, stderr } = await run(cwd, {}, '--example', '--html', file);

  expect(exitCode).toBe(1);
  expect(stderr).toContain('is no setup guide');
  expect(readFileSync(file, 'utf8')).toBe('years of work');
});

test.each([
  ['.', 'EISDIR'],
  ['nowhere/guide.html', 'ENOENT'],
])('a page that cannot be written to %s is told so, with the way out', async (file, reason) => {
  const { exitCode, stdout, stderr } = await run(folder(), {}, '--example', '--html', file);
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
  expect(stderr).toMatch(
    new RegExp(
      `^The page cannot be written to \\S+ \\(${reason}\\)\\. Choose another file with --html <file>\\.\n$`,
    ),
  );
});
