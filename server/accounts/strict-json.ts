/** Parses a bank's JSON where it can be read in one way only: what two readers may read differently is no balance. */
import { CardError } from '../errors.ts';
import { hasRepeatedMember } from '../repeated-members.ts';

/** The deepest that the Consumer API is known to send is 7. */
const MOST_DEEP = 64;

/** No byte-order mark (RFC 8259 section 8.1), no member twice (section 4), no depth beyond reason. @throws {CardError} */
export function parseStrictly(text: string): unknown {
  const value = parse(text);
  if (isDeeperThan(MOST_DEEP, value)) throw unexpected('JSON depth');
  if (hasRepeatedMember(text, value)) throw unexpected('JSON member twice');
  return value;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw unexpected('not JSON', cause);
  }
}

function isDeeperThan(most: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (most === 0) return true;
  for (const member of Array.isArray(value) ? value : Object.values(value))
    if (typeof member === 'object' && isDeeperThan(most - 1, member)) return true;
  return false;
}

function unexpected(reason: string, cause?: unknown): CardError {
  return new CardError('BANK_UNEXPECTED', { cause, reason });
}
