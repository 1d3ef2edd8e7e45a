/** Draws a list of transactions: what is pending, then day by day. */
import { css, html, nothing, type TemplateResult } from 'lit';
import { expandedText } from './locales/expanded-words.ts';
import type { Language } from './locales/language.ts';
import type { DayGroup, Entry, TransactionList } from './transaction-list.ts';
import { nameOf, shown } from './wording.ts';

export interface GroupOptions {
  language: Language;
  nowMs: number;
}

export function transactionGroups({ pending, days }: TransactionList, options: GroupOptions): TemplateResult {
  const text = expandedText(options.language);
  return html`${pending.length === 0 ? nothing : group(text.pending, pending, options, true)}
    ${days.map((day) => group(dayInWords(day, options), day.entries, options, false))}`;
}

/** The day by the customer's own clock, `yyyy-MM-dd`. */
export function dayOf(atMs: number): string {
  const at = new Date(atMs);
  const twoDigits = (value: number) => `${value}`.padStart(2, '0');
  return `${at.getFullYear()}-${twoDigits(at.getMonth() + 1)}-${twoDigits(at.getDate())}`;
}

function dayInWords({ on }: DayGroup, { language, nowMs }: GroupOptions): string {
  const text = expandedText(language);
  if (on === null) return text.undated;
  const yesterday = new Date(nowMs);
  yesterday.setDate(yesterday.getDate() - 1);
  if (on === dayOf(nowMs)) return text.today;
  return on === dayOf(yesterday.getTime()) ? text.yesterday : language.format.calendarDate(on, nowMs);
}

function group(
  heading: string,
  entries: readonly Entry[],
  options: GroupOptions,
  withDay: boolean,
): TemplateResult {
  return html`<section class="day">
    <h3 class="small">${heading}</h3>
    <ul>
      ${entries.map((entry) => html`<li class="entry">${row(entry, options, withDay)}</li>`)}
    </ul>
  </section>`;
}

/** Names and categories are strangers' words: isolated, so that no direction mark in them can turn the row around. */
function row(
  { account, transaction: { description, category, amount, on } }: Entry,
  { language, nowMs }: GroupOptions,
  withDay: boolean,
): TemplateResult {
  const day = withDay && on !== null ? language.format.calendarDate(on, nowMs) : null;
  const notes = [day, nameOf(account, language), knownCategory(category)].filter((note) => note !== null);
  return html`<span class="what">
      <bdi>${description.trim() || expandedText(language).noDescription}</bdi>
      <span class="notes small">
        ${notes.map((note, index) => html`${index === 0 ? nothing : ' · '}<bdi>${note}</bdi>`)}
      </span>
    </span>
    <span class="money">${shown(language.format.money(amount), language)}</span>`;
}

/** Banno's word for none is no news to a customer. */
function knownCategory(category: string | null): string | null {
  return category === null || /^uncategori[sz]ed$/i.test(category.trim()) ? null : category;
}

export const groupStyles = css`
  /* Only the days that are looked at are laid out. */
  .day {
    padding-top: 20px;
    contain-intrinsic-size: auto 12rem;
    content-visibility: auto;
  }
  h3 {
    margin: 0;
    padding-bottom: 6px;
    font-weight: 500;
  }
  .entry {
    display: flex;
    justify-content: space-between;
    gap: 0 12px;
    padding: 8px 0;
  }
  .what {
    flex: 1 1 auto;
    min-width: 0;
    overflow-wrap: anywhere;
  }
  .notes {
    display: block;
  }
  .entry > .money {
    flex: 0 0 auto;
    max-width: 60%;
    text-align: end;
  }
`;
