/** The keys that seal, from the environment or from a file: what is in a file stands in no listing of a process's environment. */
import { readSecretFile } from './credentials.ts';
import type { Report } from './urls.ts';
import { type Environment, present } from './variables.ts';

const MAKE_ONE = 'Make one with: openssl rand -base64 32';

/** 32 bytes each, separated by commas; the first seals, all open. No message repeats one. */
export function readSessionKeys(env: Environment, report: Report): Buffer[] {
  const inline = present(env, 'SESSION_KEYS');
  const file = present(env, 'SESSION_KEYS_FILE');
  if (inline !== undefined && file !== undefined) report('Set SESSION_KEYS or SESSION_KEYS_FILE, not both.');
  if (inline !== undefined) return readKeys('SESSION_KEYS', inline, report);
  if (file !== undefined) {
    const content = readSecretFile('SESSION_KEYS_FILE', file, report);
    return content === undefined || content === '' ? [] : readKeys('SESSION_KEYS_FILE', content, report);
  }
  report(`SESSION_KEYS is missing (or SESSION_KEYS_FILE, a file that holds them). ${MAKE_ONE}`);
  return [];
}

function readKeys(name: string, value: string, report: Report): Buffer[] {
  const texts = value.split(',').map((part) => part.trim());
  const keys = texts.map((text) => Buffer.from(text, 'base64'));
  for (const [index, key] of keys.entries()) {
    const text = texts[index] ?? '';
    const canonical =
      key.toString('base64').replace(/=+$/, '') ===
      text.replace(/=+$/, '').replaceAll('-', '+').replaceAll('_', '/');
    if (key.length !== 32 || !canonical)
      report(`${name}: key ${index + 1} of ${keys.length} is not 32 bytes in base64. ${MAKE_ONE}`);
    else if (keys.findIndex((other) => other.equals(key)) !== index)
      report(`${name}: key ${index + 1} of ${keys.length} stands there twice.`);
  }
  return keys;
}
