/** What else the institution tells of an account, behind a disclosure: in its own words, in the customer's notation. */
import { html, nothing, type TemplateResult } from 'lit';
import type { AccountDetail, AccountView } from '../server/contract.ts';
import { memberOf } from './account-summary.ts';
import { withoutAmounts } from './amounts-in-text.ts';
import { type ExpandedText, expandedText } from './locales/expanded-words.ts';
import type { Language } from './locales/language.ts';
import { css } from './style-sheet.ts';
import { nameOf, shown, type ViewContent } from './wording.ts';

export function accountDetails(
  account: AccountView,
  { language, nowMs }: ViewContent,
): TemplateResult | typeof nothing {
  const text = expandedText(language);
  // An older server tells none.
  const lines = (account.details ?? []).flatMap((detail) => {
    const word = wordOf(detail, text);
    return word === undefined ? [] : [{ detail, word }];
  });
  if (lines.length === 0) return nothing;
  const currency = (account.balance ?? account.otherBalances[0])?.currency ?? null;
  return html`<details class="more">
    <summary class="small">
      ${text.details}<span class="visually-hidden"> <bdi>${text.detailsOf(nameOf(account, language))}</bdi></span>
    </summary>
    <dl>
      ${lines.map(
        ({ detail, word }) => html`<div>
          <dt class="small"><bdi>${withoutAmounts(word, language)}</bdi></dt>
          <dd class="money"><bdi>${valueShown(detail, currency, language, nowMs)}</bdi></dd>
        </div>`,
      )}
    </dl>
  </details>`;
}

/** The institution's own word, else the card's; a newer server may know meanings that this card has no word for. */
function wordOf({ label, meaning }: AccountDetail, { meanings }: ExpandedText): string | undefined {
  return label?.trim() || memberOf(meanings, meaning ?? '') || undefined;
}

/** Words beside an amount may hold dots of their own: a masked number is no hidden amount. */
function valueShown(detail: AccountDetail, currency: string | null, language: Language, nowMs: number) {
  const words = valueInWords(detail, currency, language, nowMs);
  if (detail.kind === 'money') return shown(words, language);
  return detail.kind === 'text' ? withoutAmounts(words, language) : words;
}

/** `currency` is the account's: the bank names none for its details. */
export function valueInWords(
  { kind, value }: AccountDetail,
  currency: string | null,
  { locale, format }: Language,
  nowMs: number,
): string {
  switch (kind) {
    case 'money':
      // Without a currency it is a bare number, but an amount all the same: it takes the way of all amounts.
      return format.money({ amount: value, currency: currency ?? '' }).trim();
    case 'date':
      return format.calendarDate(value, nowMs);
    case 'percentage':
      return decimal(value, locale, { style: 'unit', unit: 'percent' });
    case 'count':
      return decimal(value, locale, {});
    default:
      return value;
  }
}

/** Exact to the last digit the bank gave; what is no number stays as it was written. */
function decimal(value: string, locale: string, options: Intl.NumberFormatOptions): string {
  if (!isDecimal(value)) return value;
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 12, ...options }).format(value);
}

function isDecimal(value: string): value is `${number}` {
  return /^-?\d+(\.\d+)?$/.test(value);
}

export const detailsStyles = css`
  .more {
    margin-top: -10px;
    padding-bottom: 4px;
  }
  summary {
    display: flex;
    align-items: center;
    width: fit-content;
    min-height: 1.75rem;
    padding-inline-end: 8px;
    cursor: pointer;
    list-style: none;
  }
  summary::-webkit-details-marker {
    display: none;
  }
  /* Drawn, not written: a character would be read out. */
  summary::after {
    width: 0.375rem;
    height: 0.375rem;
    margin-inline-start: 8px;
    border: solid currentcolor;
    border-width: 0 1.5px 1.5px 0;
    content: '';
    transform: translateY(-2px) rotate(45deg);
  }
  details[open] > summary::after {
    transform: translateY(1px) rotate(-135deg);
  }
  summary:hover {
    text-decoration: underline;
  }
  .more dl {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 12rem), 1fr));
    gap: 8px 24px;
    padding: 4px 0 12px;
  }
  .more dl > div {
    min-width: 0;
  }
  .more dt,
  .more dd {
    overflow-wrap: anywhere;
  }
`;
