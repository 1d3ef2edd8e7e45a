/** What the first drawing does not need, loaded right after it: reading again, refreshing, and the two buttons. */
import { html } from 'lit';
import type { AccountSummary } from '../server/contract.ts';
import { AccountSource, type SourceOptions } from './account-source.ts';
import { keepPreference, withoutAmounts } from './amount-privacy.ts';
import type { Bridge } from './bridge.ts';
import type { Step } from './card-message.ts';
import { type CardState, isStale } from './card-state.ts';
import './face-controls.ts';
import { type ControlsText, controlsWords } from './locales/controls-words.ts';
import type { Language } from './locales/language.ts';
import { isSignedOut, type ReadResult, stateAfterReading } from './read-result.ts';
import type { RefreshResult } from './refresh-stream.ts';
import type { ViewContent } from './wording.ts';

/** The card as its controls see it. */
export interface ControlledCard {
  cardState: CardState;
  hidesAmounts: boolean;
  bridge: Bridge | null;
  controls: CardControls | null;
  requestUpdate(): void;
  startOver(): void;
}

/** How a refresh goes on or ended: a quiet line, and what a live region says. Never an amount. */
interface Status extends Pick<ViewContent, 'progress' | 'outcome'> {
  announcement: string;
}

export class CardControls {
  readonly #card: ControlledCard;
  readonly #language: Language;
  readonly #concealed: Language;
  readonly #text: ControlsText;
  readonly #source: AccountSource;
  /** The refresh or the reading that the customer asked for and waits for. */
  #awaited: AbortController | null = null;
  #status: Status | null = null;
  #mayRefresh = true;

  constructor(card: ControlledCard, language: Language, source: SourceOptions) {
    this.#card = card;
    this.#language = language;
    this.#text = controlsWords();
    this.#concealed = withoutAmounts(language, this.#text);
    this.#source = new AccountSource(source);
    // Nobody looks any more: the core need not be asked, and nothing may happen in the background.
    document.addEventListener('visibilitychange', () => document.hidden && this.#leave());
    addEventListener('pagehide', () => this.#leave());
    addEventListener('online', () => document.hidden || void this.readIfStale());
    card.controls = this;
    card.requestUpdate();
  }

  get announcement(): string | undefined {
    return this.#status?.announcement;
  }

  /** What it adds to a view's content. */
  get view(): Pick<ViewContent, 'language' | 'source' | 'controls' | 'mayRefresh' | 'progress' | 'outcome'> {
    const { hidesAmounts } = this.#card;
    const state = {
      text: this.#text,
      hidesAmounts,
      isRefreshing: this.#awaited !== null,
      onPrivacy: () => this.#setPrivacy(!hidesAmounts),
      onRefresh: this.#mayRefresh ? () => void this.take('update') : null,
    };
    const controls = html`<face-controls .state=${state}></face-controls>`;
    const language = hidesAmounts ? this.#concealed : this.#language;
    return { language, source: this.#source, controls, mayRefresh: this.#mayRefresh, ...this.#status };
  }

  /** Or failed for want of a network, which may be there again. */
  async readIfStale(): Promise<void> {
    const { cardState } = this.#card;
    const wasOffline = cardState.kind === 'ready' && cardState.notice?.kind === 'offline';
    const result = await this.#source.readAccounts(wasOffline && navigator.onLine);
    if (result === null) return;
    this.#status = null;
    this.#use(result);
  }

  /** The next step of a notice, and what the refresh button does. While one runs, a second press does nothing. */
  async take(step: Step): Promise<void> {
    if (this.#awaited !== null) return;
    const awaited = new AbortController();
    this.#awaited = awaited;
    this.#sayProgress(0);
    const onProgress = (events: number) => this.#awaited === awaited && this.#sayProgress(events);
    const result = await (step === 'update'
      ? this.#source.refresh(onProgress, awaited)
      : this.#source.readAccounts(true));
    if (this.#awaited !== awaited) return;
    this.#awaited = null;
    this.#end(result);
  }

  #end(result: RefreshResult | null): void {
    this.#say(null);
    if (result === null) return;
    if (result.kind === 'refused') {
      this.#mayRefresh = false;
      this.#sayOutcome(this.#text.refused);
      return;
    }
    if (result.kind === 'summary' && result.complete !== undefined)
      this.#tellFresh(result.complete, result.summary);
    this.#use(result);
  }

  /** What the core has just answered may still be as old as before. */
  #tellFresh(isComplete: boolean, summary: AccountSummary): void {
    const { upToDate, incomplete } = this.#text;
    if (isComplete) this.#card.bridge?.requestSync();
    if (isComplete && !isStale(summary, Date.now())) this.#say({ announcement: upToDate });
    else this.#sayOutcome(incomplete);
  }

  #use(result: ReadResult): void {
    if (isSignedOut(result)) this.#card.startOver();
    else this.#card.cardState = stateAfterReading(this.#card.cardState, result, navigator.onLine);
  }

  #sayOutcome(outcome: string): void {
    this.#say({ outcome, announcement: outcome });
  }

  #sayProgress(events: number): void {
    const { refreshing, refreshStarted, oneUpdate, updates } = this.#text;
    const received = events === 1 ? oneUpdate : updates(this.#language.format.count(events));
    this.#say({ progress: events === 0 ? refreshing : received, announcement: refreshStarted });
  }

  #leave(): void {
    const awaited = this.#awaited;
    if (awaited === null) return;
    this.#awaited = null;
    awaited.abort();
    this.#say(null);
  }

  #say(status: Status | null): void {
    this.#status = status;
    this.#card.requestUpdate();
  }

  #setPrivacy(hidesAmounts: boolean): void {
    const { hiddenForNow } = this.#text;
    this.#card.hidesAmounts = hidesAmounts;
    this.#card.requestUpdate();
    const isKept = keepPreference(hidesAmounts);
    if (hidesAmounts && !isKept) this.#sayOutcome(hiddenForNow);
    else if (this.#status?.outcome === hiddenForNow) this.#say(null);
  }
}
