/** Says in a sentence how the list of transactions stands, and what could not be loaded. */
import { html, nothing, type TemplateResult } from 'lit';
import { expandedText } from './locales/expanded-words.ts';
import type { Language } from './locales/language.ts';
import { mayGoOn } from './transaction-list.ts';
import type { AccountHistory } from './transaction-source.ts';
import { nameOf } from './wording.ts';

export interface ListStatus {
  histories: readonly AccountHistory[];
  /** Every account has answered or failed. */
  isThere: boolean;
  /** How many transactions match. */
  count: number;
  query: string;
}

/** Empty where a failure says all that there is to say. */
export function statusInWords({ histories, isThere, count, query }: ListStatus, language: Language): string {
  const text = expandedText(language);
  if (!isThere || histories.some(({ state, next }) => state === 'waiting' && next === 0)) return text.loading;
  if (count === 0 && query.trim() !== '') return text.nothingFound;
  if (count === 0) return histories.some(({ state }) => state === 'failed') ? '' : text.nothingYet;
  const found = count === 1 ? text.oneFound : text.found(language.format.count(count));
  return mayGoOn(histories) ? text.soFar(found) : found;
}

export function failedLine(
  histories: readonly AccountHistory[],
  language: Language,
  onRetry: () => void,
): TemplateResult | typeof nothing {
  const { failedOne, failedMany } = expandedText(language);
  const failed = histories.filter(({ state }) => state === 'failed');
  const sentence = namedOrCounted(failed, language, failedOne, failedMany);
  if (sentence === null) return nothing;
  return html`<p class="failed">
    <span>${sentence}</span>
    <button class="link retry" @click=${onRetry}>${language.text.actions.tryAgain}</button>
  </p>`;
}

/** What the bank keeps from this card is no failure: there is nothing to try again. */
export function refusedLine(
  refused: readonly AccountHistory[],
  language: Language,
): TemplateResult | typeof nothing {
  const { refusedOne, refusedMany } = expandedText(language);
  const sentence = namedOrCounted(refused, language, refusedOne, refusedMany);
  return sentence === null ? nothing : html`<p class="small refused">${sentence}</p>`;
}

/** One account by its name, several by their number; null of none. */
function namedOrCounted(
  [first, ...more]: readonly AccountHistory[],
  language: Language,
  one: (account: string) => string,
  many: (count: string) => string,
): string | null {
  if (first === undefined) return null;
  if (more.length > 0) return many(language.format.count(more.length + 1));
  return one(`\u2068${nameOf(first.account, language)}\u2069`);
}
