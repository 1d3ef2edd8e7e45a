/** Leaves the page for another start; without a network it waits for one, once. */
import type { CardState } from './card-state.ts';

/** Offline, leaving would put the browser's own error page into the card, which says so meanwhile. */
export function leaveFor(url: string, card: { cardState: CardState }): void {
  card.cardState = { kind: navigator.onLine ? 'loading' : 'offline' };
  if (navigator.onLine) location.replace(url);
  else window.ononline = () => leaveFor(url, card);
}
