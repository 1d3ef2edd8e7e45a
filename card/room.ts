/** Tells whether the card has room for the expanded view. */

/**
 * A single External Application opens the face's URL full screen; a dashboard's card is 200 to 400 px high, 512 px wide.
 * A browser's window, zoomed in, is as low as that, but no card of a phone is as wide.
 */
const ROOMY_FRAME = '(min-height: 700px)';
const ROOMY_SCREEN = '(min-height: 560px), (min-width: 900px) and (not (pointer: coarse))';

export function watchRoom(isFramed: boolean, onChange: (isRoomy: boolean) => void): void {
  const room = roomFor(isFramed);
  // Android's keyboard takes half of a web view's height, and would take away the very page that is typed into.
  room.addEventListener('change', () => (room.matches || !isTyping()) && onChange(room.matches));
  onChange(room.matches);
}

export function hasRoom(isFramed: boolean): boolean {
  return roomFor(isFramed).matches;
}

function isTyping(): boolean {
  let focused = document.activeElement;
  while (focused?.shadowRoot) focused = focused.shadowRoot.activeElement;
  return focused instanceof HTMLInputElement;
}

function roomFor(isFramed: boolean): MediaQueryList {
  return matchMedia(isFramed ? ROOMY_FRAME : ROOMY_SCREEN);
}
