/** The card face: as much of the summary as the frame holds, measured, never clipped and never scrolled. */
import { html, nothing, type PropertyValues } from 'lit';
import { accountRow, rowStyles } from './account-row.ts';
import { accountsInOrder } from './account-summary.ts';
import { balanceBar, barStyles, hasBar } from './balance-bar.ts';
import { DrawnElement } from './drawn-element.ts';
import { controlsStyles } from './face-controls.ts';
import { type FacePlan, richestPlan, smallerPlan } from './face-plan.ts';
import { faceStyles } from './face-styles.ts';
import { freshness } from './freshness.ts';
import { headline, headlineRowLabel, headlineStyles } from './headline.ts';
import { base } from './styles.ts';
import type { ViewContent } from './wording.ts';

/** Long enough for a host that answers, too short to be missed where none does. */
const ASK_FOR_MS = 200;

export class CardFace extends DrawnElement {
  static override styles = [base, controlsStyles, headlineStyles, barStyles, rowStyles, faceStyles];
  static override properties = {
    content: { attribute: false },
    plan: { state: true },
    isAsking: { state: true },
  };

  content: ViewContent | null = null;
  private plan: FacePlan = { rows: 0, bar: false, age: true };

  /** While the host may still answer with another height, which would move the footer. */
  private isAsking = false;

  #isFirstTry = true;
  #asking = 0;
  #frame = '';
  #focused: Element | null = null;
  readonly #resizes = new ResizeObserver(() => this.#frameChanged());

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resizes.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resizes.disconnect();
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('content')) this.#startFitting();
    this.#focused ??= this.shadowRoot?.activeElement ?? null;
  }

  protected override firstUpdated(): void {
    const face = this.renderRoot.querySelector('.face');
    if (face !== null) this.#resizes.observe(face);
  }

  protected override updated(): void {
    this.#fit();
  }

  /** Runs before the browser paints, again and again until everything fits: no try is ever seen. */
  #fit(): void {
    const face = this.renderRoot.querySelector<HTMLElement>('.face');
    const { content } = this;
    if (face === null || content === null) return;
    this.#frame ||= this.#measureFrame();
    const heightPx = face.getBoundingClientRect().height;
    const overflowPx = heightPx - this.clientHeight;
    const isSettled = overflowPx <= 0.5 || !this.#shrink(content, overflowPx, heightPx);
    if (isSettled) this.#keepFocus(face);
  }

  protected override render() {
    if (this.content === null) return nothing;
    const { summary, language, nowMs, links } = this.content;
    const accounts = accountsInOrder(summary);
    const quietLabel = headlineRowLabel(summary.headline, language);
    const row = { language, nowMs, quietLabel, href: links.accounts };
    return html`<div class="face" tabindex="-1">
      ${this.content.controls}
      <div class="headline-box">${headline(summary, language)}</div>
      ${this.plan.bar ? balanceBar(summary, language) : nothing}
      <ul class="rows">
        ${accounts.slice(0, this.plan.rows).map((account) => html`<li>${accountRow(account, row)}</li>`)}
      </ul>
      ${this.#footer(this.content, accounts.length - this.plan.rows)}
    </div>`;
  }

  #footer(content: ViewContent, moreCount: number) {
    const { text, format } = content.language;
    const line = freshness(content, this.plan.age, moreCount > 0);
    if (line === null && moreCount === 0) return nothing;
    const more = html`<a class="link more" href=${content.links.expanded} target="_top"
      >${text.more(format.count(moreCount))}<span class="visually-hidden">, ${text.seeAll}</span
      ><span aria-hidden="true">&nbsp;›</span></a
    >`;
    return html`<div class="footer ${(content.notice ?? content.outcome) ? 'noted' : ''} ${this.isAsking ? 'asking' : ''}">
      <p class="small">${line}</p>
      ${moreCount === 0 ? nothing : more}
    </div>`;
  }

  #shrink(content: ViewContent, overflowPx: number, heightPx: number): boolean {
    // Content that is drawn again while the host still thinks asks nothing new: its answer is still to come.
    if (this.#isFirstTry && content.askForHeight(heightPx)) {
      // What is hidden loses the focus, and cannot take it.
      this.isAsking = this.#focused === null;
      clearTimeout(this.#asking);
      this.#asking = setTimeout(() => {
        this.#answered();
        // Out of sight a browser observes no sizes: the frame may have grown.
        this.#frameChanged();
      }, ASK_FOR_MS);
    }
    this.#isFirstTry = false;
    const rowHeightsPx = [...this.renderRoot.querySelectorAll('li')].map((row) => row.offsetHeight);
    const plan = smallerPlan(this.plan, overflowPx, rowHeightsPx, hasBar(content.summary));
    if (plan !== null) this.plan = plan;
    return plan !== null;
  }

  /** Also sees the customer change the text size, which resizes the content but not the frame. */
  #frameChanged(): void {
    if (this.#measureFrame() === this.#frame) this.#fit();
    else {
      this.#answered();
      this.#startFitting();
    }
  }

  #answered(): void {
    this.isAsking = false;
  }

  #startFitting(): void {
    if (this.content === null) return;
    const { summary } = this.content;
    // Measured once it is drawn: before that the browser would lay the page out for nothing.
    this.#frame = '';
    this.#isFirstTry = true;
    this.plan = richestPlan(accountsInOrder(summary).length, innerHeight, hasBar(summary));
  }

  #measureFrame(): string {
    const { fontSize } = getComputedStyle(document.documentElement);
    return `${this.clientWidth} ${this.clientHeight} ${fontSize}`;
  }

  /** The way to the rest goes and comes back while everything is fitted. */
  #keepFocus(face: HTMLElement): void {
    const focused = this.#focused;
    this.#focused = null;
    if (focused === null || focused.isConnected) return;
    const successor = focused.matches('.more') ? face.querySelector<HTMLElement>('.more') : null;
    (successor ?? face).focus();
  }
}

customElements.define('card-face', CardFace);

declare global {
  interface HTMLElementTagNameMap {
    'card-face': CardFace;
  }
}
