/** A JSON file as a value, and how a place in it is called in a message. */
import { readFileSync, statSync } from 'node:fs';
import { findRepeatedMembers } from '../repeated-members.ts';
import { reasonOf } from './credentials.ts';
import type { Report } from './urls.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

/** Ten thousand institutions take half of it; a reload holds up every customer for as long as reading takes. */
const MAX_MIB = 16;

/** Undefined when it cannot be read; a message says where, and never repeats what stands there. */
export function readJsonFile(file: string, report: Report): unknown {
  let text: string;
  try {
    if (statSync(file).size > MAX_MIB * 1_048_576) {
      report(`INSTITUTIONS_FILE is larger than ${MAX_MIB} MiB, so it is no list of institutions.`);
      return undefined;
    }
    text = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
  } catch (error) {
    const reason = reasonOf(error);
    report(
      reason === 'ERR_ENCODING_INVALID_ENCODED_DATA'
        ? 'INSTITUTIONS_FILE is not UTF-8. Save it in that encoding.'
        : `INSTITUTIONS_FILE cannot be read (${reason}).`,
    );
    return undefined;
  }
  try {
    const value: unknown = JSON.parse(text);
    reportRepeatedMembers(text, report);
    return value;
  } catch {
    report(
      `INSTITUTIONS_FILE is not JSON (line ${lineOfMistake(text)}). JSON knows no comments and no comma after the last member.`,
    );
    return undefined;
  }
}

/** Only what looks like a name is repeated: anything may have been pasted in its place. */
function reportRepeatedMembers(text: string, report: Report): void {
  for (const { name, line } of findRepeatedMembers(text)) {
    const member = /^\$?[A-Za-z]{1,24}$/.test(name) ? `the member ${name}` : 'a member';
    report(
      `INSTITUTIONS_FILE has ${member} twice (again in line ${line}), and only the last would count. Keep one.`,
    );
  }
}

/** Where the shortest beginning ends that nothing put behind it could make JSON. */
function lineOfMistake(text: string): number {
  const ends = [...Array.from(text.matchAll(/\n/g), ({ index }) => index + 1), text.length];
  let [line, last] = [1, ends.length];
  while (line < last) {
    const middle = Math.floor((line + last) / 2);
    if (isBeyondMending(text.slice(0, ends[middle - 1]))) last = middle;
    else line = middle + 1;
  }
  return line;
}

/** The parser's message quotes the text, which may hold a secret, and has a position for some mistakes only: no more of it is used than that. */
function isBeyondMending(beginning: string): boolean {
  try {
    JSON.parse(beginning);
    return false;
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    const position = /at position (\d+)/.exec(message)?.[1];
    return position === undefined ? !message.includes('end of JSON') : Number(position) < beginning.length;
  }
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
