/** Hides amounts: dots take their places, and the wish is kept where the browser keeps anything. */
import { html } from 'lit';
import { PRIVACY_KEY } from './amount-preference.ts';
import type { ControlsText } from './locales/controls-words.ts';
import type { Language } from './locales/language.ts';

/** As many for every amount: their number says nothing of its length. */
const DOTS = '••••';

/** The same words with formats that know no amount, so that none can reach the page by any way. */
export function withoutAmounts(language: Language, { amountHidden }: ControlsText): Language {
  const format = {
    ...language.format,
    money: () => DOTS,
    moneyParts: () => ({ before: DOTS, decimals: '', after: '' }),
  };
  const concealed = (words: string) => {
    const [before, after] = words.split(DOTS);
    // A payment may be due without an amount.
    if (after === undefined) return html`${words}`;
    return html`${before}<span role="img" aria-label=${amountHidden}>${DOTS}</span>${after}`;
  };
  return { ...language, format, concealed };
}

/** Amounts that are shown leave no trace. False where a foreign frame has no storage: it lasts as long as the page. */
export function keepPreference(hidesAmounts: boolean): boolean {
  try {
    if (hidesAmounts) localStorage.setItem(PRIVACY_KEY, '1');
    else localStorage.removeItem(PRIVACY_KEY);
    return true;
  } catch {
    return false;
  }
}
