/** `<account-card>`: the only element that holds state; it decides what is drawn and when to start over. */
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import type { SourceOptions } from './account-source.ts';
import { wantsHiddenAmounts } from './amount-preference.ts';
import { backLink } from './back-link.ts';
import type { CardPage, CardStart } from './boot.ts';
import type { Bridge } from './bridge.ts';
import { CardApi } from './card-api.ts';
import type { CardControls } from './card-controls.ts';
import './card-face.ts';
import { ANNOUNCE_AFTER_MS, announcementOf, cardMessage, messageStyles } from './card-message.ts';
import { type CardState, stateOfProblem, stateOfSummary } from './card-state.ts';
import { cardStyles } from './card-styles.ts';
import { joinHost } from './host.ts';
import { loadControls } from './load-controls.ts';
import { english, type Language } from './locales/language.ts';
import { watchPage } from './page-life.ts';
import { loadExpandedView, watchRoom } from './room.ts';
import { base, tokens } from './styles.ts';
import type { ViewContent } from './wording.ts';

export class AccountCard extends LitElement {
  static override styles = [tokens, base, messageStyles, cardStyles];
  static override properties = {
    cardState: { state: true },
    announcement: { state: true },
    nowMs: { state: true },
    isRoomy: { state: true },
    expanded: { state: true },
  };

  cardState: CardState = { kind: 'loading' };
  private announcement = '';
  private nowMs = Date.now();
  private isRoomy = false;
  private expanded: 'absent' | 'loading' | 'loaded' | 'failed' = 'absent';
  hidesAmounts = wantsHiddenAmounts();
  controls: CardControls | null = null;

  #page: CardPage | null = null;
  #language = english;
  #bridge: Bridge | null = null;
  /** Null where the page brought a problem, and after the page went away. */
  #source: SourceOptions | null = null;
  #loading: Promise<CardControls | null> | null = null;
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
      const api = new CardApi(page.base, start.session);
      this.#source = { api, features: start.features, receivedAtMs: this.nowMs };
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
    if (this.cardState.kind === 'ready' && this.#wantsExpanded() && this.expanded === 'absent')
      void this.#loadExpanded();
  }

  protected override updated(): void {
    if (this.#hadFocus && this.shadowRoot?.activeElement == null)
      this.renderRoot.querySelector('main')?.focus();
    if (this.cardState.kind !== 'loading' && !this.#isWaitingForView()) void this.#tellHost();
    if (this.#source !== null) this.#loading ??= loadControls(this, this.#language, this.#source);
    setTimeout(() => {
      this.announcement = this.controls?.announcement ?? announcementOf(this.cardState, this.#language);
    }, ANNOUNCE_AFTER_MS);
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
    const own = { language: this.#language, nowMs: this.nowMs };
    const content: ViewContent = { summary, notice, links, ...own, ...this.controls?.view };
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

  /** Hidden amounts wait for what hides them: they are never seen, not even for a moment. */
  #isWaitingForView(): boolean {
    if (this.cardState.kind !== 'ready') return false;
    if (this.hidesAmounts && this.controls === null) return true;
    return this.#wantsExpanded() && this.expanded !== 'loaded' && this.expanded !== 'failed';
  }

  /** None where the way back is drawn by Banno Mobile, or where the dashboard itself is around the card. */
  #dashboardUrl(): string | null {
    const { view, links } = this.#page ?? {};
    const isOnDashboard = view === 'face' && this.#bridge?.isFramed === true;
    return isOnDashboard || this.#bridge?.isNativeHost ? null : (links?.dashboard ?? null);
  }

  async #loadExpanded(): Promise<void> {
    this.expanded = 'loading';
    this.expanded = await loadExpandedView(this.#language);
  }

  async #readAgain(): Promise<void> {
    this.nowMs = Date.now();
    await (await this.#loading)?.readIfStale();
  }

  /** By itself, and counted: the session is over at the server. */
  startOver(): void {
    this.#wipe();
    this.#leaveFor(this.#page?.again ?? null);
  }

  /** At once, not in Lit's own time: the back-forward cache may freeze the page as soon as this returns. */
  #wipe(): void {
    if (this.#source === null) return;
    this.#source.api.endSession();
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
