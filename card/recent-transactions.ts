/** `<recent-transactions>`: this month's spending and one list over all accounts, read when it comes into sight. */
import { html, nothing, type TemplateResult } from 'lit';
import type { AccountSummary } from '../server/contract.ts';
import { detailsStyles } from './account-details.ts';
import { DrawnElement } from './drawn-element.ts';
import './calm-announcement.ts';
import { LiveTransactions } from './live-transactions.ts';
import { expandedText } from './locales/expanded-words.ts';
import type { Language } from './locales/language.ts';
import { chartStyles, spendingChart } from './spending-chart.ts';
import { base } from './styles.ts';
import { blockStyles } from './transaction-block.ts';
import { type FilterChoice, filterStyles, transactionFilter } from './transaction-filter.ts';
import { dayOf, groupStyles } from './transaction-groups.ts';
import { BLOCK_SIZE, holdingBack, mayGoOn } from './transaction-list.ts';
import { transactionSentence } from './transaction-sentence.ts';
import { failedLine, refusedLine, statusInWords } from './transaction-status.ts';
import { transactionStyles } from './transaction-styles.ts';
import type { ViewContent } from './wording.ts';

const listStyles = [detailsStyles, groupStyles, blockStyles];
const BEFORE_IN_SIGHT = { rootMargin: '400px' };

export class RecentTransactions extends DrawnElement {
  static override styles = [base, ...listStyles, chartStyles, filterStyles, transactionStyles];
  static override properties = {
    content: { attribute: false },
    choice: { state: true },
    limit: { state: true },
    refusedWith: { state: true },
  };

  content: ViewContent | null = null;
  private choice: FilterChoice = { query: '', accountId: '' };
  private limit = BLOCK_SIZE;
  /** A status. */
  private refusedWith: number | null = null;

