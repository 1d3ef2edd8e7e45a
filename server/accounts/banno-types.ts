/** What we read of the Consumer API's answers: a tolerant reader that keeps what is valid and drops the rest. */
import { isPositive, readMoney } from './money.ts';

/** An account as read; null where the API was silent or unintelligible. Amounts are exact decimal strings. */
export interface BannoAccount {
  id: string;
  name: string;
  /** Masked account number, in whatever style the institution uses. */
  numbers: string | null;
  fetchedDate: string | null;
  accountType: string | null;
  accountSubType: string | null;
  institution: { id: string | null; name: string | null };
  hidden: boolean;
  contributesToAggregateTotals: boolean;
  sortIndex: number | null;
  currency: string | null;
  balance: string | null;
  availableBalance: string | null;
  availableCredit: string | null;
  /** Calendar date, `yyyy-MM-dd`. */
  paymentDueDate: string | null;
  paymentDueAmount: string | null;
}

export interface BannoAccounts {
  accounts: BannoAccount[];
  inactivatedAccountIds: ReadonlySet<string>;
}

/** One entry of the institution's `balanceDisplaySettings`. */
export interface BalanceDisplaySetting {
  kind: 'available' | 'current';
  label: string | null;
  visible: boolean;
  primary: boolean;
}

type Untrusted = Readonly<Record<string, unknown>>;

/** Answers undefined when the body is not an account list at all. */
export function readAccounts(body: unknown): BannoAccounts | undefined {
  if (!isObject(body) || !Array.isArray(body['accounts'])) return undefined;
  const seen = new Map<string, BannoAccount>();
  for (const item of body['accounts']) {
    const account = isObject(item) ? readAccount(item) : undefined;
    if (account !== undefined && !seen.has(account.id)) seen.set(account.id, account);
  }
  const inactivated: unknown[] = Array.isArray(body['inactivatedAccountIds'])
    ? body['inactivatedAccountIds']
    : [];
  return {
    accounts: [...seen.values()],
    inactivatedAccountIds: new Set(inactivated.flatMap((id) => text(id) ?? [])),
  };
}

function readAccount(item: Untrusted): BannoAccount | undefined {
  const id = text(item['id']);
  if (id === null) return undefined;
  const institution = isObject(item['institution']) ? item['institution'] : {};
  return {
    id,
    name: text(item['name']) ?? '',
    numbers: text(item['numbers']),
    fetchedDate: instant(item['fetchedDate']),
    accountType: text(item['accountType']),
    accountSubType: text(item['accountSubType']),
    institution: { id: text(institution['id']), name: text(institution['name']) },
    // `active` is the deprecated inverse of `hidden`.
    hidden: typeof item['hidden'] === 'boolean' ? item['hidden'] : item['active'] === false,
    contributesToAggregateTotals: item['contributesToAggregateTotals'] === true,
    sortIndex: Number.isFinite(item['sortIndex']) ? Number(item['sortIndex']) : null,
    currency: currency(item['currency']),
    balance: readMoney(item['balance']),
    availableBalance: readMoney(item['availableBalance']),
    availableCredit: readMoney(item['availableCredit']),
    paymentDueDate: calendarDate(item['paymentDueDate']),
    paymentDueAmount: paymentDue(readMoney(item['paymentDueAmount']), readMoney(item['minimumPaymentDue'])),
  };
}

/** A minimum that is due is due, whatever the other member says. */
function paymentDue(amount: string | null, minimum: string | null): string | null {
  const hasMinimum = minimum !== null && isPositive(minimum);
  return amount === null || (hasMinimum && !isPositive(amount)) ? minimum : amount;
}

/** The strings allowed in `type` are not documented: whatever says "available" is, whatever else names a balance is current. */
export function readBalanceDisplaySettings(body: unknown): BalanceDisplaySetting[] {
  const settings =
    isObject(body) && Array.isArray(body['balanceDisplaySettings']) ? body['balanceDisplaySettings'] : [];
  return settings.filter(isObject).flatMap((setting) => {
    const type =
      text(setting['type'])
        ?.toLowerCase()
        .replace(/[^a-z]/g, '') ?? '';
    const kind = /^available(balance)?$/.test(type)
      ? 'available'
      : /^(current|ledger)?balance$|^current$/.test(type)
        ? 'current'
        : null;
    if (kind === null) return [];
    const label = text(setting['label']);
    return [{ kind, label, visible: setting['visible'] !== false, primary: setting['primary'] === true }];
  });
}

function isObject(value: unknown): value is Untrusted {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Control characters never reach a page or a log; runs of spaces are one (names carry them). */
function text(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const clean = value
    .replace(/[\s\p{Cc}]+/gu, ' ')
    // They turn around what follows them on the line (UAX #9): "12.00" would read "00.21".
    .replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
    .trim();
  return clean === '' ? null : clean.slice(0, 500).toWellFormed();
}

/** RFC 3339 with its offset: `Date.parse` makes a date of almost anything, and a time without an offset is anybody's. */
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/i;

function instant(value: unknown): string | null {
  const ms = typeof value === 'string' && INSTANT.test(value) ? Date.parse(value) : Number.NaN;
  return ms >= EARLIEST_MS ? new Date(ms).toISOString() : null;
}

/** Only the date part is meant to be shown (Consumer API, `paymentDueDate`): no time zone may shift it. */
function calendarDate(value: unknown): string | null {
  const date = typeof value === 'string' ? /^\d{4}-\d{2}-\d{2}(?!\d)/.exec(value)?.[0] : undefined;
  const ms = date === undefined ? Number.NaN : Date.parse(date);
  // `Date.parse` takes the 30th of February for the 2nd of March.
  return date !== undefined && ms >= EARLIEST_MS && new Date(ms).toISOString().startsWith(date) ? date : null;
}

/** 0001-01-01 and 1970-01-01 are what software writes for "no date". */
const EARLIEST_MS = Date.UTC(1990, 0, 1);

function currency(value: unknown): string | null {
  return typeof value === 'string' && /^[A-Za-z]{3}$/.test(value) ? value.toUpperCase() : null;
}
