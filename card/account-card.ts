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
import { base, tokens } from './styles.ts';
import type { ViewContent } from './wording.ts';

/** A screen reader announces a change of a live region, not its first content. */
const ANNOUNCE_AFTER_MS = 100;
/** A single External Application opens the face's own URL full screen; a dashboard's card is 200 to 400 px high. */
const ROOMY = { framed: '(min-height: 700px)', alone: '(min-height: 560px)' };

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
    this.lang = language.locale;
    this.#bridge = joinHost(page, () => this.requestUpdate());
    this.#watchRoom(this.#bridge.isFramed);
    if (start.session === undefined) this.cardState = stateOfProblem(start.problem);
    else {
      this.cardState = stateOfSummary(start.summary);
      this.#source = new AccountSource(page.base, start.session);
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
    const isWanted = this.cardState.kind === 'ready' && this.#wantsExpanded();
    if (isWanted && this.expanded === 'absent') void this.#loadExpanded();
  }

  protected override updated(changed: PropertyValues): void {
    if (this.#hadFocus && this.shadowRoot?.activeElement == null)
      this.renderRoot.querySelector('main')?.focus();
    if (!changed.has('cardState') || this.cardState.kind === 'loading') return;
    setTimeout(() => {
      this.announcement = announcementOf(this.cardState, this.#language);
    }, ANNOUNCE_AFTER_MS);
    void this.#tellHost();
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
    const isExpanded = this.#wantsExpanded() && this.expanded !== 'failed';
    if (links === null || (isExpanded && this.expanded !== 'loaded')) return html`<slot></slot>`;
    const content: ViewContent = { summary, notice, links, nowMs: this.nowMs, language: this.#language };
    if (isExpanded) {
      const dashboardUrl = this.#dashboardUrl();
      return html`<main tabindex="-1">
        <expanded-view .content=${content} .dashboardUrl=${dashboardUrl}></expanded-view>
      </main>`;
    }
    return html`<main class="framed" tabindex="-1">
      <h1 class="visually-hidden">${this.#language.text.title}</h1>
      <card-face .content=${content} @wanted-height=${this.#onWantedHeight}></card-face>
    </main>`;
  }

  readonly #onWantedHeight = (event: CustomEvent<number>): void => this.#bridge?.requestResize(event.detail);

  #wantsExpanded(): boolean {
    return this.#page?.view === 'expanded' || this.isRoomy;
  }

  #dashboardUrl(): string | null {
    return this.#bridge?.isNativeHost ? null : (this.#page?.links?.dashboard ?? null);
  }

  #watchRoom(isFramed: boolean): void {
    const room = matchMedia(isFramed ? ROOMY.framed : ROOMY.alone);
    const measure = () => {
      this.isRoomy = room.matches;
    };
    room.addEventListener('change', measure);
    measure();
  }

  async #loadExpanded(): Promise<void> {
    this.expanded = 'loading';
    try {
      await import('./expanded-view.ts');
      this.expanded = 'loaded';
    } catch {
      // The face draws at any size; it is less, but it is the customer's data.
      this.expanded = 'failed';
    }
  }

  async #readAgain(): Promise<void> {
    this.nowMs = Date.now();
    const result = await this.#source?.readIfStale();
    if (!result) return;
    if (isSignedOut(result)) this.#startOver();
    else this.cardState = stateAfterReading(this.cardState, result, navigator.onLine);
  }

  #startOver(): void {
    this.#wipe();
    this.#leaveFor(this.#page?.again ?? null);
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
