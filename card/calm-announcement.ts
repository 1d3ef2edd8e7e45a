/** `<calm-announcement>`: a live region that speaks once its words have rested, not at every key that changes them. */
import { LitElement } from 'lit';

/** Longer than between two keys of somebody who types. */
const REST_MS = 800;

export class CalmAnnouncement extends LitElement {
  static override properties = { words: { attribute: false }, said: { state: true } };

  words = '';
  private said = '';
  #rest: ReturnType<typeof setTimeout> | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#rest);
  }

  /** A live region's words must be its own: across a shadow boundary not every screen reader follows them. */
  protected override createRenderRoot(): this {
    return this;
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (!changed.has('words')) return;
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => {
      this.said = this.words;
    }, REST_MS);
  }

  protected override render() {
    return this.said;
  }
}

customElements.define('calm-announcement', CalmAnnouncement);

declare global {
  interface HTMLElementTagNameMap {
    'calm-announcement': CalmAnnouncement;
  }
}
