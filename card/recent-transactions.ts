/** `<recent-transactions>`: this month's spending and one list over all accounts, read when it comes into sight. */
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import type { AccountSummary } from '../server/contract.ts';
import { detailsStyles } from './account-details.ts';
import { LiveTransactions } from './live-transactions.ts';
import { expandedText } from './locales/expanded-words.ts';
import { chartStyles, spendingChart } from './spending-chart.ts';
import { base, tokens } from './styles.ts';
import { type FilterChoice, filterStyles, transactionFilter } from './transaction-filter.ts';
import { dayOf, groupStyles, transactionGroups } from './transaction-groups.ts';
import { holdingBack, listEntries, searchEntries } from './transaction-list.ts';
import type { AccountHistory } from './transaction-source.ts';
import { failedLine, statusInWords } from './transaction-status.ts';
import { transactionStyles } from './transaction-styles.ts';
import type { ViewContent } from './wording.ts';

/** As many rows as are added at a time. */
const STEP = 50;
const BEFORE_IN_SIGHT = { rootMargin: '400px' };

export class RecentTransactions extends LitElement {
  static override styles = [
    tokens,
    base,
    detailsStyles,
    groupStyles,
    chartStyles,
    filterStyles,
    transactionStyles,
  ];
  static override properties = {
    content: { attribute: false },
    choice: { state: true },
    limit: { state: true },
    isRefused: { state: true },
  };

  content: ViewContent | null = null;
  private choice: FilterChoice = { query: '', accountId: '' };
  private limit = STEP;
  private isRefused = false;

  #summary: AccountSummary | null = null;
  #shown = 0;
  #buttonHadFocus = false;
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
    this.#buttonHadFocus = this.shadowRoot?.activeElement?.matches('button') === true;
    const summary = this.content?.summary ?? null;
    if (summary === this.#summary) return;
    this.#summary = summary;
    if (summary !== null && this.#live.hasBegun) this.#live.renew(summary);
  }

  protected override updated(): void {
    const root = this.renderRoot;
    if (this.#buttonHadFocus && this.shadowRoot?.activeElement == null)
      (root.querySelector<HTMLElement>('.end') ?? root.querySelector<HTMLElement>('.count'))?.focus();
    const shown = root.querySelectorAll('.entry').length;
    if (shown === this.#shown) return;
    this.#shown = shown;
    // Observed anew, it tells also when it is still in sight; a search that finds nothing more must not read on.
    this.#end.disconnect();
    const sentinel = root.querySelector('.sentinel');
    if (sentinel !== null) this.#end.observe(sentinel);
  }

  protected override render() {
    const { content } = this;
    if (content === null || this.isRefused) return nothing;
    const spending = this.#live.spending(dayOf(content.nowMs).slice(0, 7));
    return html`${spending === null ? nothing : spendingChart(spending, { ...content, isHidden: content.language.concealed !== undefined })}
      <section class="part">
        <h2>${expandedText(content.language).transactions}</h2>
        ${this.#filter(content)} ${this.#list(content)}
      </section>`;
  }

  #filter({ language }: ViewContent): TemplateResult | typeof nothing {
    const histories = this.#live.histories('');
    if (histories.every(({ transactions }) => transactions.length === 0)) return nothing;
    const accounts = histories.map(({ account }) => account);
    return transactionFilter(accounts, this.choice, language, (change) => {
      this.choice = { ...this.choice, ...change };
      this.limit = STEP;
    });
  }

  #list({ language, nowMs }: ViewContent): TemplateResult {
    const text = expandedText(language);
    const histories = this.#live.histories(this.choice.accountId);
    const list = listEntries(this.#matches(), this.limit);
    const status = {
      count: list.count,
      query: this.choice.query,
      isLoading:
        !this.#live.hasBegun || histories.some(({ state, next }) => state === 'waiting' && next === 0),
      goesOn: mayGoOn(histories),
      hasFailed: histories.some(({ state }) => state === 'failed'),
    };
    const hasMore = list.count > list.shown || status.goesOn;
    return html`<p class="small count" role="status" tabindex="-1">${statusInWords(status, language)}</p>
      ${failedLine(histories, language, () => this.#live.retry())}
      ${transactionGroups(list, { language, nowMs })}
      ${
        hasMore
          ? html`<div class="sentinel"></div>
              <button class="link show-more" @click=${this.#showMore}>${text.showMore}</button>`
          : nothing
      }
      ${!hasMore && list.count > STEP ? html`<p class="small end" tabindex="-1">${text.end}</p>` : nothing}`;
  }

  #matches() {
    return searchEntries(this.#live.entries(this.choice.accountId), this.choice.query);
  }

  #begin(): void {
    this.#arrival.disconnect();
    if (this.#summary === null) return;
    this.#live.begin(this.#summary);
    this.requestUpdate();
  }

  #showMore(): void {
    this.limit += STEP;
    if (this.limit > this.#matches().length)
      this.#live.loadMore(holdingBack(this.#live.histories(this.choice.accountId)));
  }

  /** The permission may be withdrawn while the page is open: then the part goes without a word. */
  #refuse(status: number): void {
    this.isRefused = true;
    if (status === 401) this.dispatchEvent(new Event('signed-out', { bubbles: true, composed: true }));
  }
}

function mayGoOn(histories: readonly AccountHistory[]): boolean {
  return holdingBack(histories).some(
    ({ state, transactions }) => state !== 'failed' && transactions.length > 0,
  );
}

customElements.define('recent-transactions', RecentTransactions);

declare global {
  interface HTMLElementTagNameMap {
    'recent-transactions': RecentTransactions;
  }
}
