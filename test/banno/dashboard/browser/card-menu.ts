/** The ellipsis menu of each card: opens, closes, reloads. */
import type { CardFrame } from './card-frame.ts';

export function connectMenu(card: HTMLElement, frame: CardFrame): void {
  const button = card.querySelector('.ellipsis');
  const items = card.querySelector<HTMLElement>('.card-menu-items');
  if (button === null || items === null) return;
  const open = (isOpen: boolean) => {
    items.hidden = !isOpen;
    button.setAttribute('aria-expanded', String(isOpen));
  };
  button.addEventListener('click', () => open(items.hasAttribute('hidden')));
  card.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') open(false);
  });
  document.addEventListener('pointerdown', (event) => {
    if (event.target instanceof Node && !items.parentElement?.contains(event.target)) open(false);
  });
  items.querySelector('[data-reload]')?.addEventListener('click', () => {
    open(false);
    frame.load();
  });
}
