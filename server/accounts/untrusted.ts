/** Reads single members of an untrusted answer: what is not of the expected form is null. */

export type Untrusted = Readonly<Record<string, unknown>>;

const MOST_CHARACTERS = 500;

export function isObject(value: unknown): value is Untrusted {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** How almost every text comes: visible ASCII with single spaces between. */
const CLEAN = /^[!-~]+(?: [!-~]+)*$/;

/** Control characters never reach a page or a log; runs of spaces are one (names carry them). */
export function text(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  if (value.length <= MOST_CHARACTERS && CLEAN.test(value)) return value;
  const clean = value
    // More than is ever kept, so that nobody's megabytes are cleaned.
    .slice(0, 8 * MOST_CHARACTERS)
    .replace(/[\s\p{Cc}]+/gu, ' ')
    // They turn around what follows them on the line (UAX #9): "12.00" would read "00.21".
    .replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
    // No script puts more marks on a letter; a hundred would be drawn over other rows.
    .replace(/((?:\p{M}\p{Cf}*){6})[\p{M}\p{Cf}]+/gu, '$1')
    .trim();
  return VISIBLE.test(clean) ? clean.slice(0, MOST_CHARACTERS).toWellFormed() : null;
}

/** More than marks, blanks (U+2800 is one) and what is never drawn: a name of those would be a row without one. */
const VISIBLE = /[^\p{Default_Ignorable_Code_Point}\p{M}\p{Z}\u2800]/u;

/** RFC 3339 with its offset: `Date.parse` makes a date of almost anything, and a time without an offset is anybody's. */
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/i;

export function instant(value: unknown): string | null {
  const ms = typeof value === 'string' && INSTANT.test(value) ? Date.parse(value) : Number.NaN;
  return ms >= EARLIEST_MS ? new Date(ms).toISOString() : null;
}

/** Only the date part is meant to be shown (Consumer API, `paymentDueDate`): no time zone may shift it. */
export function calendarDate(value: unknown): string | null {
  const date = typeof value === 'string' ? /^\d{4}-\d{2}-\d{2}(?!\d)/.exec(value)?.[0] : undefined;
  const ms = date === undefined ? Number.NaN : Date.parse(date);
  // `Date.parse` takes the 30th of February for the 2nd of March.
  return date !== undefined && ms >= EARLIEST_MS && new Date(ms).toISOString().startsWith(date) ? date : null;
}

/** 0001-01-01 and 1970-01-01 are what software writes for "no date". */
const EARLIEST_MS = Date.UTC(1990, 0, 1);

/** An ISO 4217 code; null where none was sent, undefined where what was sent is none. */
export function currencyOf(value: unknown): string | null | undefined {
  if (value === undefined || value === null || value === '') return null;
  const code = text(value) ?? '';
  return /^[A-Za-z]{3}$/.test(code) ? code.toUpperCase() : undefined;
}

export function decimal(value: string): string | null {
  return /^-?\d{1,12}(\.\d{1,12})?$/.test(value) ? value : null;
}

/** "3.875", with a percent sign or without. */
export function percentage(value: unknown): string | null {
  const written = typeof value === 'number' ? String(value) : text(value);
  return decimal(written?.replace(/\s*%$/, '') ?? '');
}
