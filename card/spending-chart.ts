/** This month's spending as quiet bars with words and amounts, and the same numbers in a table. */
import { html, type TemplateResult } from 'lit';
import { expandedText } from './locales/expanded-words.ts';
import type { Language } from './locales/language.ts';
import type { Spending, SpendingLine } from './spending.ts';
import { css } from './style-sheet.ts';
import { shown } from './wording.ts';

export interface ChartOptions {
  language: Language;
  nowMs: number;
  /** The length of a bar says how much, so it goes when amounts are hidden. */
  isHidden: boolean;
}

export function spendingChart(spending: Spending, options: ChartOptions): TemplateResult {
  const { language, nowMs, isHidden } = options;
  const text = expandedText(language);
  const { currency, total, lines } = spending;
  const month = new Intl.DateTimeFormat(language.locale, { month: 'long' }).format(nowMs);
  const money = (amount: string) => shown(language.format.money({ amount, currency }), language);
  const nameOf = ({ category }: SpendingLine) => category ?? text.otherCategory;
  return html`<section class="part spending">
    <div class="part-head">
      <h2>${text.spending(month)}</h2>
      <p class="subtotal money">${money(total)}</p>
    </div>
    <ul class="bars">
      ${lines.map(
        (line) => html`<li>
          <bdi class="category">${nameOf(line)}</bdi>
          <span class="money">${money(line.amount)}</span>
          <span class="track" aria-hidden="true">${isHidden ? '' : bar(line)}</span>
        </li>`,
      )}
    </ul>
    <p class="small">${text.spendingFrom}</p>
    <details>
      <summary class="small">${text.asTable}</summary>
      ${table(spending, language, isHidden)}
    </details>
  </section>`;
}

/** Set as a property, through CSSOM: the page's policy forbids style attributes. */
function bar({ width, category }: SpendingLine): TemplateResult {
  return html`<span class=${category === null ? 'bar-fill rest' : 'bar-fill'} .style=${`width:${width * 100}%`}></span>`;
}

function table({ currency, total, lines }: Spending, language: Language, isHidden: boolean): TemplateResult {
  const text = expandedText(language);
  const shares = new Intl.NumberFormat(language.locale, { style: 'percent', maximumFractionDigits: 0 });
  const row = (name: string, amount: string, share: number) => html`<tr>
    <th scope="row"><bdi>${name}</bdi></th>
    <td class="money">${shown(language.format.money({ amount, currency }), language)}</td>
    <td class="money">${isHidden ? '—' : shares.format(share)}</td>
  </tr>`;
  return html`<table>
    <thead class="small">
      <tr>
        <th scope="col">${text.category}</th>
        <th scope="col">${text.amount}</th>
        <th scope="col">${text.share}</th>
      </tr>
    </thead>
    <tbody>
      ${lines.map(({ category, amount, share }) => row(category ?? text.otherCategory, amount, share))}
    </tbody>
    <tfoot>
      ${row(text.total, total, 1)}
    </tfoot>
  </table>`;
}

export const chartStyles = css`
  .bars {
    margin: 4px 0 8px;
  }
  .bars li {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 4px 12px;
    padding: 8px 0;
  }
  .category,
  th {
    overflow-wrap: anywhere;
  }
  .track {
    display: block;
    grid-column: 1 / -1;
    height: 4px;
    border-radius: 2px;
    background: var(--line);
  }
  .bar-fill {
    display: block;
    min-width: 4px;
    height: 100%;
    border-radius: 2px;
    background: var(--brand);
    forced-color-adjust: none;
  }
  .rest {
    background: var(--owed);
  }
  table {
    width: 100%;
    margin-top: 4px;
    border-collapse: collapse;
  }
  th,
  td {
    padding: 6px 0;
    border-top: 1px solid var(--line);
    font-weight: 400;
    text-align: start;
    vertical-align: baseline;
  }
  thead th {
    border: 0;
  }
  th + th,
  td {
    padding-inline-start: 12px;
    text-align: end;
  }
  tfoot th,
  tfoot td {
    font-weight: 500;
  }
  @media (forced-colors: active) {
    .bar-fill {
      background: CanvasText;
    }
  }
`;
