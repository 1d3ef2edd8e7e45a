/** The entry module: runs before the page is whole, waits for it, hands its data to the card, cleans its address. */
import type { AccountCard } from './account-card.ts';
import './account-card.ts';
import { cleanUrl, takeBoot } from './boot.ts';
import { loadLanguage } from './locales/language.ts';

/** As long as the skeleton's link waits to be seen. */
const PATIENCE_MS = 15_000;

if (document.readyState === 'loading') {
  document.addEventListener('DOMContentLoaded', begin, { once: true });
  setTimeout(() => {
    // Chromium drops what it has not parsed when a connection breaks, and never fires the event: nothing may be left to press.
    document.querySelector('account-card a') ?? document.dispatchEvent(new Event('DOMContentLoaded'));
  }, PATIENCE_MS);
} else begin();

function begin(): void {
  const start = takeBoot(document);
  history.replaceState(null, '', cleanUrl(start.page));
  // Not awaited: the bundler would then cut the entry in two, and the page would wait for both.
  const words = loadLanguage(start.page.locale).then((language) => {
    // The page itself was sent before anybody knew who is looking at it.
    document.documentElement.lang = language.locale;
    document.title = language.text.title;
    return language;
  });
  const card =
    document.querySelector('account-card') ??
    document.body.appendChild(document.createElement('account-card'));
  card.begin(start, words);
}

declare global {
  interface HTMLElementTagNameMap {
    'account-card': AccountCard;
  }
}
