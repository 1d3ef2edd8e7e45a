/** What the card may see: the shapes that cross from the server to the card. The only file both sides share. */
import { type Static, type TSchema, Type } from 'typebox';

const orNull = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
const object = <T extends Record<string, TSchema>>(properties: T) =>
  Type.Object(properties, { additionalProperties: false });

/** An exact decimal string, never a binary float ("1234.56"), and its ISO 4217 currency. */
export const Amount = object({ amount: Type.String(), currency: Type.String() });
export type Amount = Static<typeof Amount>;

/** What an amount means. `owed` is positive when the customer owes, negative when the bank owes the customer. */
export const BalanceKind = Type.Enum(['available', 'current', 'owed', 'credit', 'other']);
export type BalanceKind = Static<typeof BalanceKind>;

/** `label` is the institution's own word for this balance, when it has one (`balanceDisplaySettings`). */
export const Balance = object({
  amount: Type.String(),
  currency: Type.String(),
  kind: BalanceKind,
  label: orNull(Type.String()),
});
export type Balance = Static<typeof Balance>;

/** What a detail is that no institution worded. `onHold` is money that is there but not available. */
export const DetailMeaning = Type.Enum([
  'creditLimit',
  'interestRate',
  'payoff',
  'minimumPayment',
  'principal',
  'interestOwed',
  'opened',
  'onHold',
]);
export type DetailMeaning = Static<typeof DetailMeaning>;

/**
 * A line of an account's details. Either `label` holds the institution's own words, or it is null and the card words
 * the `meaning`. `value` is an exact decimal for money and percentages, a calendar date, or as the bank wrote it.
 */
export const AccountDetail = object({
  label: orNull(Type.String()),
  meaning: orNull(DetailMeaning),
  value: Type.String(),
  kind: Type.Enum(['text', 'date', 'money', 'percentage', 'count']),
});
export type AccountDetail = Static<typeof AccountDetail>;

/** One account. `lastFour` holds at most the last four characters of the account number; `due.on` is a calendar date. */
export const AccountView = object({
  id: Type.String(),
  name: Type.String(),
  lastFour: orNull(Type.String()),
  subType: orNull(Type.String()),
  balance: orNull(Balance),
  otherBalances: Type.Array(Balance),
  due: orNull(object({ on: Type.String(), amount: orNull(Amount) })),
  /** Named only when the account is held at another institution. */
  institutionName: orNull(Type.String()),
  details: Type.Array(AccountDetail),
  countsInTotals: Type.Boolean(),
});
export type AccountView = Static<typeof AccountView>;

export const GroupKind = Type.Enum(['cash', 'credit', 'loan', 'investment', 'external', 'other']);
export type GroupKind = Static<typeof GroupKind>;

/** Accounts of one kind, in the customer's own order. `subtotal` is null when it would mix currencies or nothing counts. */
export const AccountGroup = object({
  kind: GroupKind,
  subtotal: orNull(Amount),
  accounts: Type.Array(AccountView),
});
export type AccountGroup = Static<typeof AccountGroup>;

/**
 * Answer of `GET /api/accounts`. `asOf` is the oldest fetch time of the accounts shown (ISO 8601, UTC).
 * `owed` is positive when the customer owes; `net` is `assets` less `owed`. `order` is every account id
 * in the customer's own order, across the groups. `hiddenCount` is how many accounts the customer hid.
 * `unreadableCount` is how many accounts the bank sent that could not be read: no account at all, or one of a known type
 * without any balance. The totals leave them out.
 */
export const AccountSummary = object({
  asOf: orNull(Type.String()),
  headline: orNull(Balance),
  assets: orNull(Amount),
  owed: orNull(Amount),
  net: orNull(Amount),
  groups: Type.Array(AccountGroup),
  order: Type.Array(Type.String()),
  hiddenCount: Type.Integer(),
  unreadableCount: Type.Integer(),
});
export type AccountSummary = Static<typeof AccountSummary>;

/** `amount` keeps the bank's sign. `on` is a calendar date; null while a pending transaction has none. */
export const TransactionView = object({
  id: Type.String(),
  on: orNull(Type.String()),
  description: Type.String(),
  amount: Amount,
  isPending: Type.Boolean(),
  /** The bank's own word for what it was spent on, e.g. "Groceries". */
  category: orNull(Type.String()),
});
export type TransactionView = Static<typeof TransactionView>;

/** Answer of `GET /api/accounts/:accountId/transactions`: newest first; `next` is the `offset` to go on with. */
export const TransactionPage = object({
  transactions: Type.Array(TransactionView),
  next: orNull(Type.Integer()),
});
export type TransactionPage = Static<typeof TransactionPage>;

export const ProblemCode = Type.Enum([
  'SIGN_IN_REQUIRED',
  'SIGN_IN_FAILED',
  'SIGN_IN_UNBOUND',
  'NOT_PERMITTED',
  'FORBIDDEN',
  'NOT_FOUND',
  'METHOD_NOT_ALLOWED',
  'TOO_MANY_REQUESTS',
  'BANK_UNAVAILABLE',
  'BANK_TIMEOUT',
  'BANK_UNEXPECTED',
  'TEMPORARILY_UNAVAILABLE',
  'BAD_REQUEST',
  'INTERNAL',
]);
export type ProblemCode = Static<typeof ProblemCode>;

/** RFC 9457 problem details with a stable `code`. `requestId` is what support asks for. */
export const Problem = object({
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer(),
  code: ProblemCode,
  requestId: Type.String(),
  retryAfterSeconds: Type.Optional(Type.Integer()),
});
export type Problem = Static<typeof Problem>;

/**
 * A line of the answer of `POST /api/accounts/refresh` (`application/x-ndjson`): how many events the bank has told so
 * far, then the end. `complete` is false when the bank did not say within 30 s that all is fresh.
 */
export type RefreshLine =
  | { type: 'progress'; events: number }
  | { type: 'summary'; complete: boolean; summary: AccountSummary }
  | { type: 'problem'; problem: Problem };

export type View = 'face' | 'expanded';

interface BootBase {
  view: View;
  /** BCP 47, e.g. `en-US`. */
  locale: string;
  customer: { givenName: string | null };
  /** The entry URL with a sealed count of automatic restarts: the only URL a card may restart itself with. */
  again: string;
  links: { dashboard: string; accounts: string; expanded: string };
  /** True when the card's own start ended without a bank session: only the host can help then (`request-refresh`). */
  askHost?: boolean;
}

/** The JSON in `<script type="application/json" id="card-boot">`. */
export type CardBoot =
  | (BootBase & {
      session: string;
      summary: AccountSummary;
      /** Beyond balances. Refused: this deployment asks for them, and the institution or the customer did not grant them. */
      features: { transactions: boolean; transactionsRefused: boolean };
      problem?: undefined;
    })
  | (BootBase & { problem: Problem; session?: undefined; summary?: undefined });
