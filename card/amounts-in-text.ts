/** Hides amounts that stand in the bank's own words, where no format could have left them out. */
import { html, type TemplateResult } from 'lit';
import type { Language } from './locales/language.ts';
import { shown } from './wording.ts';

/** With two decimals, or beside a currency's sign: rather a number too many than an amount that is seen. */
const AMOUNT = /(?:\p{Sc}\s*)?[-+]?\d[\d.,]*(?:[.,]\d{2}(?!\d)|\s?\p{Sc})|\p{Sc}\s*[-+]?\d/u;

/** Whatever follows the amount goes with it: it may be another one. */
export function withoutAmounts(words: string, language: Language): string | TemplateResult {
  const start = language.concealed === undefined ? -1 : words.search(AMOUNT);
  if (start === -1) return words;
  const dots = language.format.money({ amount: '0', currency: '' });
  return html`${words.slice(0, start)}${shown(dots, language)}`;
}
