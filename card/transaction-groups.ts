/** Draws a list of transactions: what is pending, then day by day. */
import { html, nothing, type TemplateResult } from 'lit';
import { withoutAmounts } from './amounts-in-text.ts';
import { expandedText } from './locales/expanded-words.ts';
import type { Language } from './locales/language.ts';
import { css } from './style-sheet.ts';
import type { Block, Entry, Group } from './transaction-list.ts';
import { nameOf, shown } from './wording.ts';

/** The day by the customer's own clock, `yyyy-MM-dd`. */
export function dayOf(atMs: number): string {
  const at = new Date(atMs);
  const twoDigits = (value: number) => `${value}`.padStart(2, '0');
  return `${at.getFullYear()}-${twoDigits(at.getMonth() + 1)}-${twoDigits(at.getDate())}`;
}

/** `today` is `yyyy-MM-dd`: with the time of day, every row would be drawn anew each minute. */
export function transactionGroups(block: Block, language: Language, today: string): TemplateResult {
  const dayInWords = daysInWords(language, today);
  return html`${block.map((group) => groupSection(group, language, dayInWords))}`;
}

/** Each day is put into words once, however many rows say it: that takes a new format every time. */
function daysInWords(language: Language, today: string): (on: string) => string {
  const text = expandedText(language);
  const noon = new Date(`${today}T12:00`);
  const known = new Map([[today, text.today]]);
  const yesterday = new Date(noon);
  yesterday.setDate(noon.getDate() - 1);
  known.set(dayOf(yesterday.getTime()), text.yesterday);
  return (on) => {
    const words = known.get(on) ?? language.format.calendarDate(on, noon.getTime());
    known.set(on, words);
    return words;
  };
}

function groupSection(
  { isPending, on, continues, entries }: Group,
  language: Language,
  dayInWords: (on: string) => string,
): TemplateResult {
  const text = expandedText(language);
  const heading = isPending ? text.pending : on === null ? text.undated : dayInWords(on);
  const dayOfEntry = ({ transaction }: Entry) =>
    isPending && transaction.on !== null ? dayInWords(transaction.on) : null;
  return html`<section class="day">
    ${continues ? nothing : html`<h3 class="small">${heading}</h3>`}
    <ul>
      ${entries.map((entry) => row(entry, language, dayOfEntry(entry)))}
    </ul>
  </section>`;
}

/** Names and categories are strangers' words: isolated, so that no direction mark in them can turn the row around. */
function row(
  { account, transaction: { description, category, amount } }: Entry,
  language: Language,
  day: string | null,
): TemplateResult {
  const known = knownCategory(category);
  return html`<li class="entry">
    <span class="what">
      <bdi>${withoutAmounts(description.trim(), language) || expandedText(language).noDescription}</bdi>
      <span class="notes small">
        ${day === null ? nothing : html`<bdi>${day}</bdi> · `}<bdi>${nameOf(account, language)}</bdi>${
          known === null ? nothing : html` · <bdi>${known}</bdi>`
        }
      </span>
    </span>
    <span class="money">${shown(language.format.money(amount), language)}</span>
  </li>`;
}

/** Banno's word for none is no news to a customer. */
function knownCategory(category: string | null): string | null {
  return category === null || /^uncategori[sz]ed$/i.test(category.trim()) ? null : category;
}

export const groupStyles = css`
  h3 {
    margin: 0;
    padding: 20px 0 6px;
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
