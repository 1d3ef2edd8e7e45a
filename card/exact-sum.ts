/** Decimal strings as whole numbers of their smallest digit, for sums that never round. */

const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/;

/** The most digits after the point that any of them has; what is no decimal has none. */
export function digitsOf(amounts: readonly string[]): number {
  return amounts.reduce((most, amount) => Math.max(most, DECIMAL.exec(amount)?.[3]?.length ?? 0), 0);
}

/** "-12.5" with 2 digits is -1250n; null for what is no decimal or has more digits. */
export function toUnits(amount: string, digits: number): bigint | null {
  const [, sign = '', whole = '', fraction = ''] = DECIMAL.exec(amount) ?? [];
  if (whole === '' || fraction.length > digits) return null;
  const units = BigInt(whole + fraction.padEnd(digits, '0'));
  return sign === '' ? units : -units;
}

export function fromUnits(units: bigint, digits: number): string {
  const text = (units < 0n ? -units : units).toString().padStart(digits + 1, '0');
  const cut = text.length - digits;
  const fraction = digits === 0 ? '' : `.${text.slice(cut)}`;
  return `${units < 0n ? '-' : ''}${text.slice(0, cut)}${fraction}`;
}
