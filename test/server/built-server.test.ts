/** The bundle is served only while it was made of exactly the sources that lie beside it. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../support/institutions-file.ts';

const HERE = join(import.meta.dirname, '../../server');

/** A house with one source, and a bundle of it. */
function house() {
  const root = temporaryFolder();
  for (const folder of ['server', 'dist/server']) mkdirSync(join(root, folder), { recursive: true });
  cpSync(join(HERE, 'built-server.ts'), join(root, 'server/built-server.ts'));
  const write = (name: string, content: string) => writeFileSync(join(root, name), content);
  for (const name of ['server/start.ts', 'plugin-manifest.json', 'package-lock.json']) write(name, 'first');
  const ask = (call: 'hashSources' | 'findBuiltServer') =>
    execFileSync(
      process.execPath,
      [
        '--input-type=module',
        '--eval',
        `import { ${call} } from './server/built-server.ts'; process.stdout.write(String(${call}()))`,
      ],
      { cwd: root, encoding: 'utf8' },
    );
  const bundle = join('dist/server', `${ask('hashSources')}.js`);
  write(bundle, '');
  return { write, find: () => ask('findBuiltServer'), bundle: join(root, bundle) };
}

test('a bundle of these sources is found, also after a change that was taken back', () => {
  const { find, write, bundle } = house();
  expect(find()).toBe(bundle);
  write('server/start.ts', 'second');
  expect(find()).toBe('undefined');
  write('server/start.ts', 'first');
  expect(find()).toBe(bundle);
});

test.each(['plugin-manifest.json', 'package-lock.json', 'server/new.ts'])(
  'a change of %s leaves the bundle aside',
  (name) => {
    const { find, write } = house();
    write(name, 'second');
    expect(find()).toBe('undefined');
  },
);
