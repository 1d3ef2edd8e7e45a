/** Leaves the page for another start; without a network it waits for one, once. */
import type { CardState } from './card-state.ts';

/** Offline, leaving would put the browser's own error page into the card. `onState` hears what to draw meanwhile. */
export function leaveFor(url: string, onState: (state: CardState) => void): void {
  onState({ kind: navigator.onLine ? 'loading' : 'offline' });
  if (navigator.onLine) location.replace(url);
  else window.ononline = () => leaveFor(url, onState);
}
