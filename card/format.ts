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
  const currencies = new Map<string, Intl.NumberFormat>();
  const currencyFormat = (currency: string) => {
    const format = currencies.get(currency) ?? moneyFormat(locale, currency);
    currencies.set(currency, format);
    return format;
  };
  const counts = new Intl.NumberFormat(locale);
  const times = new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit' });
  const moneyParts = (amount: Amount) => cutMoney(amount, currencyFormat(amount.currency));
  return {
    moneyParts,
    money: (amount) => {
      const { before, decimals, after } = moneyParts(amount);
      return before + decimals + after;
    },
    count: (value) => counts.format(value),
    calendarDate: (on, nowMs) => {
      // Noon by the customer's own clock is that day, whatever the time zone or the summer time.
      const atMs = Date.parse(`${on}T12:00`);
      return Number.isNaN(atMs) ? on : dayFormat(locale, atMs, nowMs).format(atMs);
    },
    time: (atMs) => times.format(atMs),
    date: (atMs, nowMs) => dayFormat(locale, atMs, nowMs).format(atMs),
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
  const parts = format.formatToParts(amount);
  const isDecimals = ({ type }: Intl.NumberFormatPart) => type === 'decimal' || type === 'fraction';
  const first = parts.findIndex(isDecimals);
  const cut = first === -1 ? parts.length : first;
  const rest = parts.slice(cut);
  const join = (some: Intl.NumberFormatPart[]) => some.map((part) => part.value).join('');
  const unknownCurrency = format.resolvedOptions().style === 'decimal' ? `\u00A0${currency}` : '';
  return {
    before: join(parts.slice(0, cut)),
    decimals: join(rest.filter(isDecimals)),
    after: join(rest.filter((part) => !isDecimals(part))) + unknownCurrency,
  };
}

function isDecimal(amount: string): amount is Decimal & `${number}` {
  return DECIMAL.test(amount);
}

/** The year only when it is not this one. */
function dayFormat(locale: string, atMs: number, nowMs: number): Intl.DateTimeFormat {
  const isThisYear = new Date(atMs).getFullYear() === new Date(nowMs).getFullYear();
  const year = isThisYear ? {} : ({ year: 'numeric' } as const);
  return new Intl.DateTimeFormat(locale, { month: 'short', day: 'numeric', ...year });
}
