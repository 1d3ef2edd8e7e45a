/** `<account-card>`: the only element that holds state; it decides what is drawn and when to start over. */
import { html, LitElement, type TemplateResult } from 'lit';
import type { SourceOptions } from './account-source.ts';
import { wantsHiddenAmounts } from './amount-preference.ts';
import { dashboardUrlOf } from './back-link.ts';
import type { CardPage, CardStart } from './boot.ts';
import type { Bridge } from './bridge.ts';
import { CardApi } from './card-api.ts';
import type { CardControls } from './card-controls.ts';
import {
  ANNOUNCE_AFTER_MS,
  announcementOf,
  messagePage,
  messageStyles,
  type Step,
  type Surroundings,
} from './card-message.ts';
import { type CardState, noticeOf, stateOfProblem, stateOfSummary } from './card-state.ts';
import { cardStyles } from './card-styles.ts';
import { dataPage } from './data-page.ts';
import { joinHost } from './host.ts';
import { keepFocus } from './keep-focus.ts';
import { leaveFor } from './leave-for.ts';
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
  bridge: Bridge | null = null;
  /** Null where the page brought a problem, and after the page went away. */
  #source: SourceOptions | null = null;
  #loading: Promise<CardControls | null> | null = null;
  #wasWiped = false;

  constructor() {
    super();
    // In place of what is gone while the page is being left.
    this.tabIndex = -1;
    keepFocus(this, 'main');
    this.addEventListener('signed-out', () => void this.#readAgain());
  }

  /** Called once, by the entry module, with what the page brought. */
  begin(start: CardStart, language: Language): void {
    const { page } = start;
    this.#page = page;
    this.#language = language;
    // The page itself was sent before anybody knew who is looking at it.
    document.documentElement.lang = language.locale;
    document.title = language.text.title;
    this.bridge = joinHost(page, () => this.requestUpdate());
    watchRoom(this.bridge.isFramed, (isRoomy) => {
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
      onActivity: () => this.bridge?.ping(),
    });
  }

  protected override willUpdate(): void {
    if (this.cardState.kind === 'ready' && this.#wantsExpanded() && this.expanded === 'absent')
      void this.#loadExpanded();
  }

  protected override updated(): void {
    if (this.cardState.kind !== 'loading' && !this.#isWaitingForView()) void this.#tellHost();
    if (this.#source !== null) this.#loading ??= loadControls(this, this.#language, this.#source);
    // What is said now, not by then: a failure that comes at once must be heard after the try.
    const { cardState, nowMs } = this;
    const words = this.controls?.announcement ?? announcementOf(cardState, this.#language, nowMs);
    setTimeout(() => {
      this.announcement = words;
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
    const around = {
      language: this.#language,
      links: this.#page?.links ?? null,
      dashboardUrl: dashboardUrlOf(this.#page, this.bridge),
      onStep: this.#take,
    };
    return cardState.kind === 'ready' ? this.#view(cardState, around) : messagePage(cardState, around);
  }

  #view(state: CardState & { kind: 'ready' }, { links, ...around }: Surroundings): TemplateResult {
    if (links === null || this.#isWaitingForView()) return html`<slot></slot>`;
    const askForHeight = (heightPx: number) => this.bridge?.requestResize(heightPx) ?? false;
    const own = { nowMs: this.nowMs, links, askForHeight, notice: noticeOf(state, this.nowMs) };
    const content: ViewContent = { ...around, ...state, ...own, ...this.controls?.view };
    return dataPage(content, this.#wantsExpanded() && this.expanded === 'loaded');
  }

  #wantsExpanded(): boolean {
    return this.#page?.view === 'expanded' || this.isRoomy;
  }

  /** Hidden amounts wait for what hides them: they are never seen, not even for a moment. */
  #isWaitingForView(): boolean {
    if (this.cardState.kind !== 'ready') return false;
    if (this.hidesAmounts && this.controls === null) return true;
    return this.#wantsExpanded() && this.expanded !== 'loaded' && this.expanded !== 'failed';
  }

  async #loadExpanded(): Promise<void> {
    this.expanded = 'loading';
    this.expanded = await loadExpandedView(this.#language);
  }

  async #readAgain(): Promise<void> {
    this.nowMs = Date.now();
    await (await this.#loading)?.readIfStale();
  }

  /** Without data, or without what reads it anew, the page starts over. */
  readonly #take = async (step: Step) => {
    const controls = this.cardState.kind === 'ready' && (await this.#loading);
    if (controls) void controls.take(step);
    else this.#leaveFor(this.#page?.entry);
  };

  /** By itself, and counted: the session is over at the server. */
  startOver(): void {
    this.#wipe();
    this.#leaveFor(this.#page?.again);
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

  #leaveFor(url: string | null | undefined): void {
    if (url)
      leaveFor(url, (state) => {
        this.cardState = state;
      });
  }

  /** Ready means drawn: data, or the message that stands in its place. */
  async #tellHost(): Promise<void> {
    await this.updateComplete;
    this.bridge?.ready();
    if (this.#page?.askHost) this.bridge?.requestRefresh();
  }
}

customElements.define('account-card', AccountCard);
declare global {
  interface HTMLElementTagNameMap {
    'account-card': AccountCard;
  }
}
