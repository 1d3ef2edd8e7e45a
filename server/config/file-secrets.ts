/** The client secret of an entry of the institutions file: in a file or a variable, and in the entry itself only for a sandbox. */
import { resolve } from 'node:path';
import { isLoopbackHost } from '../institution.ts';
import { checkSecret, readSecretFile } from './credentials.ts';
import type { JsonObject } from './json-file.ts';
import type { Report } from './urls.ts';
import { type Environment, present } from './variables.ts';

export interface SecretSource {
  env: Environment;
  /** Where relative paths start. */
  folder: string;
}

const PLACES = ['clientSecretFile', 'clientSecretEnv', 'clientSecret'] as const;

/** Empty when there is none to be had, which is reported. No message repeats a value: it may be the secret itself. */
export function readFileSecret(
  entry: JsonObject,
  place: string,
  bankUrl: URL | undefined,
  source: SecretSource,
  report: Report,
): string {
  const given = PLACES.filter((name) => entry[name] !== undefined);
  const [name, ...others] = given;
  if (name === undefined) {
    report(
      `${place}: has no client secret. Copy it from the External Application in Banno People to a file, and name that in clientSecretFile (or a variable in clientSecretEnv).`,
    );
    return '';
  }
  if (others.length > 0) {
    report(`${place}: names its client secret more than once (${given.join(', ')}). Keep one of them.`);
    return '';
  }
  const value = entry[name];
  if (typeof value !== 'string' || value === '') return '';
  const label = `${place}.${name}:`;
  if (name === 'clientSecretFile') return readSecretFile(label, resolve(source.folder, value), report) ?? '';
  // What is no variable's name, and no secret, has been reported by its form.
  if (name === 'clientSecretEnv')
    return /^\w+$/.test(value) ? readVariable(label, value, source, report) : '';
  if (bankUrl !== undefined && !isLoopbackHost(bankUrl.hostname)) {
    report(
      `${label} stands in the file itself, which is for a sandbox bank on this machine only. Move it to a file of its own, and name that in clientSecretFile.`,
    );
  }
  return value;
}

function readVariable(label: string, variable: string, { env }: SecretSource, report: Report): string {
  const secret = present(env, variable);
  if (secret === undefined) report(`${label} names a variable that is not set. Set it, or name another.`);
  else checkSecret(label, secret, report);
  return secret ?? '';
}
