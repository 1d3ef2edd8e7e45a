/** The bundle's listing of files: all of a folder, and nothing hidden. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { glob } from '../../../deploy/listed-files.ts';
import { temporaryFolder } from '../../support/institutions-file.ts';

test('files below a folder are listed by their paths from there, and none that is hidden', async () => {
  const cwd = temporaryFolder();
  const files = ['a.js', 'a.js.br', 'deep/er/b.css', '.env', '.vite/manifest.json', 'deep/.hidden/c.js'];
  for (const file of files) {
    mkdirSync(join(cwd, file, '..'), { recursive: true });
    writeFileSync(join(cwd, file), '');
  }
  expect((await glob('**/**', { cwd })).toSorted()).toEqual(['a.js', 'a.js.br', 'deep/er/b.css']);
  expect((await glob('**/**', { cwd: `${cwd}/` })).toSorted()).toEqual(['a.js', 'a.js.br', 'deep/er/b.css']);
});

test('a folder that is not there is an error, not an empty list', async () => {
  await expect(glob('**/**', { cwd: join(temporaryFolder(), 'gone') })).rejects.toThrow('ENOENT');
});
