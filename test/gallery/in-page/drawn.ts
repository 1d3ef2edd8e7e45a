/** Walks what is drawn: through shadow roots and slots, without what only assistive technology gets. */

/** Children as they are laid out. */
export function drawnChildren(element: Element): Node[] {
  if (element.shadowRoot !== null) return [...element.shadowRoot.childNodes];
  if (element instanceof HTMLSlotElement) return element.assignedNodes({ flatten: true });
  return [...element.childNodes];
}

export function drawnParent(node: Node): Element | null {
  if (node instanceof Element || node instanceof Text) {
    const slot = node.assignedSlot;
    if (slot !== null) return slot;
  }
  const parent = node.parentNode;
  if (parent instanceof ShadowRoot) return parent.host;
  return parent instanceof Element ? parent : null;
}

export function elementsIn(element: Element): Element[] {
  return drawnChildren(element).filter((node): node is Element => node instanceof Element);
}

/** False also for an element that is there for screen readers alone, which CSS clips to nothing. */
export function isDrawn(element: Element): boolean {
  const { display, clipPath } = getComputedStyle(element);
  // What is folded away has boxes all the same.
  return clipPath !== 'inset(50%)' && (display === 'contents' || element.checkVisibility());
}

/** An element's own visibility; a child of a hidden one may be visible. */
export function isVisible(element: Element): boolean {
  return getComputedStyle(element).visibility === 'visible';
}

export function ownTexts(element: Element): Text[] {
  return drawnChildren(element).filter(
    (node): node is Text => node instanceof Text && node.data.trim() !== '',
  );
}

/** Every text that is drawn, with the element it stands in. */
export function drawnTexts(root: Element): { text: Text; element: Element }[] {
  if (!isDrawn(root)) return [];
  const own = isVisible(root) ? ownTexts(root).map((text) => ({ text, element: root })) : [];
  return [...own, ...elementsIn(root).flatMap(drawnTexts)];
}

export function boxesOf(text: Text): DOMRect[] {
  const range = document.createRange();
  range.selectNodeContents(text);
  return [...range.getClientRects()].filter(({ width, height }) => width > 0 && height > 0);
}
