/** Puts balances, due payments and ages into the words that the card's views share. */
import type { TemplateResult } from 'lit';
import type { AccountSummary, AccountView, Balance, CardBoot } from '../server/contract.ts';
import type { AccountSource } from './account-source.ts';
import { memberOf } from './account-summary.ts';
import type { Surroundings } from './card-message.ts';
import type { Notice } from './card-state.ts';
import { isNegative, unsigned } from './format.ts';
import type { Language } from './locales/language.ts';

/** What both views are given to draw. */
export interface ViewContent extends Surroundings {
  summary: AccountSummary;
  notice: Notice | null;
  nowMs: number;
  links: CardBoot['links'];
  /** True when the host was asked for that height, in CSS px, which would hold everything. */
  askForHeight: (heightPx: number) => boolean;
  customer: unknown;
  /** For what is not in the summary. */
  source: AccountSource | null;
  /** The two buttons beside the headline. */
  controls: TemplateResult;
  /** False once the institution has refused it. */
  mayRefresh: boolean;
  /** How something ended, when there is something to say: stands in the place of everything else. */
  outcome?: string;
}

/** For words that may hold an amount. */
export function shown(words: string, { concealed }: Language): string | TemplateResult {
  return concealed?.(words) ?? words;
}

const MINUTE_MS = 60_000;
/** Clocks of customers and banks differ a little; within this a time in the future is simply now. */
const CLOCK_TOLERANCE_MS = 5 * MINUTE_MS;

/** The customer paid more than was owed. */
export function isCredit(balance: Balance): boolean {
  return balance.kind === 'owed' && isNegative(balance);
}

/** Owed less than nothing is a credit: the word says so, and the sign goes. */
export function balanceInWords(balance: Balance, { text, format }: Language) {
  return isCredit(balance)
    ? { amount: format.money(unsigned(balance)), label: text.inCredit }
    : { amount: format.money(balance), label: labelOf(balance, text.balance) };
}

/**
 * The institution's own word when it has one. Banno's plain English words are no such choice: the card says them
 * in the customer's language. A newer server may know kinds that this card does not.
 */
export function labelOf({ kind, label }: Balance, labels: Record<Balance['kind'], string>): string {
  const own = label?.trim() ?? '';
  return (own.toLowerCase() !== kind && own) || memberOf(labels, kind) || labels.other;
}

export function nameOf({ name }: AccountView, { text }: Language): string {
  return name.trim() || text.unnamedAccount;
}

export function dueInWords(
  due: AccountView['due'],
  nowMs: number,
  { text, format }: Language,
): string | null {
  if (due === null) return null;
  const date = format.calendarDate(due.on, nowMs);
  return due.amount === null ? text.due(date) : text.amountDue(format.money(due.amount), date);
}

/** When the data was true, as near as matters: minutes, then the time of day, then the date. */
export function ageInWords(asOf: string | null, nowMs: number, { text, format }: Language): string | null {
  const atMs = Date.parse(asOf ?? '');
  if (Number.isNaN(atMs)) return null;
  const ageMs = nowMs - atMs;
  if (ageMs >= -CLOCK_TOLERANCE_MS) {
    if (ageMs < MINUTE_MS) return text.updatedNow;
    if (ageMs < 60 * MINUTE_MS) return text.updatedMinutesAgo(format.count(Math.floor(ageMs / MINUTE_MS)));
    const isToday = new Date(atMs).toDateString() === new Date(nowMs).toDateString();
    if (isToday) return text.updatedAt(format.time(atMs));
  }
  return text.updatedOn(format.date(atMs, nowMs));
}
