/** `npm run doctor | head`: whoever reads may have seen enough, and is told nothing more, no stack either. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import type { Environment } from '../../../server/config.ts';
import {
  entry,
  environmentWith,
  institutionsFile,
  temporaryFolder,
} from '../../support/institutions-file.ts';

/** Halves the time a start takes. */
const NODE_COMPILE_CACHE = join(import.meta.dirname, '../../../node_modules/.cache/node-compile');
const SETUP = join(import.meta.dirname, '../../../server/setup');

/** The command's exit code and what it says on standard error, its standard output closed before it starts to write. */
async function unread(file: string, args: string[], env: Environment = {}) {
  const child = spawn(process.execPath, [join(SETUP, file), ...args], {
    cwd: temporaryFolder(),
    env: { ...env, NODE_COMPILE_CACHE },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout.destroy();
  const [err, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  return { code, err };
}

test('the guide ends well: its page is written', async () => {
  expect(await unread('guide/main.ts', ['--example'])).toEqual({ code: 0, err: '' });
});

test.each([
  [[], 1],
  [['--json'], 1],
  [['--help'], 0],
])('the doctor %j ends with what it had found: %i', async (args, code) => {
  const nowhere = (id: string) =>
    entry({ id, publicUrl: `http://card.localhost:1/${id}`, bannoUrl: 'http://bank.localhost:1' });
  const env = environmentWith(institutionsFile([nowhere('one'), nowhere('two')]));

  expect(await unread('doctor.ts', args, env)).toEqual({ code, err: '' });
});
