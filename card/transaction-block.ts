/** `<transaction-block>`: some rows of the list. In sight they are drawn at once, out of sight when their turn comes. */
import { html, nothing } from 'lit';
import { DrawnElement } from './drawn-element.ts';
import type { Language } from './locales/language.ts';
import { css } from './style-sheet.ts';
import { transactionGroups } from './transaction-groups.ts';
import type { Block } from './transaction-list.ts';

const BEFORE_IN_SIGHT = { rootMargin: '100%' };

let lastTurn: Promise<unknown> = Promise.resolve();

/** One block in each task: between two of them the browser may paint, and answer the customer. */
function nextTurn(): Promise<unknown> {
  lastTurn = lastTurn.then(() => new Promise((resolve) => setTimeout(resolve)));
  return lastTurn;
}

export class TransactionBlock extends DrawnElement {
  static override properties = {
    block: { attribute: false },
    language: { attribute: false },
    today: { attribute: false },
  };

  block: Block | null = null;
  language: Language | null = null;
  /** `yyyy-MM-dd` */
  today = '';

  #isNear = true;
  readonly #sight = new IntersectionObserver((entries) => {
    this.#isNear = entries.at(-1)?.isIntersecting === true;
    if (this.#isNear && this.isUpdatePending) this.performUpdate();
  }, BEFORE_IN_SIGHT);

  override connectedCallback(): void {
    super.connectedCallback();
    this.#sight.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#sight.disconnect();
  }

  /** The list's own styles are for its rows too. */
  protected override createRenderRoot(): this {
    return this;
  }

  protected override async scheduleUpdate(): Promise<void> {
    if (this.hasUpdated && !this.#isNear) {
      this.toggleAttribute('waiting', true);
      await nextTurn();
    }
    await super.scheduleUpdate();
  }

  protected override updated(): void {
    this.removeAttribute('waiting');
  }

  protected override render() {
    const { block, language, today } = this;
    return block === null || language === null ? nothing : html`${transactionGroups(block, language, today)}`;
  }
}

export const blockStyles = css`
  /* Laid out when looked at; until then as high as fifty rows mostly are. */
  transaction-block {
    display: block;
    contain-intrinsic-size: auto 187rem;
    content-visibility: auto;
  }
  /* Amounts may have been hidden since the rows were drawn: nobody sees them while they wait. */
  transaction-block[waiting] .money {
    visibility: hidden;
  }
`;

customElements.define('transaction-block', TransactionBlock);

declare global {
  interface HTMLElementTagNameMap {
    'transaction-block': TransactionBlock;
  }
}
