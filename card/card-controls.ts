/** What the first drawing does not need, loaded right after it: reading again, refreshing, and the two buttons. */
import { html } from 'lit';
import { AccountSource, type SourceOptions } from './account-source.ts';
import { keepPreference, withoutAmounts } from './amount-privacy.ts';
import { untilInWords } from './card-message.ts';
import type { CardState } from './card-state.ts';
import './face-controls.ts';
import { type ControlsText, controlsWords } from './locales/controls-words.ts';
import type { Language } from './locales/language.ts';
import { isSignedOut, type ReadResult, stateAfterReading } from './read-result.ts';
import type { RefreshResult } from './refresh-stream.ts';
import type { ViewContent } from './wording.ts';

const MINUTE_MS = 60_000;

/** The card as its controls see it. */
export interface ControlledCard {
  cardState: CardState;
  hidesAmounts: boolean;
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
  #refresh: AbortController | null = null;
  #status: Status | null = null;

  constructor(card: ControlledCard, language: Language, source: SourceOptions) {
    this.#card = card;
    this.#language = language;
    this.#text = controlsWords();
    this.#concealed = withoutAmounts(language, this.#text);
    this.#source = new AccountSource(source);
    // Nobody looks any more: the core need not be asked, and nothing may happen in the background.
    document.addEventListener('visibilitychange', () => document.hidden && this.#leave());
    addEventListener('pagehide', () => this.#leave());
    card.controls = this;
    card.requestUpdate();
  }

  get announcement(): string | undefined {
    return this.#status?.announcement;
  }

  /** What it adds to a view's content. */
  get view(): Pick<ViewContent, 'language' | 'source' | 'controls' | 'progress' | 'outcome'> {
    const { hidesAmounts } = this.#card;
    const state = {
      text: this.#text,
      hidesAmounts,
      isRefreshing: this.#refresh !== null,
      onPrivacy: () => this.#setPrivacy(!hidesAmounts),
      onRefresh: () => void this.#start(),
    };
    const controls = html`<face-controls .state=${state}></face-controls>`;
    const language = hidesAmounts ? this.#concealed : this.#language;
    // While it runs, an older failure is no news.
    const quiet = this.#refresh === null ? {} : { notice: null };
    return { language, source: this.#source, controls, ...quiet, ...this.#status };
  }

  async readIfStale(): Promise<void> {
    const result = await this.#source.readIfStale();
    if (result === null) return;
    this.#status = null;
    this.#take(result);
  }

  /** A second press while it runs does nothing. */
  async #start(): Promise<void> {
    if (this.#refresh !== null) return;
    const refresh = new AbortController();
    this.#refresh = refresh;
    const { refreshing, refreshStarted } = this.#text;
    this.#say({ progress: refreshing, announcement: refreshStarted });
    const onProgress = (events: number) => {
      if (this.#refresh === refresh)
        this.#say({ progress: this.#received(events), announcement: refreshStarted });
    };
    const result = await this.#source.refresh(onProgress, refresh);
    if (this.#refresh !== refresh) return;
    this.#refresh = null;
    this.#end(result);
  }

  #end(result: RefreshResult | null): void {
    const { upToDate, incomplete } = this.#text;
    if (result?.kind === 'problem' && result.status === 429) {
      this.#askToWait(result.problem.retryAtMs);
      return;
    }
    const isFresh = result?.kind === 'summary' && result.complete === true;
    if (isFresh) this.#say({ announcement: upToDate });
    else this.#say(result?.kind === 'summary' ? { outcome: incomplete, announcement: incomplete } : null);
    if (result !== null) this.#take(result);
  }

  #take(result: ReadResult): void {
    if (isSignedOut(result)) this.#card.startOver();
    else this.#card.cardState = stateAfterReading(this.#card.cardState, result, navigator.onLine);
  }

  /** Until the time is up: afterwards the line would be wrong. */
  #askToWait(retryAtMs: number | null): void {
    const { text, format } = this.#language;
    const outcome = untilInWords(retryAtMs, text.sentences, format);
    const status = { outcome, announcement: outcome };
    this.#say(status);
    const waitMs = retryAtMs === null ? MINUTE_MS : retryAtMs - Date.now();
    setTimeout(() => this.#status === status && this.#say(null), waitMs);
  }

  #received(events: number): string {
    const { refreshing, oneUpdate, updates } = this.#text;
    if (events === 0) return refreshing;
    return events === 1 ? oneUpdate : updates(this.#language.format.count(events));
  }

  #leave(): void {
    const refresh = this.#refresh;
    if (refresh === null) return;
    this.#refresh = null;
    refresh.abort();
    this.#say(null);
  }

  #say(status: Status | null): void {
    this.#status = status;
    this.#card.requestUpdate();
  }

  #setPrivacy(hidesAmounts: boolean): void {
    this.#card.hidesAmounts = hidesAmounts;
    this.#card.requestUpdate();
    keepPreference(hidesAmounts);
  }
}
