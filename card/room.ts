/** Tells whether the card has room for the expanded view. */

/** A single External Application opens the face's URL full screen; a dashboard's card is 200 to 400 px high. */
const ROOMY_FRAME_PX = 700;
const ROOMY_SCREEN_PX = 560;

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
  return matchMedia(`(min-height: ${isFramed ? ROOMY_FRAME_PX : ROOMY_SCREEN_PX}px)`);
}
