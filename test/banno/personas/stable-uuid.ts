/** A UUID that is always the same for the same text. */
import { createHash } from 'node:crypto';

export function stableUuid(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  // Version 4 and variant bits in their places, so that strict parsers take it.
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
