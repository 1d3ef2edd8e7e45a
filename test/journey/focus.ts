/** Follows the keyboard's focus through a page and its shadow roots, and tells what a person sees and hears of it. */
import type { Frame, Page } from 'playwright';

export interface FocusStop {
  name: string;
  /** What hides the focus: nothing when it is plainly seen. */
  hiddenBy: string[];
  /** On the page, wherever it is scrolled to. */
  box: { x: number; y: number };
}

/** Where the focus is; null while it is nowhere in this page. */
export function focused(place: Frame | Page): Promise<FocusStop | null> {
  return place.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    if (element === null || element === document.body || element.localName === 'iframe') return null;
    const label = element.closest('label')?.querySelector('span');
    const words = (label ?? element).textContent;
    const name = (element.getAttribute('aria-label') ?? words ?? '').replace(/\s+/g, ' ').trim();

    const { x, y, bottom, right } = element.getBoundingClientRect();
    const style = getComputedStyle(element);
    const outlinePx = Number.parseFloat(style.outlineWidth) + Number.parseFloat(style.outlineOffset);
    const hiddenBy: string[] = [];
    if (style.outlineStyle === 'none' || Number.parseFloat(style.outlineWidth) < 2)
      hiddenBy.push('no outline');
    if (style.outlineColor === getComputedStyle(document.body).backgroundColor) hiddenBy.push('its colour');
    const isWithin = (box: { left: number; top: number; right: number; bottom: number }) =>
      x - outlinePx >= box.left - 0.5 &&
      y - outlinePx >= box.top - 0.5 &&
      right + outlinePx <= box.right + 0.5 &&
      bottom + outlinePx <= box.bottom + 0.5;
    if (!isWithin({ left: 0, top: 0, right: innerWidth, bottom: innerHeight })) hiddenBy.push('the edge');
    for (let node: Node | null = element; node !== null; ) {
      const up: Node | null = (node as Element).assignedSlot ?? node.parentNode;
      node = up instanceof ShadowRoot ? up.host : up;
      if (!(node instanceof Element) || node === document.documentElement) continue;
      const clips = /hidden|clip/.test(getComputedStyle(node).overflow);
      if (clips && !isWithin(node.getBoundingClientRect())) hiddenBy.push(`<${node.localName}>`);
    }
    return { name, hiddenBy, box: { x, y: y + scrollY } };
  });
}

/** Presses a key until the focus has left the place; a trap would never end. */
export async function walk(page: Page, place: Frame | Page, key: string, most = 200): Promise<FocusStop[]> {
  const stops: FocusStop[] = [];
  while (stops.length < most) {
    await page.keyboard.press(key);
    const stop = await focused(place);
    if (stop === null) return stops;
    stops.push(stop);
  }
  throw new Error(`The focus is trapped: ${stops.slice(-3).map(({ name }) => name)}`);
}

/** Down the page, and along a line from its start: what a person expects of Tab. */
export function isInReadingOrder(stops: readonly FocusStop[]): boolean {
  return stops.every(({ box }, index) => {
    const before = stops[index - 1]?.box;
    if (before === undefined) return true;
    const isOnLine = Math.abs(box.y - before.y) < 8;
    return isOnLine ? box.x > before.x : box.y > before.y;
  });
}
