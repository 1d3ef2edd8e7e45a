/** The file of institutions: what a right one becomes, where its secrets may stand, and what its schema promises. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadConfig } from '../../../server/config.ts';
import { DEFAULT_LIMITS } from '../../../server/limits.ts';
import { institutionWith } from '../../support/institution.ts';
import {
  entry,
  environmentWith,
  institutionsFile,
  institutionsOf,
  mistakesOf,
  SECRET,
  temporaryFolder,
} from '../../support/institutions-file.ts';

const DEPLOY = join(import.meta.dirname, '../../../deploy');
const read = (name: string) => JSON.parse(readFileSync(join(DEPLOY, name), 'utf8'));

const PLAIN = institutionWith({
  publicUrl: 'https://card.banno.example-fi.com',
  clientId: '11111111-2222-4333-8444-555555555555',
  clientSecret: SECRET,
});

test('an entry becomes an institution, with defaults for what it does not say', () => {
  expect(institutionsOf([entry()])).toEqual([PLAIN]);
});

test('everything can be said', () => {
  const said = {
    transactions: true,
    offlineAccess: true,
    frameOrigins: ['https://online.example-fi.com', 'https://BUSINESS.example-fi.com:8443'],
    locale: 'es-419',
    currency: 'CAD',
    limits: { signInsPerMinute: 60 },
    expanded: { clientId: 'second', clientSecretEnv: 'CANARY_SECRET' },
  };
  expect(institutionsOf([entry({ publicUrl: 'https://cards.example.com/fi', ...said })])).toEqual([
    {
      ...PLAIN,
      publicUrl: 'https://cards.example.com/fi',
      origin: 'https://cards.example.com',
      basePath: '/fi',
      ...said,
      frameOrigins: ['https://online.example-fi.com', 'https://business.example-fi.com:8443'],
      limits: { ...DEFAULT_LIMITS, signInsPerMinute: 60 },
      expanded: { clientId: 'second', clientSecret: SECRET },
    },
  ]);
});

test('the environment speaks for institutions that do not say which scopes they want', () => {
  const silent = entry();
  const loud = entry({
    id: 'loud',
    publicUrl: 'https://cards.example.com/loud',
    offlineAccess: false,
    transactions: false,
  });
  const institutions = institutionsOf([silent, loud], { OFFLINE_ACCESS: 'true', TRANSACTIONS: 'true' });
  expect(institutions.map(({ offlineAccess, transactions }) => [offlineAccess, transactions])).toEqual([
    [true, true],
    [false, false],
  ]);
});

test('a secret’s file is found from the folder of the institutions file', () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'secret'), `${SECRET}\n`);
  for (const clientSecretFile of ['secret', './secret', join(folder, 'secret')]) {
    const file = institutionsFile([entry({ clientSecretEnv: undefined, clientSecretFile })], folder);
    expect(loadConfig(environmentWith(file)).institutions).toEqual([PLAIN]);
  }
});

test('a secret may stand in the file itself for a sandbox on this machine', () => {
  const sandbox = {
    clientSecretEnv: undefined,
    clientSecret: SECRET,
    bannoUrl: 'http://bank.localhost:4200',
  };
  expect(institutionsOf([entry(sandbox)])[0]?.clientSecret).toBe(SECRET);
});

test('institutions may share a host by path, a bank, and a byte order mark does no harm', () => {
  const paths = ['', '/one', '/one/inner', '/two', '/authority'];
  const entries = paths.map((path, index) =>
    entry({ id: `fi-${index}`, publicUrl: `https://cards.example.com${path}` }),
  );
  const text = `\uFEFF${JSON.stringify({ $schema: './institutions.schema.json', institutions: entries })}`;
  expect(institutionsOf(text).map(({ basePath }) => basePath)).toEqual(paths);
});

test('the published example is right, once its secrets are there', () => {
  const { institutions, ...rest } = read('institutions.example.json');
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'example-fi'), SECRET);
  const example = [{ ...institutions[0], clientSecretFile: join(folder, 'example-fi') }, institutions[1]];
  const env = { GARDEN_CU_CLIENT_SECRET: SECRET, GARDEN_CU_EXPANDED_CLIENT_SECRET: SECRET };
  expect(mistakesOf(JSON.stringify({ ...rest, institutions: example }), env)).toEqual([]);
});

test('the published schema tells the defaults that hold, and a word on every member', () => {
  const { definitions } = read('institutions.schema.json');
  const { limits, ...members } = definitions.institution.properties;
  const defaults = Object.entries<{ default: number }>(limits.properties).map(([name, member]) => [
    name,
    member.default,
  ]);
  expect(Object.fromEntries(defaults)).toEqual(DEFAULT_LIMITS);
  expect([members.locale.default, members.currency.default]).toEqual([PLAIN.locale, PLAIN.currency]);
  const all = [...Object.values(members), ...Object.values(limits.properties)] as Record<string, string>[];
  for (const member of all) {
    const definition = definitions[member['$ref']?.split('/').at(-1) ?? ''] ?? member;
    expect(definition.description).toMatch(/^[A-Z].+\.$/);
  }
});
