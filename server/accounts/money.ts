/** Exact decimal money: strings in, strings out, never a binary float. */
import Big from 'big.js';

/** Plain decimals within sane bounds; `1e999`, `NaN` and thousands separators are no amounts of the Consumer API. */
const DECIMAL = /^[+-]?\d{1,30}(?:\.\d{1,20})?$/;

/** How almost every amount comes, and what `toText` would make of it again. */
const USUAL = /^(?:-(?!0\.00))?(?:0|[1-9]\d{0,14})\.\d\d$/;

/** Answers the exact decimal with at least two places ("1500.00", "0.005"), or null for anything that is no amount. */
export function readMoney(value: unknown): string | null {
  if (typeof value === 'string' && USUAL.test(value)) return value;
  const text = typeof value === 'number' ? fromNumber(value) : typeof value === 'string' ? value.trim() : '';
  return DECIMAL.test(text) ? toText(new Big(text.replace(/^\+/, ''))) : null;
}

/** The API promises strings. A JSON number of up to 15 digits, two of them cents, survives as a binary float (DBL_DIG). */
function fromNumber(value: number): string {
  const text = String(value);
  return Math.abs(value) < 1e13 && text.replace(/\D/g, '').length <= 15 ? text : '';
}

export function sumOf(amounts: readonly string[]): string {
  let cents = 0;
  for (const amount of amounts) {
    cents += centsOf(amount);
    // At once: a sum that was rounded on its way may look exact again at its end.
    if (!Number.isSafeInteger(cents)) return exactSumOf(amounts);
  }
  return fromCents(cents);
}

function exactSumOf(amounts: readonly string[]): string {
  return toText(amounts.reduce((sum, amount) => sum.plus(amount), new Big(0)));
}

export function subtract(a: string, b: string): string {
  const cents = centsOf(a) - centsOf(b);
  return Number.isSafeInteger(cents) ? fromCents(cents) : toText(new Big(a).minus(b));
}

/** Fifteen digits fit into a safe integer, two of them behind the point. */
const MOST_WHOLE_DIGITS = 13;
const [POINT, ZERO, NINE] = [46, 48, 57];

/**
 * Of an amount with two places, in whole cents: exact while sums of them are safe integers, and a tenth of the work of
 * a decimal of any length. NaN for every other amount, so that no sum with it passes for one.
 */
function centsOf(amount: string): number {
  const first = amount.startsWith('-') ? 1 : 0;
  const point = amount.length - 3;
  const wholeDigits = point - first;
  if (wholeDigits < 1 || wholeDigits > MOST_WHOLE_DIGITS || amount.charCodeAt(point) !== POINT)
    return Number.NaN;
  let cents = 0;
  for (let index = first; index < amount.length; index += 1) {
    if (index === point) continue;
    const digit = amount.charCodeAt(index);
    if (digit < ZERO || digit > NINE) return Number.NaN;
    cents = 10 * cents + digit - ZERO;
  }
  return first === 1 ? -cents : cents;
}

function fromCents(cents: number): string {
  const digits = String(Math.abs(cents)).padStart(3, '0');
  return `${cents < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

export function isPositive(amount: string): boolean {
  return !amount.startsWith('-') && /[1-9]/.test(amount);
}

/** Sub-cent parts are kept; "-0" is no amount. */
function toText(value: Big): string {
  const whole = value.toFixed();
  const places = whole.split('.')[1]?.length ?? 0;
  const text = places < 2 ? value.toFixed(2) : whole;
  return value.eq(0) ? text.replace('-', '') : text;
}
