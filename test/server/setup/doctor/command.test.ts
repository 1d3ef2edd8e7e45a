/** The doctor as an operator runs it: what it prints where, how it exits, and what it never prints. */
import { execFile } from 'node:child_process';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { readCommand } from '../../../../server/setup/doctor-command.ts';
import { SECRET, type Stage, startStage } from './stage.ts';

/** Halves the time a start takes. */
const NODE_COMPILE_CACHE = join(import.meta.dirname, '../../../../node_modules/.cache/node-compile');
const DOCTOR = join(import.meta.dirname, '../../../../server/setup/doctor.ts');

let stage: Stage;

beforeAll(async () => {
  stage = await startStage();
});
beforeEach(() => stage.reset());
afterAll(() => stage.close());

interface Ended {
  code: unknown;
  out: string;
  err: string;
}

function run(args: string[], env: Record<string, string>): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [DOCTOR, ...args],
      { env: { ...env, NODE_COMPILE_CACHE } },
      (error, out, err) => resolve({ code: error === null ? 0 : error.code, out, err }),
    );
  });
}

/** A file of two institutions: one in order, one with a wrong secret. */
async function institutionsFile(): Promise<Record<string, string>> {
  const { PUBLIC_URL, BANNO_URL = '', SESSION_KEYS = '' } = stage.env;
  const entry = (id: string, changes: Record<string, string>) => ({
    id,
    name: `Bank ${id}`,
    publicUrl: `${PUBLIC_URL}/${id}`,
    bannoUrl: BANNO_URL,
    clientId: `client-of-${id}`,
    clientSecret: SECRET,
    ...changes,
  });
  const institutions = [
    entry('first-fi', { publicUrl: `${PUBLIC_URL}`, clientId: 'my-card' }),
    entry('second-fi', { clientSecret: `${SECRET}-of-somebody-else` }),
  ];
  stage.register({ clientId: 'client-of-second-fi' });
  const file = join(await mkdtemp(join(tmpdir(), 'doctor-')), 'institutions.json');
  await writeFile(file, JSON.stringify({ institutions }));
  return { INSTITUTIONS_FILE: file, SESSION_KEYS };
}

test('all well: every line on standard output, exit code 0', async () => {
  const { code, out, err } = await run([], stage.env);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out.match(/^ {2}pass {2}/gm)).toHaveLength(30);
  expect(out).toMatch(/30 passed, 0 with a warning, 0 failed, 0 not looked at\. All is well\.\n$/);
  expect(out).not.toContain('\u001b');
});

test.each([
  [60, 0, /1 with a warning, 0 failed, .* look at the warnings\.\n$/],
  [600, 1, /0 with a warning, 1 failed, .* Mend what failed, from the top, and run the doctor again\.\n$/],
])('with a clock that is %i s ahead the exit code is %i', async (seconds, exitCode, closing) => {
  stage.bank.switches.clockAheadSeconds = seconds;
  const { code, out } = await run([], stage.env);
  expect(out).toMatch(closing);
  expect(code).toBe(exitCode);
});

test('--json is one document and nothing else', async () => {
  const { code, out, err } = await run(['--json', new URL(stage.bank.origin).host], stage.env);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  const { institution, checks, summary } = JSON.parse(out);
  expect(institution).toMatchObject({ publicUrl: stage.publicUrl });
  expect(checks).toHaveLength(30);
  expect(summary).toEqual({ pass: 30, warn: 0, fail: 0, skip: 0 });
});

test('several institutions are an array, or one after the other, each by its own name', async () => {
  const env = await institutionsFile();
  const { code, out } = await run(['--json'], env);
  const reports: { institution: { id: string }; checks: { id: string; status: string; mend?: string }[] }[] =
    JSON.parse(out);
  expect(code).toBe(1);
  const clientOf = (at: number) => reports[at]?.checks.find(({ id }) => id === 'client');
  expect(reports.map(({ institution }) => institution.id)).toEqual(['first-fi', 'second-fi']);
  expect(clientOf(0)?.status).toBe('pass');
  expect(clientOf(1)?.status).toBe('fail');
});

test('as text they stand one after the other, each in its own names', async () => {
  const { out } = await run([], await institutionsFile());
  expect(out).toMatch(/^Bank first-fi: .*\n\nBank second-fi: /s);
  expect(out).toContain('and what clientSecretFile or clientSecretEnv of second-fi names');
  expect(out).not.toContain(SECRET);
});

test('one institution is chosen by its id, and an unknown one names those there are', async () => {
  const env = await institutionsFile();
  const { out } = await run(['second-fi'], env);
  expect(out).toMatch(/^Bank second-fi: /);
  expect(out).not.toContain('first-fi');
  expect(readCommand(['secnd-fi'], env)).toEqual({
    kind: 'refused',
    problems: ['There is no institution secnd-fi. Do you mean second-fi?', 'Known are: first-fi, second-fi'],
  });
});

test('a wrong configuration is exit code 2, every mistake named on standard error alone', async () => {
  const wrong = { ...stage.env, PUBLIC_URL: 'nowhere', VALKEY_URL: 'redis://:canary@127.0.0.1/x', PORT: 'x' };
  const { code, out, err } = await run(['--json'], wrong);
  expect([code, out]).toEqual([2, '']);
  for (const name of ['PUBLIC_URL', 'VALKEY_URL', 'PORT']) expect(err).toContain(`  - ${name}`);
  expect(err).not.toContain('canary');
});

test('the unversioned endpoints are answered with the way out of them', () => {
  const env = { ...stage.env, BANNO_URL: 'https://banno.example-fi.com/a/consumer/api/oidc' };
  const command = readCommand([], env);
  const said = command.kind === 'refused' ? command.problems.join('\n') : '';
  for (const part of ['deprecated', 'https://banno.example-fi.com alone', 'from /certs to /jwks'])
    expect(said).toContain(part);
});

test('help comes without any configuration', async () => {
  const { code, out, err } = await run(['--help'], {});
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toContain('Exit code: 0 nothing failed, 1 something failed, 2 the doctor could not start.');
});

test.each([[['--jason']], [['one', 'two']], [['--json=yes']]])('%j is no command', (args) => {
  expect(readCommand(args, stage.env)).toMatchObject({ kind: 'refused' });
});

test.each<[what: string, args: string[], changes: Record<string, string>]>([
  ['all is well', [], {}],
  ['the secret is wrong', ['--json'], { CLIENT_SECRET: `${SECRET}-wrong` }],
  ['the configuration is wrong', [], { PUBLIC_URL: 'nowhere' }],
  ['the shared store is down', [], { VALKEY_URL: `redis://:${SECRET}@127.0.0.1:1` }],
])('no secret is printed when %s', async (_what, args, changes) => {
  const { out, err } = await run(args, { ...stage.env, ...changes });
  const { SESSION_KEYS = '' } = stage.env;
  const encoded = (text: string) => [text, encodeURIComponent(text), Buffer.from(text).toString('base64')];
  for (const secret of [SECRET, SESSION_KEYS].flatMap(encoded)) expect(out + err).not.toContain(secret);
  // Neither what was invented for a request: states, nonces, codes, challenges are 43 of these.
  expect(out + err).not.toMatch(/[A-Za-z0-9_-]{43}/);
});
