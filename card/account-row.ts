/** One account in one row: who it is, what is in it, what is due. */
import { html, nothing, type TemplateResult } from 'lit';
import type { AccountView, Balance } from '../server/contract.ts';
import type { Language } from './locales/language.ts';
import { css } from './style-sheet.ts';
import { balanceInWords, dueInWords, nameOf, shown } from './wording.ts';

export interface RowOptions {
  href: string;
  language: Language;
  nowMs: number;
  /** The label that the headline already carries: a row with the same one says it to assistive tech only. */
  quietLabel: string | null;
}

export function accountRow(account: AccountView, options: RowOptions): TemplateResult {
  const { language, href, nowMs } = options;
  const due = dueInWords(account.due, nowMs, language);
  return html`<a class="row" href=${href} target="_top">
    <span class="who">
      <span class="title">${accountTitle(account, language)}</span>
      ${due === null ? nothing : html`<span class="due money">${shown(due, language)}</span>`}
    </span>
    ${rowBalance(account.balance, options)}
  </a>`;
}

/** A name is the customer's own text: isolated, so that no direction mark in it can turn the row around. */
export function accountTitle(account: AccountView, language: Language): TemplateResult {
  const { text } = language;
  return html`<bdi class="name">${nameOf(account, language)}</bdi>${
    account.lastFour === null
      ? nothing
      : html` <span class="small"
          ><span class="visually-hidden">${text.endingIn} </span><bdi>${account.lastFour}</bdi></span
        >`
  }`;
}

function rowBalance(balance: Balance | null, { language, quietLabel }: RowOptions): TemplateResult {
  if (balance === null) {
    return html`<span class="balance"><span class="small">${language.text.noBalance}</span></span>`;
  }
  const { amount, label } = balanceInWords(balance, language);
  const labelClass = label === quietLabel ? 'visually-hidden' : 'label small';
  return html`<span class="balance">
    <span class="money">${shown(amount, language)}</span>
    <bdi class=${labelClass}>${label}</bdi>
  </span>`;
}

export const rowStyles = css`
  .row {
    display: flex;
    flex-wrap: wrap;
    align-items: flex-start;
    column-gap: 0.75rem;
    padding: 0.5rem 0;
  }
  .who {
    flex: 1 1 6rem;
    min-width: min-content;
  }
  .title {
    display: grid;
    grid-template-columns: minmax(0, max-content) auto;
    justify-content: start;
    align-items: baseline;
    gap: 0.375rem;
  }
  .name {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .row:hover .name {
    text-decoration: underline;
  }
  .due,
  .label {
    display: block;
    font-size: 0.75rem;
    line-height: 1rem;
  }
  .due {
    overflow-wrap: normal;
  }
  .balance {
    max-width: 100%;
    margin-inline-start: auto;
    text-align: end;
  }
  .label {
    max-width: 10rem;
    margin-inline-start: auto;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
`;
