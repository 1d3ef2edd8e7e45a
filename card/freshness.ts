/** One line about the data on screen: what there is to say about it, the next step, and how old it is. */
import { html, type TemplateResult } from 'lit';
import { messageOf, nextStep } from './card-message.ts';
import { ageInWords, type ViewContent } from './wording.ts';

/** The age is given up where there is no room for it. Null where there is nothing to say. */
export function freshness(
  content: ViewContent,
  withAge = true,
  hasWayToAll = false,
): string | TemplateResult | null {
  const { summary, notice, nowMs, language, progress, outcome, mayRefresh } = content;
  if (outcome !== undefined) return outcome;
  const age = withAge ? (progress ?? ageInWords(summary.asOf, nowMs, language)) : null;
  if (notice === null) return age;
  const message = messageOf(notice, language);
  const { sentence } = message;
  const step = message.step === 'update' && !mayRefresh ? 'seeAccounts' : message.step;
  const words = progress ?? [sentence, age].filter(Boolean).join(' ');
  if (step === 'seeAccounts' && hasWayToAll) return words;
  return html`${words} ${nextStep(step, 'link', content)}`;
}
