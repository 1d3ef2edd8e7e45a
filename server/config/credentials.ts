/** Checks a client's id and secret, and reads secrets from files; a message names where they stand, never what they are. */
import { readFileSync } from 'node:fs';
import type { Report } from './urls.ts';

/** RFC 6749 appendix A.1: visible ASCII. */
export function checkClientId(name: string, value: string, report: Report): void {
  if (!/^[\x20-\x7e]{1,255}$/.test(value))
    report(`${name} holds characters that no client id has. Copy it again.`);
}

/** RFC 6749 appendix A.2: visible ASCII. */
export function checkSecret(name: string, value: string, report: Report): void {
  if (!/^[\x20-\x7e]{1,1024}$/.test(value))
    report(`${name} holds characters that no client secret has. Copy it again.`);
}

/** The file's content without the line end that editors add. */
export function readSecretFile(name: string, path: string, report: Report): string | undefined {
  try {
    const content = readFileSync(path, 'utf8').trim();
    if (content === '') report(`${name} names an empty file.`);
    else checkSecret(name, content, report);
    return content;
  } catch (error) {
    report(`${name} cannot be read (${reasonOf(error)}).`);
    return undefined;
  }
}

/** The system's code: its message would repeat the path. */
export function reasonOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
}
