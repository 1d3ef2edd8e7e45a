/** `<account-card>`: the only element that holds state; it decides what is drawn and when to start over. */
import { html, type TemplateResult } from 'lit';
import { AmountPrivacy } from './amount-privacy.ts';
import { dashboardUrlOf } from './back-link.ts';
import type { CardPage, CardStart } from './boot.ts';
import type { Bridge } from './bridge.ts';
import { CardApi } from './card-api.ts';
import type { Step, Surroundings } from './card-message.ts';
import { ANNOUNCE_AFTER_MS, announcementOf, messagePage, messageStyles } from './card-message.ts';
import { type CardState, MISSING_BOOT, noticeOf, stateOfProblem } from './card-state.ts';
import { cardStyles } from './card-styles.ts';
import { dataPage } from './data-page.ts';
import { DrawnElement } from './drawn-element.ts';
import { faceControls } from './face-controls.ts';
import type { Status } from './fresh-data.ts';
import { joinHost } from './host.ts';
import { keepFocus } from './keep-focus.ts';
import { LazyExpandedView } from './lazy-expanded-view.ts';
import { LazyFreshData } from './lazy-fresh-data.ts';
import { leaveFor } from './leave-for.ts';
import { english, type Language } from './locales/language.ts';
import { watchPage } from './page-life.ts';
import { watchRoom } from './room.ts';
import { base } from './styles.ts';
import type { ViewContent } from './wording.ts';

export class AccountCard extends DrawnElement {
  static override styles = [base, messageStyles, cardStyles];
  static override properties = {
    cardState: { state: true },
    status: { state: true },
    mayRefresh: { state: true },
    nowMs: { state: true },
    isRoomy: { state: true },
  };

  cardState: CardState = { kind: 'loading' };
  language = english;
  status: Status | null = null;
  mayRefresh = true;
  bridge: Bridge | null = null;
  private nowMs = Date.now();
  private isRoomy = false;
  #page: CardPage | null = null;
  /** Null where the page brought a problem, and after the page went away. */
  #fresh: LazyFreshData | null = null;
  readonly #privacy = new AmountPrivacy(this);
  readonly #expanded = new LazyExpandedView(() => this.requestUpdate());

  constructor() {
    super();
    keepFocus(this, 'main');
    this.addEventListener('signed-out', () => this.#readAgain());
    this.addEventListener('undrawn', () => this.#wipe(stateOfProblem(MISSING_BOOT)));
  }

  /** Called once, with what the page brought. What comes but once must be heard while the words are still on their way. */
  begin(start: CardStart, words: Promise<Language>): void {
    const { page } = start;
    this.#page = page;
    this.#privacy.begin(page.base);
    this.bridge = joinHost(page, () => this.requestUpdate());
    watchRoom(this.bridge.isFramed, (isRoomy) => {
      this.isRoomy = isRoomy;
    });
    if (start.session !== undefined) {
      const api = new CardApi(page.base, start.session);
      const source = { api, features: start.features, receivedAtMs: this.nowMs };
      this.#fresh = new LazyFreshData(this, source);
    }
    watchPage(document, {
      onVisible: () => this.#readAgain(),
      onMinute: () => {
        this.nowMs = Date.now();
      },
      onHide: () => this.#wipe(),
      // Somebody went back: no restart of the card's own.
      onRestore: () => start.session && this.#leaveFor(page.entry),
      onActivity: () => this.bridge?.ping(),
    });
    void words.then(async (language) => {
      // To draw is a task of its own: on a slow phone it would make one long one of all this.
      await window.scheduler?.yield?.();
      this.language = language;
      if (start.session === undefined || this.#fresh !== null) this.cardState = start.state;
    });
  }

  protected override willUpdate(): void {
    if (this.cardState.kind === 'ready' && this.#wantsExpanded())
      void this.#expanded.load(this.language, () => this.#fresh?.load());
  }

  protected override updated(): void {
    if (this.cardState.kind !== 'loading' && !this.#isWaitingForView()) void this.#tellHost();
    // What is said now, not by then: a failure that comes at once must be heard after the try.
    const { cardState, nowMs } = this;
    const words = this.status?.announcement ?? announcementOf(cardState, this.language, nowMs);
    setTimeout(() => this.#announce(words), ANNOUNCE_AFTER_MS);
  }

  protected override render() {
    return html`${this.#content()}
      <p class="visually-hidden" role="status"></p>`;
  }

  /** Past Lit, which would draw all the data again for it. */
  #announce(words: string): void {
    const region = this.renderRoot.lastElementChild;
    if (region !== null && region.textContent !== words) region.textContent = words;
  }

  /** While loading the page's own skeleton shows through, with its way out of a load that never ends. */
  #content(): TemplateResult {
    const { cardState } = this;
    if (cardState.kind === 'loading') return html`<slot></slot>`;
    const around = {
      language: this.language,
      links: this.#page?.links ?? null,
      dashboardUrl: dashboardUrlOf(this.#page, this.bridge),
      onStep: this.#take,
    };
    return cardState.kind === 'ready' ? this.#view(cardState, around) : messagePage(cardState, around);
  }

  #view(state: CardState & { kind: 'ready' }, { links, ...around }: Surroundings): TemplateResult {
    if (links === null || this.#isWaitingForView()) return html`<slot></slot>`;
    const { nowMs, mayRefresh, status } = this;
    const { language } = around;
    const content: ViewContent = {
      ...around,
      ...state,
      ...status,
      language: this.#privacy.speak(language),
      links,
      customer: this.#page?.customer,
      nowMs,
      mayRefresh,
      askForHeight: (heightPx) => this.bridge?.requestResize(heightPx) ?? false,
      notice: noticeOf(state, nowMs),
      source: this.#fresh?.source ?? null,
      controls: faceControls({
        text: language.text,
        hidesAmounts: this.#privacy.isOn,
        isRefreshing: status?.progress !== undefined,
        onPrivacy: () => this.#privacy.toggle(language.text),
        onRefresh: mayRefresh ? () => void this.#take('update') : null,
      }),
    };
    return dataPage(content, this.#wantsExpanded(), this.#expanded.isLoaded);
  }

  #wantsExpanded(): boolean {
    return this.#page?.view === 'expanded' || this.isRoomy;
  }

  #isWaitingForView(): boolean {
    return this.cardState.kind === 'ready' && this.#wantsExpanded() && !this.#expanded.hasEnded;
  }

  #readAgain(): void {
    this.nowMs = Date.now();
    void this.#fresh?.readIfStale();
  }

  /** Without data, or without what reads it anew, the page starts over. */
  readonly #take = async (step: Step) => {
    const isTaken = this.cardState.kind === 'ready' && (await this.#fresh?.take(step));
    if (!isTaken) this.#leaveFor(this.#page?.entry);
  };

  /** By itself, and counted: the session is over at the server. */
  startOver(): void {
    this.#wipe();
    this.#leaveFor(this.#page?.again);
  }

  /** At once, not in Lit's own time: the back-forward cache may freeze the page as soon as this returns. */
  #wipe(state: CardState = { kind: 'loading' }): void {
    if (this.#fresh === null) return;
    this.#fresh.endSession();
    this.#fresh = null;
    this.cardState = state;
    this.performUpdate();
  }

  #leaveFor(url: string | null | undefined): void {
    if (url) leaveFor(url, this);
  }

  /** Ready means drawn: data, or the message that stands in its place. */
  async #tellHost(): Promise<void> {
    await this.updateComplete;
    this.bridge?.ready();
    if (this.#page?.askHost) this.bridge?.requestRefresh();
  }
}

customElements.define('account-card', AccountCard);
