/** Brings the expanded view when it is first wanted. Without it the face is drawn: less, but the customer's data. */
import { type Language, loadExpandedWords } from './locales/language.ts';

export class LazyExpandedView {
  readonly #onEnd: () => void;
  #state: 'absent' | 'loading' | 'loaded' | 'failed' = 'absent';

  constructor(onEnd: () => void) {
    this.#onEnd = onEnd;
  }

  get isLoaded(): boolean {
    return this.#state === 'loaded';
  }

  get hasEnded(): boolean {
    return this.isLoaded || this.#state === 'failed';
  }

  /** `beside`: what the view shows beyond the summary. */
  async load(language: Language, beside: () => Promise<unknown> | undefined): Promise<void> {
    if (this.#state !== 'absent') return;
    this.#state = 'loading';
    try {
      await Promise.all([import('./expanded-view.ts'), loadExpandedWords(language), beside()]);
      this.#state = 'loaded';
    } catch {
      this.#state = 'failed';
    }
    this.#onEnd();
  }
}
