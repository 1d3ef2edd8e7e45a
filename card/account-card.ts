/** `<account-card>`: the only element that holds state; it decides what is drawn and when to start over. */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { AccountSource } from './account-source.ts';
import { backLink } from './back-link.ts';
import type { CardPage, CardStart } from './boot.ts';
import type { Bridge } from './bridge.ts';
import './card-face.ts';
import { announcementOf, cardMessage, messageStyles } from './card-message.ts';
import {
  type CardState,
  isSignedOut,
  stateAfterReading,
  stateOfProblem,
  stateOfSummary,
} from './card-state.ts';
import { cardStyles } from './card-styles.ts';
import { joinHost } from './host.ts';
import { english, type Language } from './locales/language.ts';
import { watchPage } from './page-life.ts';
import { loadExpandedView, watchRoom } from './room.ts';
import { base, tokens } from './styles.ts';
import type { ViewContent } from './wording.ts';

/** A screen reader announces a change of a live region, not its first content. */
const ANNOUNCE_AFTER_MS = 100;

export class AccountCard extends LitElement {
  static override styles = [tokens, base, messageStyles, cardStyles];
  static override properties = {
    cardState: { state: true },
    announcement: { state: true },
    nowMs: { state: true },
    isRoomy: { state: true },
    expanded: { state: true },
  };

  private cardState: CardState = { kind: 'loading' };
  private announcement = '';
  private nowMs = Date.now();
  private isRoomy = false;
  private expanded: 'absent' | 'loading' | 'loaded' | 'failed' = 'absent';

  #page: CardPage | null = null;
  #language = english;
  #bridge: Bridge | null = null;
  /** Null where the page brought a problem, and after the page went away. */
  #source: AccountSource | null = null;
  #wasWiped = false;
  #hadFocus = false;

  /** Called once, by the entry module, with what the page brought. */
  begin(start: CardStart, language: Language): void {
    const { page } = start;
    this.#page = page;
    this.#language = language;
    // The page itself was sent before anybody knew who is looking at it.
    document.documentElement.lang = language.locale;
    document.title = language.text.title;
    this.#bridge = joinHost(page, () => this.requestUpdate());
    watchRoom(this.#bridge.isFramed, (isRoomy) => {
      this.isRoomy = isRoomy;
    });
    if (start.session === undefined) this.cardState = stateOfProblem(start.problem);
    else {
      this.cardState = stateOfSummary(start.summary);
      this.#source = new AccountSource(page.base, start);
    }
    watchPage(document, {
      onVisible: () => void this.#readAgain(),
      onMinute: () => {
        this.nowMs = Date.now();
      },
      onHide: () => this.#wipe(),
      onRestore: () => this.#wasWiped && this.#leaveFor(page.again),
      onActivity: () => this.#bridge?.ping(),
    });
  }

  protected override willUpdate(): void {
    this.#hadFocus = this.shadowRoot?.activeElement != null;
    if (this.#isWaitingForView() && this.expanded === 'absent') void this.#loadExpanded();
  }

  protected override updated(changed: PropertyValues): void {
    if (this.#hadFocus && this.shadowRoot?.activeElement == null)
      this.renderRoot.querySelector('main')?.focus();
    if (this.cardState.kind !== 'loading' && !this.#isWaitingForView()) void this.#tellHost();
    if (changed.has('cardState')) setTimeout(() => this.#announce(), ANNOUNCE_AFTER_MS);
  }

  protected override render() {
    return html`${this.#content()}
      <p class="visually-hidden" role="status">${this.announcement}</p>`;
  }

  /** While loading the page's own skeleton shows through, with its way out of a load that never ends. */
  #content(): TemplateResult {
    const { cardState } = this;
    if (cardState.kind === 'loading') return html`<slot></slot>`;
    if (cardState.kind === 'ready') return this.#view(cardState);
    const isPage = this.#page?.view === 'expanded';
    return html`<main tabindex="-1">
      <h1 class="visually-hidden">${this.#language.text.title}</h1>
      ${isPage ? backLink(this.#dashboardUrl(), this.#language) : nothing}
      ${cardMessage(cardState, {
        language: this.#language,
        accountsUrl: this.#page?.links?.accounts ?? null,
        onStartOver: () => this.#leaveFor(this.#page?.entry ?? null),
      })}
    </main>`;
  }

  #view({ summary, notice }: CardState & { kind: 'ready' }): TemplateResult {
    const links = this.#page?.links ?? null;
    if (links === null || this.#isWaitingForView()) return html`<slot></slot>`;
    const own = { nowMs: this.nowMs, language: this.#language, source: this.#source };
    const content: ViewContent = { ...own, summary, notice, links };
    if (this.#wantsExpanded() && this.expanded === 'loaded') {
      return html`<main tabindex="-1">
        <expanded-view .content=${content} .dashboardUrl=${this.#dashboardUrl()} @signed-out=${this.#readAgain}></expanded-view>
      </main>`;
    }
    return html`<main class="framed" tabindex="-1">
      <h1 class="visually-hidden">${this.#language.text.title}</h1>
      <card-face .content=${content} .askForHeight=${this.#askForHeight}></card-face>
    </main>`;
  }

  readonly #askForHeight = (heightPx: number) => this.#bridge?.requestResize(heightPx) ?? false;

  #wantsExpanded(): boolean {
    return this.#page?.view === 'expanded' || this.isRoomy;
  }

  #isWaitingForView(): boolean {
    const isAtHand = this.expanded === 'loaded' || this.expanded === 'failed';
    return this.cardState.kind === 'ready' && this.#wantsExpanded() && !isAtHand;
  }

  /** None where the way back is drawn by Banno Mobile, or where the dashboard itself is around the card. */
  #dashboardUrl(): string | null {
    const { view, links } = this.#page ?? {};
    const isOnDashboard = view === 'face' && this.#bridge?.isFramed === true;
    return isOnDashboard || this.#bridge?.isNativeHost ? null : (links?.dashboard ?? null);
  }

  async #loadExpanded(): Promise<void> {
    this.expanded = 'loading';
    this.expanded = await loadExpandedView();
  }

  async #readAgain(): Promise<void> {
    this.nowMs = Date.now();
    const result = await this.#source?.readIfStale();
    if (!result) return;
    if (isSignedOut(result)) {
      this.#wipe();
      this.#leaveFor(this.#page?.again ?? null);
    } else this.cardState = stateAfterReading(this.cardState, result, navigator.onLine);
  }

  /** At once, not in Lit's own time: the back-forward cache may freeze the page as soon as this returns. */
  #wipe(): void {
    if (this.#source === null) return;
    this.#source.end();
    this.#source = null;
    this.#wasWiped = true;
    this.cardState = { kind: 'loading' };
    this.performUpdate();
  }

  /** Offline, leaving would put the browser's own error page into the card. */
  #leaveFor(url: string | null): void {
    if (!navigator.onLine) this.cardState = { kind: 'offline' };
    else if (url !== null) {
      this.cardState = { kind: 'loading' };
      location.replace(url);
    }
  }

  #announce(): void {
    this.announcement = announcementOf(this.cardState, this.#language);
  }

  /** Ready means drawn: data, or the message that stands in its place. */
  async #tellHost(): Promise<void> {
    await this.updateComplete;
    this.#bridge?.ready();
    if (this.#page?.askHost) this.#bridge?.requestRefresh();
  }
}

customElements.define('account-card', AccountCard);

declare global {
  interface HTMLElementTagNameMap {
    'account-card': AccountCard;
  }
}
