/** Brings what reads the data anew when it is first wanted: a glance needs none of it. */
import type { AccountSource, SourceOptions } from './account-source.ts';
import type { Step } from './card-message.ts';
import { FRESH_FOR_MS } from './card-state.ts';
import type { FreshCard, FreshData } from './fresh-data.ts';

export class LazyFreshData {
  readonly #card: FreshCard;
  readonly #options: SourceOptions;
  #data: FreshData | null = null;

  constructor(card: FreshCard, options: SourceOptions) {
    this.#card = card;
    this.#options = options;
  }

  get source(): AccountSource | null {
    return this.#data?.source ?? null;
  }

  endSession(): void {
    this.#options.api.endSession();
  }

  /** Null when it did not come: the card then stays what the page brought. */
  async load(): Promise<FreshData | null> {
    const module = await import('./fresh-data.ts').catch(() => null);
    // Somebody else may have waited for it too.
    if (module !== null) this.#data ??= new module.FreshData(this.#card, this.#options);
    return this.#data;
  }

  async readIfStale(): Promise<void> {
    if (this.#data !== null || Date.now() - this.#options.receivedAtMs > FRESH_FOR_MS)
      await (await this.load())?.readIfStale();
  }

  /** False where nothing can be read. While something is under way, a second press does nothing. */
  async take(step: Step): Promise<boolean> {
    const card = this.#card;
    if (card.status?.progress !== undefined) return true;
    if (this.#data === null) {
      const progress = card.language.text.refreshing;
      card.status = { progress, announcement: progress };
      await this.load();
      card.status = null;
    }
    if (this.#data !== null) {
      // Nobody looks any more.
      if (!document.hidden) void this.#data.take(step);
      return true;
    }
    const { cardState } = card;
    if (navigator.onLine || cardState.kind !== 'ready') return false;
    // Starting over would take the data away.
    card.cardState = { ...cardState, notice: { kind: 'offline' } };
    window.ononline = async () => document.hidden || (await this.load())?.readIfStale();
    return true;
  }
}
