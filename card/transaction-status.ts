/** Says in a sentence how the list of transactions stands, and what could not be loaded. */
import { html, nothing, type TemplateResult } from 'lit';
import { expandedText } from './locales/expanded-words.ts';
import type { Language } from './locales/language.ts';
import type { AccountHistory } from './transaction-source.ts';
import { nameOf } from './wording.ts';

export interface ListStatus {
  count: number;
  query: string;
  isLoading: boolean;
  /** The bank has more than what was read so far. */
  goesOn: boolean;
  hasFailed: boolean;
}

/** Empty where a failure says all that there is to say. */
export function statusInWords(status: ListStatus, language: Language): string {
  const text = expandedText(language);
  const { count, query, isLoading, goesOn, hasFailed } = status;
  if (isLoading) return text.loading;
  if (count === 0 && query.trim() !== '') return text.nothingFound;
  if (count === 0) return hasFailed ? '' : text.nothingYet;
  const found = count === 1 ? text.oneFound : text.found(language.format.count(count));
  return goesOn ? text.soFar(found) : found;
}

export function failedLine(
  histories: readonly AccountHistory[],
  language: Language,
  onRetry: () => void,
): TemplateResult | typeof nothing {
  const text = expandedText(language);
  const [first, ...more] = histories.filter(({ state }) => state === 'failed');
  if (first === undefined) return nothing;
  const sentence =
    more.length === 0
      ? text.failedOne(`\u2068${nameOf(first.account, language)}\u2069`)
      : text.failedMany(language.format.count(more.length + 1));
  return html`<p class="failed">
    <span>${sentence}</span>
    <button class="link retry" @click=${onRetry}>${language.text.actions.tryAgain}</button>
  </p>`;
}
