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
  return toText(amounts.reduce((sum, amount) => sum.plus(amount), new Big(0)));
}

export function subtract(a: string, b: string): string {
  return toText(new Big(a).minus(b));
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
