/** The data after the page's own: read again, or asked of the bank's core. Loaded when it is first wanted. */
import type { AccountSummary } from '../server/contract.ts';
import { AccountSource, type SourceOptions } from './account-source.ts';
import type { Bridge } from './bridge.ts';
import type { Step } from './card-message.ts';
import { type CardState, isStale } from './card-state.ts';
import type { Language } from './locales/language.ts';
import { refreshWords } from './locales/refresh-words.ts';
import { isSignedOut, type ReadResult, stateAfterReading } from './read-result.ts';
import type { RefreshResult } from './refresh-stream.ts';
import type { ViewContent } from './wording.ts';

/** How something goes on or ended: a quiet line, and what a live region says. Never an amount. */
export interface Status extends Pick<ViewContent, 'progress' | 'outcome'> {
  announcement: string;
}

/** The card, as what reads its data sees it. */
export interface FreshCard {
  language: Language;
  cardState: CardState;
  status: Status | null;
  mayRefresh: boolean;
  bridge: Bridge | null;
  startOver(): void;
}

export class FreshData {
  readonly source: AccountSource;
  readonly #card: FreshCard;
  readonly #text = refreshWords();
  /** The refresh or the reading that the customer asked for and waits for. */
  #awaited: AbortController | null = null;

  constructor(card: FreshCard, source: SourceOptions) {
    this.#card = card;
    this.source = new AccountSource(source);
    // Nobody looks any more: the core need not be asked, and nothing may happen in the background.
    document.addEventListener('visibilitychange', () => document.hidden && this.#leave());
    addEventListener('pagehide', () => this.#leave());
    addEventListener('online', () => document.hidden || void this.readIfStale());
  }

  /** Or failed for want of a network, which may be there again. */
  async readIfStale(): Promise<void> {
    const { cardState } = this.#card;
    const wasOffline = cardState.kind === 'ready' && cardState.notice?.kind === 'offline';
    const result = await this.source.readIfStale(wasOffline && navigator.onLine);
    if (result === null) return;
    // What the customer has asked for meanwhile goes on.
    if (this.#awaited === null) this.#card.status = null;
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
      ? this.source.refresh(onProgress, awaited)
      : this.source.readAccounts());
    if (this.#awaited !== awaited) return;
    this.#awaited = null;
    this.#end(result);
  }

  #end(result: RefreshResult | null): void {
    this.#card.status = null;
    if (result === null) return;
    if (result.kind === 'refused') {
      this.#card.mayRefresh = false;
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
    if (isComplete && !isStale(summary, Date.now())) this.#card.status = { announcement: upToDate };
    else this.#sayOutcome(incomplete);
  }

  #use(result: ReadResult): void {
    if (isSignedOut(result)) this.#card.startOver();
    else this.#card.cardState = stateAfterReading(this.#card.cardState, result, navigator.onLine);
  }

  #sayOutcome(outcome: string): void {
    this.#card.status = { outcome, announcement: outcome };
  }

  #sayProgress(events: number): void {
    const { text, format } = this.#card.language;
    const { oneUpdate, updates } = this.#text;
    const received = events === 1 ? oneUpdate : updates(format.count(events));
    this.#card.status = {
      progress: events === 0 ? text.refreshing : received,
      announcement: text.refreshing,
    };
  }

  #leave(): void {
    const awaited = this.#awaited;
    if (awaited === null) return;
    this.#awaited = null;
    awaited.abort();
    this.#card.status = null;
  }
}
