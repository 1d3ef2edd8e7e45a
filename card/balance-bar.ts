/** One quiet bar: what the customer has against what is owed, with both figures in words below it. */
import { html, nothing, type TemplateResult } from 'lit';
import type { AccountSummary, Amount } from '../server/contract.ts';
import { isNegative } from './format.ts';
import type { Language } from './locales/language.ts';
import { css } from './style-sheet.ts';
import { shown } from './wording.ts';

/** Nothing to compare (nothing owed, a negative side, two currencies) means no bar. */
export function hasBar(summary: AccountSummary): boolean {
  return sidesOf(summary) !== null;
}

export function balanceBar(summary: AccountSummary, language: Language): TemplateResult | typeof nothing {
  const sides = sidesOf(summary);
  if (sides === null) return nothing;
  const { assets, owed, share } = sides;
  const { text, format, concealed } = language;
  const yours = concealed ? 0 : share;
  // Set as a property, through CSSOM: the page's policy forbids style attributes.
  return html`<div class="bar" aria-hidden="true">
      <span class="yours" ?hidden=${concealed} .style=${`flex-grow:${yours}`}></span>
      <span class="owed" .style=${`flex-grow:${1 - yours}`}></span>
    </div>
    <p class="legend small money">
      <span>${shown(text.yoursInWords(format.money(assets)), language)}</span>
      <span>${shown(text.owedInWords(format.money(owed)), language)}</span>
    </p>`;
}

/** The width of a picture, not an amount: the one place where a binary float is good enough. */
function sidesOf({ assets, owed }: AccountSummary): { assets: Amount; owed: Amount; share: number } | null {
  if (assets === null || owed === null) return null;
  if (assets.currency !== owed.currency || isNegative(assets) || isNegative(owed)) return null;
  const [yours, theirs] = [Number(assets.amount), Number(owed.amount)];
  const share = yours / (yours + theirs);
  return theirs > 0 && Number.isFinite(share) ? { assets, owed, share } : null;
}

export const barStyles = css`
  .bar {
    display: flex;
    gap: 2px;
    height: 6px;
    margin-top: 12px;
  }
  .bar > span {
    flex: 0 1 0;
    min-width: 4px;
    border-radius: 3px;
    forced-color-adjust: none;
  }
  .yours {
    background: var(--brand);
  }
  .owed {
    background: var(--owed);
  }
  .legend {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    column-gap: 12px;
    margin-top: 4px;
  }
  .legend > :last-child {
    margin-inline-start: auto;
  }
  @media (forced-colors: active) {
    .bar {
      --brand: CanvasText;
      --owed: GrayText;
    }
  }
`;
