/** Draws the place of the transactions while there are none to show: the heading, and a sentence that says why. */
import { html, type TemplateResult } from 'lit';
import { expandedText } from './locales/expanded-words.ts';
import type { Language } from './locales/language.ts';

export function transactionSentence(sentence: string, language: Language): TemplateResult {
  return html`<section class="part">
    <h2>${expandedText(language).transactions}</h2>
    <p class="small count" tabindex="-1">${sentence}</p>
  </section>`;
}
