/** Hides amounts that stand in the bank's own words, where no format could have left them out. */
import { html, type TemplateResult } from 'lit';
import type { Language } from './locales/language.ts';
import { shown } from './wording.ts';

/** Codes stand for signs, and words for codes; in any script's digits. */
const CURRENCY = String.raw`(?:\p{Sc}|(?<!\p{L})(?:${Intl.supportedValuesOf('currency').join('|')}|dollars?|d[oó]lar(?:es)?|euros?)(?!\p{L}))`;
const NUMBER = String.raw`[-+−]?\p{Nd}[\p{Nd}.,'’٫٬\s]*`;
/** With two decimals or thousands set apart, or beside a currency: rather a number too many than an amount that is seen. */
const AMOUNT = new RegExp(
  String.raw`${NUMBER}(?:(?<=[.,٫]\p{Nd}{2}|\p{Nd}[.,'’٬]\p{Nd}{3})(?!\p{Nd})|${CURRENCY})|${CURRENCY}\s*[-+−]?\p{Nd}`,
  'iu',
);

/** Whatever follows the amount goes with it: it may be another one. */
export function withoutAmounts(words: string, language: Language): string | TemplateResult {
  const start = language.concealed === undefined ? -1 : words.search(AMOUNT);
  if (start === -1) return words;
  const dots = language.format.money({ amount: '0', currency: '' });
  return html`${words.slice(0, start)}${shown(dots, language)}`;
}
