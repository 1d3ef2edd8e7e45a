/** Puts files with secrets where an example's variables say that they are. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Environment } from '../../../server/config.ts';

/** The same variables, with every `…_FILE` leading to a file that is there; they go with the test. */
export function withSecretFiles(env: Environment): Environment {
  const folder = mkdtempSync(join(tmpdir(), 'secrets-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = (name: string) => {
    const path = join(folder, name);
    const isAddress = name === 'VALKEY_URL_FILE';
    const secret = randomBytes(32).toString('base64');
    writeFileSync(path, isAddress ? 'redis://:password@valkey:6379' : secret, { mode: 0o600 });
    return path;
  };
  return Object.fromEntries(
    Object.entries(env).map(([name, value]) => [name, name.endsWith('_FILE') ? file(name) : value]),
  );
}
