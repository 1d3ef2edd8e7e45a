/** The bank starts alone with one command, and names every mistake in its options. */
import { execFile, spawn } from 'node:child_process';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test } from 'vitest';
import { readCommandLine } from './command-line.ts';
import { CARD } from './hand-written-client.ts';

const MAIN = join(import.meta.dirname, 'main.ts');

function run(...args: string[]): Promise<{ code: unknown; out: string; err: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [MAIN, ...args], (error, out, err) => {
      resolve({ code: error === null ? 0 : error.code, out, err });
    });
  });
}

function optionsOf(...args: string[]) {
  const commandLine = readCommandLine(args);
  if (!('options' in commandLine)) throw new Error(JSON.stringify(commandLine));
  return commandLine.options;
}

test('it prints issuer, institution and clients, and answers', async () => {
  const bank = spawn(process.execPath, [
    MAIN,
    ...['--origin', 'http://localhost:0', '--client-id', 'mine', '--client-secret', 'quiet'],
    ...['--redirect-uri', 'http://localhost:3000/auth', '--redirect-uri', 'http://localhost:3000/auth/cb'],
  ]);
  onTestFinished(() => void bank.kill());
  const lines: string[] = [];
  for await (const line of createInterface({ input: bank.stdout })) {
    lines.push(line);
    if (line.includes('/auth/cb')) break;
  }
  const text = lines.join('\n');
  const issuer = /Issuer\s+(\S+)/.exec(text)?.[1];
  expect(issuer).toMatch(/^http:\/\/localhost:\d+\/a\/consumer\/api\/v0\/oidc$/);
  expect(text).toMatch(/Institution id\s+[\da-f-]{36}/);
  expect(text).toContain('mine');
  expect(text).not.toContain('quiet');
  const response = await fetch(`${issuer}/.well-known/openid-configuration`);
  expect(await response.json()).toMatchObject({ issuer });
});

test('--help explains every option', async () => {
  const { code, out } = await run('--help');
  expect(code).toBe(0);
  for (const option of [
    '--origin',
    '--clients',
    '--client-id',
    '--redirect-uri',
    '--auto-sign-in',
    '--persona',
  ]) {
    expect(out).toContain(option);
  }
});

test('every mistake is named, and the exit code is 2', async () => {
  const { code, err } = await run(
    ...['--origin', 'localhost/path', '--port', 'many', '--persona', 'nobody', '--auto-sign-in', 'stranger'],
    ...['--client-id', 'x', '--redirect-uri', 'http://card.example/auth', '--wrong', 'extra'],
  );
  expect(code).toBe(2);
  for (const part of [
    '--origin must be an origin',
    '--port must be a port number, not "many"',
    '--persona must be one of',
    'not "nobody"',
    'not "stranger"',
    'Client x needs a clientSecret',
    'http://card.example/auth must use https',
    'There is no option --wrong',
  ]) {
    expect(err).toContain(part);
  }
});

test('clients come from a file, which must hold a list of them', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'bank-'));
  const good = join(folder, 'good.json');
  await writeFile(good, JSON.stringify([{ ...CARD, consentRequired: true }]));
  expect(optionsOf('--clients', good)).toMatchObject({
    clients: [{ clientId: CARD.clientId, consentRequired: true }],
    cards: [{ url: CARD.redirectUris[0], initialHeight: 300 }],
  });
  const bad = join(folder, 'bad.json');
  await writeFile(bad, '[{"clientId":"y"}]');
  expect(readCommandLine(['--clients', bad])).toEqual({
    problems: ['Client y needs a clientSecret.', 'Client y needs at least one Redirect URI.'],
  });
  expect(readCommandLine(['--clients', join(folder, 'missing.json')])).toHaveProperty('problems');
  await writeFile(bad, JSON.stringify([CARD, CARD]));
  expect(readCommandLine(['--clients', bad])).toEqual({
    problems: [`There are two clients ${CARD.clientId}.`],
  });
});

test('without options there is a client to try things with, and everyday is signed in', () => {
  const options = optionsOf();
  expect(options).toMatchObject({
    origin: 'http://localhost:4000',
    clients: [{ clientId: 'sandbox-client' }],
  });
  expect(options).not.toHaveProperty('autoSignIn');
});

test('--auto-sign-in none signs nobody in; --persona none is the customer without accounts', () => {
  expect(optionsOf('--auto-sign-in', 'none')).toMatchObject({ autoSignIn: null });
  expect(optionsOf('--persona', 'none')).toMatchObject({ autoSignIn: 'none', persona: 'none' });
});
