/** Account numbers are never shown whole: last four characters at most, masked here, on the server. */

/** The mask's style is not documented, and is not only digits: drop separators and mask signs, keep the end. */
export function lastFour(numbers: string | null): string | null {
  const characters =
    numbers
      ?.replace(/[^0-9A-Za-z]/g, '')
      .slice(-4)
      .replace(/^[xX]+/, '') ?? '';
  return characters === '' ? null : characters;
}

/**
 * A name may carry a whole account number, however it is written: of eight and more digits only the last four are
 * shown. Between groups as long as a card's anything may stand; between fewer digits a slash makes a date.
 */
export function maskNumbers(name: string): string {
  if (hasFewDigits(name)) return name;
  // A run of digits is tried from where it begins alone: begun anew at each, one name would take milliseconds.
  return name
    .replace(/(?<!\p{Nd})\p{Nd}{4,}(?:[^\p{L}\p{Nd}]{1,3}\p{Nd}{4,}){2,}/gu, masked)
    .replace(/\p{Nd}(?:[\p{Pd}\p{Cf}\p{M} ._]{0,3}\p{Nd}){7,}/gu, masked);
}

/** Less than what could be masked, whatever beyond ASCII may be a digit: of almost every name, and cheap to tell. */
function hasFewDigits(name: string): boolean {
  let digits = 0;
  for (let index = 0; index < name.length; index += 1) {
    const code = name.charCodeAt(index);
    if (code >= BEYOND_ASCII || (code >= ZERO && code <= NINE)) digits += 1;
  }
  return digits < MASKED_DIGITS;
}

const MASKED_DIGITS = 8;
const [ZERO, NINE, BEYOND_ASCII] = [48, 57, 128];

/** Of a transaction's description: telephone numbers and dates between hyphens are no account numbers. */
export function maskLongNumbers(description: string): string {
  return description.replace(/\p{Nd}{4,}(?:[^\p{L}\p{Nd}]\p{Nd}{4,}){2,}|\p{Nd}{8,}/gu, masked);
}

function masked(run: string): string {
  return `…${run.replace(/\P{Nd}/gu, '').slice(-4)}`;
}
