/** A JSON file as a value, and how a place in it is called in a message. */
import { readFileSync } from 'node:fs';
import { reasonOf } from './config-credentials.ts';
import type { Report } from './config-urls.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

/** Undefined when it cannot be read; a message says where, and never repeats what stands there. */
export function readJsonFile(file: string, report: Report): unknown {
  let text: string;
  try {
    text = readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    report(`INSTITUTIONS_FILE cannot be read (${reasonOf(error)}).`);
    return undefined;
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    report(
      `INSTITUTIONS_FILE is not JSON${lineOf(text, error)}. JSON knows no comments and no comma after the last member.`,
    );
    return undefined;
  }
}

/** The parser's message quotes the file, which may hold a secret: only its position is taken over. */
function lineOf(text: string, error: unknown): string {
  const position = /at position (\d+)/.exec(error instanceof Error ? error.message : '')?.[1];
  if (position === undefined) return '';
  return ` (line ${text.slice(0, Number(position)).split('\n').length})`;
}

/** E.g. `institutions[3] (example-fi).limits.apiCallsPerMinute`. */
export function placeOf(file: unknown, path: readonly string[]): string {
  let at: unknown = file;
  let place = '';
  for (const name of path) {
    at = typeof at === 'object' && at !== null ? (at as JsonObject)[name] : undefined;
    place += /^\d+$/.test(name) ? `[${name}]${labelOf(at)}` : `${place === '' ? '' : '.'}${name}`;
  }
  return place === '' ? 'INSTITUTIONS_FILE' : place;
}

/** Only what can be an id is repeated: anything may have been pasted in its place. */
function labelOf(entry: unknown): string {
  const id = typeof entry === 'object' && entry !== null ? (entry as JsonObject)['id'] : undefined;
  return typeof id === 'string' && /^[a-z0-9-]{1,63}$/.test(id) ? ` (${id})` : '';
}
