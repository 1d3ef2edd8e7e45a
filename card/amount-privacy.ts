/** Hides amounts: dots take their places, and the wish is kept where the browser keeps anything. */
import { html } from 'lit';
import type { Status } from './fresh-data.ts';
import type { Text } from './locales/face-words.ts';
import type { Language } from './locales/language.ts';

/** As many for every amount: their number says nothing of its length. */
const DOTS = '••••';

/** The card, as far as this knows it. */
interface PrivateCard {
  status: Status | null;
  requestUpdate(): void;
}

export class AmountPrivacy {
  readonly #card: PrivateCard;
  #key = '';
  isOn = false;

  constructor(card: PrivateCard) {
    this.#card = card;
  }

  /** `base`: institutions that share an origin share its storage, but not this wish. */
  begin(base: string): void {
    this.#key = `hidesAmounts ${base}`;
    this.isOn = isKept(this.#key);
  }

  speak(language: Language): Language {
    return this.isOn ? withoutAmounts(language) : language;
  }

  /** Where the wish cannot be kept it lasts as long as the page, and that is said. */
  toggle({ hiddenForNow }: Text): void {
    const card = this.#card;
    this.isOn = !this.isOn;
    const wasKept = keep(this.#key, this.isOn);
    if (this.isOn && !wasKept) card.status = { outcome: hiddenForNow, announcement: hiddenForNow };
    else if (card.status?.outcome === hiddenForNow) card.status = null;
    card.requestUpdate();
  }
}

/** Storage throws in a foreign frame where third-party cookies are blocked. */
function isKept(key: string): boolean {
  try {
    return localStorage.getItem(key) !== null;
  } catch {
    return false;
  }
}

/** Amounts that are shown leave no trace. */
function keep(key: string, hidesAmounts: boolean): boolean {
  try {
    if (hidesAmounts) localStorage.setItem(key, '1');
    else localStorage.removeItem(key);
    return true;
  } catch {
    return false;
  }
}

/** The same words with formats that know no amount, so that none can reach the page by any way. */
function withoutAmounts(language: Language): Language {
  const format = {
    ...language.format,
    money: () => DOTS,
    moneyParts: () => ({ before: DOTS, decimals: '', after: '' }),
  };
  const concealed = (words: string) => {
    const [before, after] = words.split(DOTS);
    // A payment may be due without an amount.
    if (after === undefined) return html`${words}`;
    return html`${before}<span role="img" aria-label=${language.text.amountHidden}>${DOTS}</span>${after}`;
  };
  return { ...language, format, concealed };
}