  #summary: AccountSummary | null = null;
  #shown = 0;
  #sentinel: Element | null = null;
  #hadFocus = false;
  readonly #live = new LiveTransactions({
    read: async (accountId, offset) =>
      (await this.content?.source?.read(
        `/api/accounts/${encodeURIComponent(accountId)}/transactions?offset=${offset}`,
      )) ?? null,
    onChange: () => this.requestUpdate(),
    onRefused: (status) => this.#refuse(status),
  });
  readonly #arrival = new IntersectionObserver((entries) => {
    if (entries.some(({ isIntersecting }) => isIntersecting)) this.#begin();
  }, BEFORE_IN_SIGHT);
  readonly #end = new IntersectionObserver((entries) => {
    if (entries.some(({ isIntersecting }) => isIntersecting)) this.#showMore();
  }, BEFORE_IN_SIGHT);

  override connectedCallback(): void {
    super.connectedCallback();
    this.#arrival.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#arrival.disconnect();
    this.#end.disconnect();
    this.#live.close();
  }

  protected override willUpdate(): void {
    this.#hadFocus = this.shadowRoot?.activeElement != null;
    this.choice = { ...this.choice, accountId: this.#live.known(this.choice.accountId) };
    const summary = this.content?.summary ?? null;
    if (summary === this.#summary) return;
    this.#summary = summary;
    if (summary !== null && this.#live.hasBegun) this.#live.renew(summary);
  }

  protected override updated(): void {
    const root = this.renderRoot;
    if (this.#hadFocus && this.shadowRoot?.activeElement == null)
      (root.querySelector<HTMLElement>('.end') ?? root.querySelector<HTMLElement>('.count'))?.focus();
    const shown = Math.min(this.limit, this.#found().count);
    const sentinel = root.querySelector('.sentinel');
    if (shown === this.#shown && sentinel === this.#sentinel) return;
    this.#shown = shown;
    this.#sentinel = sentinel;
    // Observed anew, it tells also when it is still in sight; a search that finds nothing more must not read on.
    this.#end.disconnect();
    if (sentinel !== null) this.#end.observe(sentinel);
  }

  protected override render() {
    const { content } = this;
    // Signed out, the card starts over or says so itself.
    if (content === null || this.refusedWith === 401) return nothing;
    const { language } = content;
    const isRefused = this.refusedWith !== null;
    const status = isRefused ? expandedText(language).notShared : this.#status(language);
    // Before it is in sight nothing is read, and there is nothing to hear of.
    const words = this.#live.hasBegun ? status : '';
    return html`<calm-announcement class="visually-hidden" role="status" .words=${words}></calm-announcement>
      ${
        // Replaced as a whole, so that nothing on screen moves when the spending comes above the list.
        this.#live.isThere && !isRefused
          ? this.#parts(content, status)
          : transactionSentence(status, language)
      }`;
  }

  #parts(content: ViewContent, status: string): TemplateResult {
    const { language, nowMs } = content;
    const today = dayOf(nowMs);
    const spending = this.#live.spending(today.slice(0, 7));
    const isNarrowed = this.choice.query !== '' || this.choice.accountId !== '';
    return html`${spending === null ? nothing : spendingChart(spending, { ...content, isHidden: language.concealed !== undefined })}
      <section class=${isNarrowed ? 'part narrowed' : 'part'}>
        <h2>${expandedText(language).transactions}</h2>
        ${this.#filter(content)}
        <p class="small count" tabindex="-1">${status}</p>
        ${failedLine(this.#histories(), language, () => this.#live.retry())}
        ${refusedLine(this.#live.refused, language)} ${this.#list(language, today)}
      </section>`;
  }

  #filter({ language }: ViewContent): TemplateResult | typeof nothing {
    const histories = this.#live.histories('');
    if (histories.every(({ transactions }) => transactions.length === 0)) return nothing;
    const accounts = histories.map(({ account }) => account);
    return transactionFilter(accounts, this.choice, language, (change) => {
      this.choice = { ...this.choice, ...change };
      this.limit = BLOCK_SIZE;
    });
  }

  #list(language: Language, today: string): TemplateResult {
    const text = expandedText(language);
    const { count, blocks } = this.#found();
    const hasMore = count > this.limit || mayGoOn(this.#histories());
    const isAll = !hasMore && this.#histories().every(({ next }) => next === null);
    return html`${blocks
      .slice(0, this.limit / BLOCK_SIZE)
      .map(
        (block) =>
          html`<transaction-block .block=${block} .language=${language} .today=${today}></transaction-block>`,
      )}
    ${
      hasMore
        ? html`<div class="sentinel"></div>
            <button class="link show-more" @click=${this.#showMore}>${text.showMore}</button>`
        : nothing
    }
    ${isAll && count > BLOCK_SIZE ? html`<p class="small end" tabindex="-1">${text.end}</p>` : nothing}`;
  }

  #histories() {
    return this.#live.histories(this.choice.accountId);
  }

  #found() {
    return this.#live.found(this.choice.accountId, this.choice.query);
  }

  #status(language: Language): string {
    const { isThere } = this.#live;
    const { count } = this.#found();
    return statusInWords(
      { histories: this.#histories(), isThere, count, query: this.choice.query },
      language,
    );
  }

  #begin(): void {
    this.#arrival.disconnect();
    if (this.#summary === null) return;
    this.#live.begin(this.#summary);
    this.requestUpdate();
  }

  #showMore(): void {
    this.limit += BLOCK_SIZE;
    if (this.limit > this.#found().count) this.#live.loadMore(holdingBack(this.#histories()));
  }

  /** The permission may be withdrawn while the page is open. */
  #refuse(status: number): void {
    this.refusedWith = status;
    if (status === 401) this.dispatchEvent(new Event('signed-out', { bubbles: true, composed: true }));
  }
}

customElements.define('recent-transactions', RecentTransactions);

declare global {
  interface HTMLElementTagNameMap {
    'recent-transactions': RecentTransactions;
  }
}
