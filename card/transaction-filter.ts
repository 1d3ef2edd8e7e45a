/** Draws the ways to narrow the list of transactions: a search by text and a choice of account. */
import { html, type TemplateResult } from 'lit';
import type { AccountView } from '../server/contract.ts';
import { expandedText } from './locales/expanded-words.ts';
import type { Language } from './locales/language.ts';
import { css } from './style-sheet.ts';
import { nameOf } from './wording.ts';

export interface FilterChoice {
  query: string;
  /** Empty for all accounts. */
  accountId: string;
}

export function transactionFilter(
  accounts: readonly AccountView[],
  choice: FilterChoice,
  language: Language,
  onChoice: (change: Partial<FilterChoice>) => void,
): TemplateResult {
  const text = expandedText(language);
  const onInput = ({ target }: Event) =>
    target instanceof HTMLInputElement && afterPaint(() => onChoice({ query: target.value }));
  const onChange = ({ target }: Event) =>
    target instanceof HTMLSelectElement && afterPaint(() => onChoice({ accountId: target.value }));
  return html`<div class="filter">
    <label>
      <span class="small">${text.search}</span>
      <input
        type="search"
        autocomplete="off"
        spellcheck="false"
        enterkeyhint="search"
        .value=${choice.query}
        @input=${onInput}
      />
    </label>
    <label>
      <span class="small">${text.account}</span>
      <select @change=${onChange}>
        <option value="" .selected=${choice.accountId === ''}>${text.allAccounts}</option>
        ${accounts.map(
          (account) =>
            html`<option value=${account.id} .selected=${choice.accountId === account.id}>
              ${optionLabel(account, language)}
            </option>`,
        )}
      </select>
    </label>
  </div>`;
}

/** The letter is seen before the list that it leads to; whoever types fast is listed what stands there by then. */
function afterPaint(act: () => void): void {
  requestAnimationFrame(() => setTimeout(act));
}

/** An option holds text alone: a name's direction is isolated by characters (UAX 9: FSI and PDI). */
function optionLabel(account: AccountView, language: Language): string {
  const name = `\u2068${nameOf(account, language)}\u2069`;
  return account.lastFour === null ? name : `${name} · \u2068${account.lastFour}\u2069`;
}

export const filterStyles = css`
  .filter {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 13rem), 1fr));
    gap: 8px 16px;
    margin-top: 8px;
  }
  .filter label {
    display: grid;
    gap: 4px;
    min-width: 0;
  }
  input,
  select {
    width: 100%;
    min-width: 0;
    min-height: 2.25rem;
    padding: 4px 8px;
    border: 1px solid var(--quiet);
    border-radius: 4px;
    background: var(--paper);
    color: inherit;
    font: inherit;
    text-overflow: ellipsis;
  }
  /* Safari on iOS zooms into smaller type, and stays there. */
  @media (pointer: coarse) {
    input,
    select {
      font-size: 1rem;
    }
  }
`;
