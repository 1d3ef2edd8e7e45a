/** The expanded view: every account in its group, with subtotals, totals and what is due. A full page. */
import { html, nothing, type TemplateResult } from 'lit';
import type { AccountGroup, AccountView, Amount } from '../server/contract.ts';
import { accountDetails, detailsStyles } from './account-details.ts';
import { accountTitle, rowStyles } from './account-row.ts';
import { isRecord, memberOf } from './account-summary.ts';
import { backLink } from './back-link.ts';
import { balanceBar, barStyles } from './balance-bar.ts';
import { DrawnElement } from './drawn-element.ts';
import { expandedStyles } from './expanded-styles.ts';
import { controlsStyles } from './face-controls.ts';
import { freshness } from './freshness.ts';
import { headline, headlineStyles } from './headline.ts';
import { keepFocus } from './keep-focus.ts';
import { ownAccounts } from './live-transactions.ts';
import { expandedText } from './locales/expanded-words.ts';
import './recent-transactions.ts';
import { base } from './styles.ts';
import { balanceInWords, dueInWords, shown, type ViewContent } from './wording.ts';

export class ExpandedView extends DrawnElement {
  static override styles = [
    base,
    controlsStyles,
    headlineStyles,
    barStyles,
    rowStyles,
    detailsStyles,
    expandedStyles,
  ];
  static override properties = {
    content: { attribute: false },
  };

  content: ViewContent | null = null;

  constructor() {
    super();
    keepFocus(this, '.summary');
  }

  protected override render() {
    if (this.content === null) return nothing;
    const { content } = this;
    const { summary, language } = content;
    return html`<div class="page">
      ${backLink(content.dashboardUrl, language)}
      ${greeting(content)}
      <h1>${language.text.title}</h1>
      <section class="summary" tabindex="-1">
        ${content.controls}
        <div class="headline-box">${headline(summary, language)}</div>
        ${balanceBar(summary, language)} ${totals(content)} ${age(content)}
      </section>
      ${summary.groups
        .filter((group) => group.accounts.length > 0)
        .map((group) => accountGroup(group, content))}
      ${transactionsPart(content)}
    </div>`;
  }
}

/** Nothing to read from means a page without a session; no account of the institution's own, nothing to read. */
function transactionsPart(content: ViewContent): TemplateResult | typeof nothing {
  const { source, summary, language } = content;
  const features = source?.features;
  if (!isRecord(features) || ownAccounts(summary.groups).length === 0) return nothing;
  if (features['transactions'] === true)
    return html`<recent-transactions .content=${content}></recent-transactions>`;
  if (features['transactionsRefused'] !== true) return nothing;
  const text = expandedText(language);
  return html`<section class="group">
    <div class="group-head"><h2>${text.transactions}</h2></div>
    <p class="small">${text.notShared}</p>
  </section>`;
}

/** A name's direction is isolated by characters (UAX 9: FSI and PDI): the words around it are ours. */
function greeting({ customer, language }: ViewContent): TemplateResult | typeof nothing {
  const name = isRecord(customer) ? customer['givenName'] : null;
  if (typeof name !== 'string' || name.trim() === '') return nothing;
  return html`<p class="greeting small">${expandedText(language).greeting(`\u2068${name.trim()}\u2069`)}</p>`;
}

function totals({ summary, language }: ViewContent): TemplateResult | typeof nothing {
  const kinds = ['assets', 'owed', 'net'] as const;
  const known = kinds.flatMap((kind) => (summary[kind] === null ? [] : [{ kind, total: summary[kind] }]));
  if (known.length === 0) return nothing;
  return html`<dl class="totals">
    ${known.map(
      ({ kind, total }) =>
        html`<div>
          <dt class="small">${expandedText(language).totals[kind]}</dt>
          <dd class="money">${shown(language.format.money(total), language)}</dd>
        </div>`,
    )}
  </dl>`;
}

function age(content: ViewContent): TemplateResult | typeof nothing {
  const line = freshness(content);
  return line === null ? nothing : html`<p class="age small">${line}</p>`;
}

function accountGroup({ kind, subtotal, accounts }: AccountGroup, content: ViewContent): TemplateResult {
  const text = expandedText(content.language);
  return html`<section class="group">
    <div class="group-head">
      <h2>${memberOf(text.groups, kind) || text.groups.other}</h2>
      ${subtotal === null ? nothing : groupSubtotal(kind, subtotal, content)}
    </div>
    <ul>
      ${accounts.map((account) => html`<li>${accountDetail(account, content)} ${accountDetails(account, content)}</li>`)}
    </ul>
  </section>`;
}

/** What is owed carries the word: beside a sum of savings a bare number would read as money in hand. */
function groupSubtotal(
  kind: AccountGroup['kind'],
  subtotal: Amount,
  { language }: ViewContent,
): TemplateResult {
  const isOwed = kind === 'credit' || kind === 'loan';
  const { amount, label } = balanceInWords(
    { ...subtotal, kind: isOwed ? 'owed' : 'other', label: null },
    language,
  );
  return html`<p class="subtotal">
    ${isOwed ? html`<span class="small">${label} </span>` : nothing}<span class="money">${shown(amount, language)}</span>
  </p>`;
}

function accountDetail(account: AccountView, { language, links, nowMs }: ViewContent): TemplateResult {
  const { text } = language;
  const due = dueInWords(account.due, nowMs, language);
  const balances =
    account.balance === null ? account.otherBalances : [account.balance, ...account.otherBalances];
  return html`<a class="row" href=${links.accounts} target="_top">
    <span class="who">
      <span class="title">${accountTitle(account, language)}</span>
      ${account.institutionName === null ? nothing : html`<bdi class="detail small">${account.institutionName}</bdi>`}
      ${due === null ? nothing : html`<span class="due money">${shown(due, language)}</span>`}
      ${account.countsInTotals ? nothing : html`<span class="detail small">${expandedText(language).notInTotals}</span>`}
    </span>
    <span class="balances">
      ${balances.length === 0 ? html`<span class="small">${text.noBalance}</span>` : nothing}
      ${balances.map((balance) => {
        const { amount, label } = balanceInWords(balance, language);
        return html`<span class="balance-line">
          <bdi class="small">${label}</bdi> <span class="money">${shown(amount, language)}</span>
        </span>`;
      })}
    </span>
  </a>`;
}

customElements.define('expanded-view', ExpandedView);

declare global {
  interface HTMLElementTagNameMap {
    'expanded-view': ExpandedView;
  }
}
