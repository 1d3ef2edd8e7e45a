/** The one number: its label above it, its cents smaller, and never wider than the card. */
import { html, nothing, type TemplateResult } from 'lit';
import type { AccountSummary, Balance } from '../server/contract.ts';
import { unsigned } from './format.ts';
import type { Language } from './locales/language.ts';
import { css } from './style-sheet.ts';
import { isCredit, labelOf, shown } from './wording.ts';

export function headline(
  { headline: balance }: AccountSummary,
  language: Language,
): TemplateResult | typeof nothing {
  if (balance === null) return nothing;
  const { text, format } = language;
  const owesLess = isCredit(balance);
  const { before, decimals, after } = format.moneyParts(owesLess ? unsigned(balance) : balance);
  const characters = before.length + decimals.length + after.length;
  // Set as a property, through CSSOM: the page's policy forbids style attributes.
  return html`<p class="headline-label small"><bdi>${owesLess ? text.inCredit : labelOf(balance, text.headline)}</bdi></p>
    <p class="headline money" .style=${`--characters:${characters}`}
      >${shown(before, language)}<span class="decimals">${decimals}</span>${after}</p
    >`;
}

/** What a row need not repeat. Null when the headline's word would not tell the rows' apart. */
export function headlineRowLabel(balance: Balance | null, { text }: Language): string | null {
  return balance === null || isCredit(balance) ? null : labelOf(balance, text.balance);
}

/** No digit of the fonts in use is wider than 0.64 em: so many characters always fit in one line. */
export const headlineStyles = css`
  .headline-box {
    min-height: 1.5rem;
    container-type: inline-size;
  }
  .headline-label::first-letter {
    text-transform: uppercase;
  }
  .headline-label {
    padding-inline-end: 68px;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .headline {
    font-size: max(0.875rem, min(1.875rem, 100cqi / (var(--characters) * 0.64)));
    line-height: 1.2;
    letter-spacing: -0.01em;
  }
  .decimals {
    font-size: 0.6em;
  }
`;
