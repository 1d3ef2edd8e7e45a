/** The entry module: runs when the page is parsed, hands its data to the card, cleans its address. */
import './account-card.ts';
import { cleanUrl, takeBoot } from './boot.ts';
import { loadLanguage } from './locales/language.ts';

const start = takeBoot(document);
history.replaceState(null, '', cleanUrl(start.page));
const language = await loadLanguage(start.page.locale);
document.querySelector('account-card')?.begin(start, language);
