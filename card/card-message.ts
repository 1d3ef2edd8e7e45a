/** Draws every state that is not data: one sentence and one next step. */
import { html, nothing, type TemplateResult } from 'lit';
import type { CardBoot } from '../server/contract.ts';
import { backLink } from './back-link.ts';
import { type CardState, type MessageState, type Notice, noticeOf } from './card-state.ts';
import type { Format } from './format.ts';
import type { Text } from './locales/face-words.ts';
import type { Language } from './locales/language.ts';
import { css } from './style-sheet.ts';

const MINUTE_MS = 60_000;
/** A screen reader announces a change of a live region, not its first content. */
export const ANNOUNCE_AFTER_MS = 100;

export type Step = keyof Text['actions'];

/** What the card knows wherever it draws; all views get it. */
export interface Surroundings {
  language: Language;
  /** Null when card-boot is missing. */
  links: CardBoot['links'] | null;
  /** Null where the way back is not the card's to draw. */
  dashboardUrl: string | null;
  /** The customer takes the next step that was offered. */
  onStep: (step: Step) => void;
  /** How something that takes a while goes on; until it ends there is no other step. */
  progress?: string;
}

interface Message {
  sentence: string;
  step: Step;
}

export function messagePage(state: MessageState, around: Surroundings): TemplateResult {
  const { language, dashboardUrl } = around;
  const { sentence, step } = messageOf(state, language);
  const reference = 'reference' in state ? state.reference : null;
  return html`<main tabindex="-1">
    <h1 class="visually-hidden">${language.text.title}</h1>
    ${backLink(dashboardUrl, language)}
    <div class="message">
      <p class="sentence">${sentence}</p>
      ${nextStep(step, 'link step', around)}
      ${reference === null ? nothing : html`<p class="reference small">${language.text.reference(reference)}</p>`}
    </div>
  </main>`;
}

/** Seeing the accounts is a link to the bank; every other next step is the card's own to take. */
export function nextStep(step: Step, look: string, around: Surroundings): TemplateResult {
  const { language, links, onStep, progress } = around;
  const words = language.text.actions[step];
  return step === 'seeAccounts'
    ? html`<a class=${look} href=${links?.accounts ?? nothing} target="_top">${words}</a>`
    : html`<button class=${look} type="button" aria-disabled=${progress ? 'true' : nothing} @click=${() => onStep(step)}>${words}</button>`;
}

/** What a live region says of a state: once, and never an amount, which others in the room might hear. */
export function announcementOf(state: CardState, language: Language, nowMs: number): string {
  if (state.kind === 'loading') return '';
  const message = state.kind === 'ready' ? noticeOf(state, nowMs) : state;
  return message === null ? language.text.loaded : messageOf(message, language).sentence;
}

/** Where there is no other, the next step is to try again. */
const STEPS: Partial<Record<(MessageState | Notice)['kind'], Step>> = {
  empty: 'seeAccounts',
  partial: 'seeAccounts',
  notPermitted: 'seeAccounts',
  signedOut: 'signIn',
  stale: 'update',
};

export function messageOf(state: MessageState | Notice, language: Language): Message {
  return { sentence: sentenceOf(state, language), step: STEPS[state.kind] ?? 'tryAgain' };
}

function sentenceOf(state: MessageState | Notice, { text: { sentences }, format }: Language): string {
  switch (state.kind) {
    case 'empty':
      return state.allHidden ? sentences.allHidden : sentences.empty;
    case 'rateLimited':
      return untilInWords(state.retryAtMs, sentences, format);
    case 'partial':
      return state.count === 1 ? sentences.oneUnreadable : sentences.unreadable(format.count(state.count));
    default:
      return sentences[state.kind];
  }
}

/** A time without seconds that is never too early. */
function untilInWords(retryAtMs: number | null, sentences: Text['sentences'], format: Format): string {
  if (retryAtMs === null) return sentences.rateLimited;
  return sentences.tryAgainAt(format.time(Math.ceil(retryAtMs / MINUTE_MS) * MINUTE_MS));
}

/** In vh, because large text in a low frame must leave room for the next step: the frame is the viewport. */
export const messageStyles = css`
  .back {
    padding: 8px 16px 0;
  }
  .message {
    display: flex;
    flex-direction: column;
    align-items: center;
    justify-content: center;
    gap: 8px;
    padding: 16px;
    text-align: center;
  }
  .sentence {
    max-width: 24rem;
    font-size: min(0.875rem, 8vh);
    line-height: 1.4;
    text-wrap: balance;
  }
  .step {
    min-height: 24px;
    padding: 0.375rem 0.75rem;
    border: 1px solid currentcolor;
    border-radius: 1rem;
    background: none;
    font-family: inherit;
    font-size: min(0.875rem, 9vh);
    line-height: 1.25;
    cursor: pointer;
  }
  .message > .reference {
    max-width: 100%;
    font-size: min(0.75rem, 6vh);
    line-height: 1.3;
    overflow-wrap: anywhere;
    user-select: all;
  }
`;
