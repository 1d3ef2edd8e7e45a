/** The doctor as an operator runs it: what it prints where, how it exits, and what it never prints. */
import { execFile } from 'node:child_process';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { SECRET, type Stage, startStage } from './stage.ts';

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
    execFile(process.execPath, [DOCTOR, ...args], { env }, (error, out, err) =>
      resolve({ code: error === null ? 0 : error.code, out, err }),
    );
  });
}

/** The same institution three times, as a file: one in order, one with a wrong secret, one with a wrong id. */
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
  expect(out.match(/^ {2}pass {2}/gm)).toHaveLength(29);
  expect(out).toMatch(/29 passed, 0 with a warning, 0 failed, 0 not looked at\. All is well\.\n$/);
  expect(out).not.toContain('\u001b');
});

test('a warning is no failure, a failure is exit code 1', async () => {
  stage.bank.switches.clockAheadSeconds = 60;
  expect((await run([], stage.env)).code).toBe(0);
  stage.bank.switches.clockAheadSeconds = 600;
  expect((await run([], stage.env)).code).toBe(1);
});

test('--json is one document and nothing else', async () => {
  const { code, out, err } = await run(['--json', new URL(stage.bank.origin).host], stage.env);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  const { institution, checks, summary } = JSON.parse(out);
  expect(institution).toMatchObject({ publicUrl: stage.publicUrl });
  expect(checks).toHaveLength(29);
  expect(summary).toEqual({ pass: 29, warn: 0, fail: 0, skip: 0 });
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
  const text = await run([], env);
  expect(text.out).toMatch(/^Bank first-fi: .*\n\nBank second-fi: /s);
  expect(text.out).toContain('to clientId of second-fi in the institutions file');
});

test('one institution is chosen by its id, and an unknown one names those there are', async () => {
  const env = await institutionsFile();
  const { out } = await run(['second-fi'], env);
  expect(out).toMatch(/^Bank second-fi: /);
  expect(out).not.toContain('first-fi');
  expect(await run(['secnd-fi'], env)).toEqual({
    code: 2,
    out: '',
    err: 'There is no institution secnd-fi. Do you mean second-fi?\nKnown are: first-fi, second-fi\n',
  });
});

test('a wrong configuration is exit code 2, every mistake named on standard error alone', async () => {
  const wrong = { ...stage.env, PUBLIC_URL: 'nowhere', VALKEY_URL: 'redis://:canary@127.0.0.1', PORT: 'x' };
  for (const args of [[], ['--json']]) {
    const { code, out, err } = await run(args, wrong);
    expect([code, out]).toEqual([2, '']);
    for (const name of ['PUBLIC_URL', 'VALKEY_URL', 'PORT']) expect(err).toContain(`  - ${name}`);
    expect(err).not.toContain('canary');
  }
});

test('the unversioned endpoints are answered with the way out of them', async () => {
  const env = { ...stage.env, BANNO_URL: 'https://banno.example-fi.com/a/consumer/api/oidc' };
  const { code, err } = await run([], env);
  expect(code).toBe(2);
  for (const part of ['deprecated', 'https://banno.example-fi.com alone', 'from /certs to /jwks'])
    expect(err).toContain(part);
});

test('help, and what is no command, say how it is used', async () => {
  const help = await run(['--help'], {});
  expect(help).toMatchObject({ code: 0, err: '' });
  expect(help.out).toContain(
    'Exit code: 0 nothing failed, 1 something failed, 2 the doctor could not start.',
  );
  expect(await run(['--jason'], stage.env)).toMatchObject({ code: 2, out: '' });
  expect(await run(['one', 'two'], stage.env)).toMatchObject({ code: 2, out: '' });
});

test('no secret is ever printed, in order or not', async () => {
  const { SESSION_KEYS = '' } = stage.env;
  const outputs = [
    await run([], stage.env),
    await run(['--json'], { ...stage.env, CLIENT_SECRET: `${SECRET}-wrong` }),
    await run([], { ...stage.env, PUBLIC_URL: 'nowhere' }),
    await run([], await institutionsFile()),
  ];
  const printed = outputs.map(({ out, err }) => out + err).join('\n');
  const encoded = (text: string) => [text, encodeURIComponent(text), Buffer.from(text).toString('base64')];
  for (const secret of [SECRET, SESSION_KEYS].flatMap(encoded)) expect(printed).not.toContain(secret);
  // Neither what was invented for a request: states, nonces, codes, challenges are 43 of these.
  expect(printed).not.toMatch(/[A-Za-z0-9_-]{43}/);
});
