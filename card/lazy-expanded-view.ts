/** Brings the expanded view when it is first wanted. Without it the face is drawn: less, but the customer's data. */
import { type Language, loadExpandedWords } from './locales/language.ts';

export class LazyExpandedView {
  readonly #onEnd: () => void;
  #isAsked = false;
  isLoaded = false;
  hasEnded = false;

  constructor(onEnd: () => void) {
    this.#onEnd = onEnd;
  }

  /** `beside`: what the view shows beyond the summary. */
  async load(language: Language, beside: () => Promise<unknown> | undefined): Promise<void> {
    if (this.#isAsked) return;
    this.#isAsked = true;
    const parts = [import('./expanded-view.ts'), loadExpandedWords(language), beside()];
    this.isLoaded = await Promise.all(parts).then(
      () => true,
      () => false,
    );
    this.hasEnded = true;
    this.#onEnd();
  }
}
