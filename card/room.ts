/** Tells whether the card has room for the expanded view, and brings that view when it is wanted. */

/** A single External Application opens the face's URL full screen; a dashboard's card is 200 to 400 px high. */
const ROOMY = { framed: '(min-height: 700px)', alone: '(min-height: 560px)' };

export function watchRoom(isFramed: boolean, onChange: (isRoomy: boolean) => void): void {
  const room = matchMedia(isFramed ? ROOMY.framed : ROOMY.alone);
  room.addEventListener('change', () => onChange(room.matches));
  onChange(room.matches);
}

/** Without it the face is drawn, at any size: it is less, but it is the customer's data. */
export function loadExpandedView(): Promise<'loaded' | 'failed'> {
  return import('./expanded-view.ts').then(
    () => 'loaded',
    () => 'failed',
  );
}
