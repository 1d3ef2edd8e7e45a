/** Draws every state that is not data: one sentence and one next step. */
import { css, html, nothing, type TemplateResult } from 'lit';
import { backLink } from './back-link.ts';
import { type CardState, type MessageState, type Notice, noticeOf } from './card-state.ts';
import type { Format } from './format.ts';
import type { Text } from './locales/face-words.ts';
import type { Language } from './locales/language.ts';

const MINUTE_MS = 60_000;
/** A screen reader announces a change of a live region, not its first content. */
export const ANNOUNCE_AFTER_MS = 100;

export type Step = keyof Text['actions'];

export interface StepOptions {
  language: Language;
  accountsUrl: string | null;
  onStep: (step: Step) => void;
  isBusy?: boolean;
}

interface Message {
  sentence: string;
  step: Step;
  reference: string | null;
}

export interface PageOptions extends StepOptions {
  /** Null where the way back is not this page's to draw. */
  dashboardUrl: string | null;
}

export function messagePage(state: MessageState, options: PageOptions): TemplateResult {
  const { language, dashboardUrl } = options;
  const { sentence, step, reference } = messageOf(state, language);
  return html`<main tabindex="-1">
    <h1 class="visually-hidden">${language.text.title}</h1>
    ${backLink(dashboardUrl, language)}
    <div class="message">
      <p class="sentence">${sentence}</p>
      ${nextStep(step, 'link step', options)}
      ${reference === null ? nothing : html`<p class="reference small">${language.text.reference(reference)}</p>`}
    </div>
  </main>`;
}

/** Seeing the accounts is a link to the bank; every other next step is the card's own to take. */
export function nextStep(step: Step, look: string, options: StepOptions): TemplateResult {
  const { language, accountsUrl, onStep, isBusy } = options;
  const words = language.text.actions[step];
  return step === 'seeAccounts'
    ? html`<a class=${look} href=${accountsUrl ?? nothing} target="_top">${words}</a>`
    : html`<button class=${look} type="button" aria-disabled=${isBusy || nothing} @click=${() => onStep(step)}>${words}</button>`;
}

/** What a live region says of a state: once, and never an amount, which others in the room might hear. */
export function announcementOf(state: CardState, language: Language, nowMs: number): string {
  if (state.kind === 'loading') return '';
  const message = state.kind === 'ready' ? noticeOf(state, nowMs) : state;
  return message === null ? language.text.loaded : messageOf(message, language).sentence;
}

export function messageOf(state: MessageState | Notice, { text, format }: Language): Message {
  const { sentences } = text;
  const message = (sentence: string, step: Message['step'], reference: string | null = null) => ({
    sentence,
    step,
    reference,
  });
  switch (state.kind) {
    case 'empty':
      return message(state.allHidden ? sentences.allHidden : sentences.empty, 'seeAccounts');
    case 'signed-out':
      return message(sentences.signedOut, 'signIn');
    case 'sign-in-failed':
      return message(sentences.signInFailed, 'tryAgain', state.reference);
    case 'not-permitted':
      return message(sentences.notPermitted, 'seeAccounts', state.reference);
    case 'unavailable':
      return message(sentences[state.reason], 'tryAgain', state.reference);
    case 'rate-limited':
      return message(untilInWords(state.retryAtMs, sentences, format), 'tryAgain');
    case 'offline':
      return message(sentences.offline, 'tryAgain');
    case 'not-updated':
      return message(sentences.notUpdated, 'tryAgain');
    case 'partial':
      return message(unreadableInWords(state.count, sentences, format), 'seeAccounts');
    case 'stale':
      return message(sentences.stale, 'update');
  }
}

/** A time without seconds that is never too early. */
export function untilInWords(retryAtMs: number | null, sentences: Text['sentences'], format: Format): string {
  if (retryAtMs === null) return sentences.rateLimited;
  return sentences.tryAgainAt(format.time(Math.ceil(retryAtMs / MINUTE_MS) * MINUTE_MS));
}

function unreadableInWords(count: number, { oneUnreadable, unreadable }: Text['sentences'], format: Format) {
  return count === 1 ? oneUnreadable : unreadable(format.count(count));
}

/** In vh, because large text in a low frame must leave room for the next step: the frame is the viewport. */
export const messageStyles = css`
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
    font-size: min(0.875rem, 9vh);
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
