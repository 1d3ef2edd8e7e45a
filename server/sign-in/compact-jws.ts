/** Reads a compact JWS (RFC 7515 section 7.1) strictly: what two readers could understand differently is not read at all. */
import { findRepeatedMembers } from '../repeated-members.ts';

/** As it came; nothing in it may be trusted before signature and claims have been checked. */
export type Untrusted = Readonly<Record<string, unknown>>;

/** Undefined for anything but two JSON objects and a signature. */
export function readCompactJws(token: string): { header: Untrusted; claims: Untrusted } | undefined {
  const parts = token.split('.');
  if (parts.length !== 3 || !parts.every(isBase64url)) return undefined;
  const [header, claims] = parts.map(readObject);
  return header === undefined || claims === undefined ? undefined : { header, claims };
}

/** RFC 7515 section 2: no padding, no line breaks; and one text only for the same bytes (RFC 4648 section 3.5). */
function isBase64url(part: string): boolean {
  return part !== '' && Buffer.from(part, 'base64url').toString('base64url') === part;
}

/** Names must be unique (RFC 7515 section 4, RFC 7519 section 4): parsers differ in which of two they keep. */
function readObject(part: string): Untrusted | undefined {
  try {
    const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    const text = utf8.decode(Buffer.from(part, 'base64url'));
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject && findRepeatedMembers(text).length === 0 ? (value as Untrusted) : undefined;
  } catch {
    return undefined;
  }
}
