/** What we depend on: locked whole, run by nobody at install but `node`, listed for whoever asks, and no older than its advisories. */
import { execFileSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

interface Locked {
  version: string;
  integrity?: string;
  resolved?: string;
  dev?: boolean;
  optional?: boolean;
  hasInstallScript?: boolean;
}

const root = join(import.meta.dirname, '../..');
const read = (path: string) => JSON.parse(readFileSync(join(root, path), 'utf8'));
const { dependencies, devDependencies, allowScripts } = read('package.json');
const lock: { lockfileVersion: number; packages: Record<string, Locked> } = read('package-lock.json');
const { '': own, ...others } = lock.packages;
const locked = Object.entries(others).map(([path, entry]) => ({
  name: path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
  path,
  ...entry,
}));
const inProduction = locked.filter(({ dev, optional }) => dev !== true && optional !== true);

test('J13 every package is pinned to one version, and locked with the hash of its content', () => {
  for (const [name, version] of Object.entries<string>({ ...dependencies, ...devDependencies }))
    expect(version, name).toMatch(/^(npm:[\w@/.-]+@)?\d+\.\d+\.\d+$/);
  expect(own).toMatchObject({ dependencies, devDependencies });
  expect(lock.lockfileVersion).toBe(3);
  for (const { path, integrity } of locked) expect(integrity, path).toMatch(/^sha512-[A-Za-z0-9+/]{86}==/);
});

test('J13 no package may run a script when it is installed but `node`, which production does not install', () => {
  expect(allowScripts).toEqual({ node: true });
  const withScript = locked.filter(({ hasInstallScript }) => hasInstallScript === true);
  expect(withScript.map(({ name, dev }) => [name, dev])).toEqual([['node', true]]);
  // What the lock says of a package is what the package says of itself.
  const scripted = globSync(['node_modules/*/package.json', 'node_modules/@*/*/package.json'], { cwd: root })
    .map(read)
    .filter(({ scripts = {} }) => scripts.preinstall ?? scripts.install ?? scripts.postinstall)
    .map(({ name }) => name);
  expect(scripted).toEqual(['node']);
});

test('J13 the SBOM names all that production holds, each with its hash, and marks what is for development', () => {
  // Not `--omit=dev`: npm would leave out what a package for development needs as well.
  const args = ['sbom', '--package-lock-only', '--offline', '--sbom-format=cyclonedx'];
  const text = execFileSync('npm', args, {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const { bomFormat, components } = JSON.parse(text);
  const isForDevelopment = ({ properties }: Component) =>
    properties.some(({ name }) => name === 'cdx:npm:package:development');
  const listed = (components as Component[])
    .filter((component) => !isForDevelopment(component))
    .map(({ name, version, hashes }) => `${name}@${version} ${hashes.length > 0}`);

  expect(bomFormat).toBe('CycloneDX');
  expect(new Set(listed)).toEqual(
    new Set(inProduction.map(({ name, version }) => `${name}@${version} true`)),
  );
});

interface Component {
  name: string;
  version: string;
  hashes: unknown[];
  properties: { name: string }[];
}

/** The first version without the weakness; of a line that went on, the newest one that we rely on. */
const MINIMA: [name: string, version: string, why: string][] = [
  ['fastify', '5.12.2', 'several Host headers, header case and content types let past the checks'],
  ['undici', '8.12.0', 'the line that is maintained'],
  ['find-my-way', '9.0.1', 'CVE-2024-45813: patterns that take for ever'],
  ['cookie', '0.7.0', 'CVE-2024-47764: attributes by way of a name or path'],
  ['brace-expansion', '4.0.1', 'CVE-2025-5889: patterns that take for ever'],
  ['glob', '11.1.0', 'CVE-2025-64756: file names run as commands'],
  ['jose', '4.15.5', 'CVE-2024-28176: tokens that unpack to something huge'],
  ['eta', '2.0.0', 'CVE-2022-25967: settings by way of a template’s data'],
  ['openid-client', '6.8.9', 'the version whose gaps our own rules were measured against'],
];
test.each(MINIMA)('J13 %s is at least %s: %s', (name, minimum) => {
  const versions = inProduction.filter((one) => one.name === name).map(({ version }) => version);
  expect(versions).not.toEqual([]);
  for (const version of versions) expect(compare(version, minimum)).toBeGreaterThanOrEqual(0);
});

test('J13 the runtime is a line that is maintained, and the image is that line', () => {
  expect(read('package.json').engines.node).toBe('>=24');
  expect(devDependencies.node).toMatch(/^24\./);
  expect(readFileSync(join(root, 'deploy/Dockerfile'), 'utf8')).toMatch(/^FROM node:24/m);
});

function compare(one: string, other: string): number {
  const [a, b] = [one, other].map((version) => version.split('.').map(Number));
  const differing = (a ?? []).findIndex((part, at) => part !== b?.[at]);
  return differing === -1 ? 0 : (a?.[differing] ?? 0) - (b?.[differing] ?? 0);
}
