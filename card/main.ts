/** The entry module: runs when the page is parsed, hands its data to the card, cleans its address. */
import type { AccountCard } from './account-card.ts';
import './account-card.ts';
import { cleanUrl, takeBoot } from './boot.ts';
import { loadLanguage } from './locales/language.ts';

const start = takeBoot(document);
history.replaceState(null, '', cleanUrl(start.page));
// Not awaited: the bundler would then cut the entry in two, and the page would wait for both.
const words = loadLanguage(start.page.locale).then((language) => {
  // The page itself was sent before anybody knew who is looking at it.
  document.documentElement.lang = language.locale;
  document.title = language.text.title;
  return language;
});
document.querySelector('account-card')?.begin(start, words);

declare global {
  interface HTMLElementTagNameMap {
    'account-card': AccountCard;
  }
}
