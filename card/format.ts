/** Money, dates and counts in the customer's own notation; amounts stay the exact decimal strings they are. */
import type { Amount } from '../server/contract.ts';

/** An amount cut around its decimals, which the headline draws smaller. */
export interface MoneyParts {
  before: string;
  decimals: string;
  after: string;
}

export interface Format {
  money(amount: Amount): string;
  moneyParts(amount: Amount): MoneyParts;
  count(value: number): string;
  /** `on` is a calendar date, `yyyy-MM-dd`: the same day everywhere, whatever the time zone. */
  calendarDate(on: string, nowMs: number): string;
  time(atMs: number): string;
  date(atMs: number, nowMs: number): string;
}

/** Intl takes decimal strings of any length exactly (Chromium 106, Safari 15.4, Firefox 116); a number would round. */
type Decimal = Intl.StringNumericLiteral;

const DECIMAL = /^-?\d+(\.\d+)?$/;
const NO_AMOUNT: MoneyParts = { before: '—', decimals: '', after: '' };

export function createFormat(locale: string): Format {
  const currencies = remembered((currency: string) => moneyFormat(locale, currency));
  const times = remembered(
    (_: null) => new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit' }),
  );
  const days = remembered((year: Year) => dayFormat(locale, year));
  const calendarDays = remembered((year: Year) => dayFormat(locale, year, 'UTC'));
  const moneyParts = (amount: Amount) => cutMoney(amount, currencies(amount.currency));
  return {
    moneyParts,
    money: (amount) => {
      const { before, decimals, after } = moneyParts(amount);
      return before + decimals + after;
    },
    count: (value) => value.toLocaleString(locale),
    calendarDate: (on, nowMs) => {
      // Read and written in one zone, which is not the customer's: theirs may change while the card is open.
      const atMs = Date.parse(`${on}T12:00Z`);
      if (Number.isNaN(atMs)) return on;
      return calendarDays(yearUnlessNow(new Date(atMs).getUTCFullYear(), nowMs)).format(atMs);
    },
    time: (atMs) => times(null).format(atMs),
    date: (atMs, nowMs) => days(yearUnlessNow(new Date(atMs).getFullYear(), nowMs)).format(atMs),
  };
}

/** What Intl makes is dear: made when it is first wanted, and once. */
function remembered<Key, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const made = new Map<Key, Value>();
  return (key) => {
    const value = made.get(key) ?? make(key);
    made.set(key, value);
    return value;
  };
}

/** Without its sign: for a word beside it that already says which way the money runs. */
export function unsigned(amount: Amount): Amount {
  return { ...amount, amount: amount.amount.replace(/^-/, '') };
}

export function isNegative({ amount }: Amount): boolean {
  return amount.startsWith('-') && /[1-9]/.test(amount);
}

/** Half to even is how banks round what is smaller than a cent; nothing is ever shown as minus zero. */
function moneyFormat(locale: string, currency: string): Intl.NumberFormat {
  const rounding = { roundingMode: 'halfEven', signDisplay: 'negative' } as const;
  try {
    return new Intl.NumberFormat(locale, { ...rounding, style: 'currency', currency });
  } catch {
    // Intl refuses a currency that is not three letters; the amount must be shown all the same.
    return new Intl.NumberFormat(locale, { ...rounding, minimumFractionDigits: 2, maximumFractionDigits: 2 });
  }
}

function cutMoney({ amount, currency }: Amount, format: Intl.NumberFormat): MoneyParts {
  if (!isDecimal(amount)) return NO_AMOUNT;
  const cut = { before: '', decimals: '', after: '' };
  let knowsCurrency = false;
  for (const { type, value } of format.formatToParts(amount)) {
    const isDecimals = type === 'decimal' || type === 'fraction';
    cut[isDecimals ? 'decimals' : cut.decimals ? 'after' : 'before'] += value;
    knowsCurrency ||= type === 'currency';
  }
  if (!knowsCurrency) cut.after += `\u00A0${currency}`;
  return cut;
}

function isDecimal(amount: string): amount is Decimal & `${number}` {
  return DECIMAL.test(amount);
}

type Year = 'numeric' | undefined;

/** The year only when it is not this one. */
function yearUnlessNow(year: number, nowMs: number): Year {
  return year === new Date(nowMs).getFullYear() ? undefined : 'numeric';
}

function dayFormat(locale: string, year: Year, timeZone?: 'UTC'): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(locale, { month: 'short', day: 'numeric', year, timeZone });
}
