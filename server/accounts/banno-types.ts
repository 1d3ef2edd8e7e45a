/** What we read of the Consumer API's answers: a tolerant reader that keeps what is valid and drops the rest. */
import { maskNumbers } from './masking.ts';
import { isPositive, readMoney } from './money.ts';
import { type PlainDetail, readPlainDetails } from './plain-details.ts';
import { calendarDate, currencyOf, instant, isObject, text, type Untrusted } from './untrusted.ts';

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
  /** Of `formattedMetaData`, not yet read: what is wrong in it costs a line, not the account. */
  details: unknown;
  rewards: unknown;
  plainDetails: PlainDetail[];
}

export interface BannoAccounts {
  accounts: BannoAccount[];
  /** What else stood in the list: no object, or one without an id. */
  noAccounts: unknown[];
  inactivatedAccountIds: ReadonlySet<string>;
}

/** One entry of the institution's `balanceDisplaySettings`. */
export interface BalanceDisplaySetting {
  kind: 'available' | 'current';
  label: string | null;
  visible: boolean;
  primary: boolean;
}

/** Nobody has so many; every further one would hold up everybody else's answers. */
const MOST_ACCOUNTS = 10_000;

/** Answers undefined when the body is not an account list at all. */
export function readAccounts(body: unknown): BannoAccounts | undefined {
  if (!isObject(body) || !Array.isArray(body['accounts'])) return undefined;
  if (body['accounts'].length > MOST_ACCOUNTS) return undefined;
  const seen = new Map<string, BannoAccount>();
  const noAccounts: unknown[] = [];
  for (const item of body['accounts']) {
    const account = isObject(item) ? readAccount(item) : undefined;
    if (account === undefined) noAccounts.push(item);
    else if (!seen.has(account.id)) seen.set(account.id, account);
  }
  const inactivated: unknown[] = Array.isArray(body['inactivatedAccountIds'])
    ? body['inactivatedAccountIds']
    : [];
  return {
    accounts: [...seen.values()],
    noAccounts,
    inactivatedAccountIds: new Set(inactivated.flatMap((id) => text(id) ?? [])),
  };
}

function readAccount(item: Untrusted): BannoAccount | undefined {
  const id = text(item['id']);
  // As it came, or not at all: cleaned, two of them could become one, and an account would go missing.
  if (id === null || id !== item['id']) return undefined;
  const currency = currencyOf(item['currency']);
  // Amounts of a currency that cannot be read are no amounts of the institution's own.
  const money = currency === undefined ? () => null : readMoney;
  const institution = isObject(item['institution']) ? item['institution'] : {};
  const metaData = isObject(item['formattedMetaData']) ? item['formattedMetaData'] : {};
  return {
    id,
    name: text(item['name']) ?? '',
    numbers: text(item['numbers']),
    fetchedDate: instant(item['fetchedDate']),
    accountType: text(item['accountType']),
    accountSubType: text(item['accountSubType']),
    institution: { id: text(institution['id']), name: text(institution['name']) },
    hidden: isHidden(item),
    contributesToAggregateTotals: item['contributesToAggregateTotals'] === true,
    sortIndex: Number.isFinite(item['sortIndex']) ? Number(item['sortIndex']) : null,
    currency: currency ?? null,
    balance: money(item['balance']),
    availableBalance: money(item['availableBalance']),
    availableCredit: money(item['availableCredit']),
    paymentDueDate: calendarDate(item['paymentDueDate']),
    paymentDueAmount: paymentDue(money(item['paymentDueAmount']), money(item['minimumPaymentDue'])),
    details: metaData['details'] ?? null,
    rewards: metaData['rewards'] ?? null,
    plainDetails: readPlainDetails(item).filter(({ kind }) => kind !== 'money' || currency !== undefined),
  };
}

/** The customer hid it. `active` is the deprecated inverse of `hidden`. */
export function isHidden({ hidden, active }: Untrusted): boolean {
  return typeof hidden === 'boolean' ? hidden : active === false;
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
    const words = text(setting['label']);
    const label = words === null ? null : maskNumbers(words);
    return [{ kind, label, visible: setting['visible'] !== false, primary: setting['primary'] === true }];
  });
}
