/** Files of institutions in a folder of the test's own. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { ConfigError, type Environment, loadConfig } from '../../server/config.ts';
import type { Institution } from '../../server/institution.ts';

export const SECRET = 'hush-hush-client-secret';
const SESSION_KEYS = Buffer.alloc(32, 1).toString('base64');

export type Entry = Record<string, unknown>;

/** An entry that is right; changes with undefined leave a member out. */
export function entry(changes: Entry = {}): Entry {
  return {
    id: 'example-fi',
    name: 'Example Financial',
    publicUrl: 'https://card.banno.example-fi.com',
    bannoUrl: 'https://banno.example-fi.com',
    clientId: '11111111-2222-4333-8444-555555555555',
    clientSecretEnv: 'CANARY_SECRET',
    ...changes,
  };
}

/** Ends with the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'account-card-institutions-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** The path of a new file with these institutions, or with this text. */
export function institutionsFile(content: readonly unknown[] | string, folder = temporaryFolder()): string {
  const file = join(folder, 'institutions.json');
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify({ institutions: content }));
  return file;
}

export function environmentWith(file: string, env: Environment = {}): Environment {
  return { INSTITUTIONS_FILE: file, SESSION_KEYS, CANARY_SECRET: SECRET, ...env };
}

export function institutionsOf(content: readonly unknown[] | string, env: Environment = {}): Institution[] {
  return loadConfig(environmentWith(institutionsFile(content), env)).institutions;
}

/** Every mistake, or none. */
export function mistakesOf(content: readonly unknown[] | string, env: Environment = {}): readonly string[] {
  try {
    institutionsOf(content, env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}
