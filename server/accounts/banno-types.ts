/** What we read of the Consumer API's answers: a tolerant reader that keeps what is valid and drops the rest. */
import { readMoney } from './money.ts';

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
  const inactivated = Array.isArray(body['inactivatedAccountIds']) ? body['inactivatedAccountIds'] : [];
  return {
    accounts: [...seen.values()],
    inactivatedAccountIds: new Set(inactivated.filter((id) => typeof id === 'string')),
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
    paymentDueAmount: readMoney(item['paymentDueAmount']) ?? readMoney(item['minimumPaymentDue']),
  };
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
    .toWellFormed()
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  return clean === '' ? null : clean.slice(0, 500);
}

function instant(value: unknown): string | null {
  const ms = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(ms) ? null : new Date(ms).toISOString();
}

/** Only the date part is meant to be shown (Consumer API, `paymentDueDate`): no time zone may shift it. */
function calendarDate(value: unknown): string | null {
  const date = typeof value === 'string' ? /^\d{4}-\d{2}-\d{2}(?=T|$)/.exec(value)?.[0] : undefined;
  return date === undefined || Number.isNaN(Date.parse(date)) ? null : date;
}

function currency(value: unknown): string | null {
  return typeof value === 'string' && /^[A-Z]{3}$/.test(value) ? value : null;
}
