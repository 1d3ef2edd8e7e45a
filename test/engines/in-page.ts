/** What runs inside pages: each function travels as text, so it stands on its own. */

/** What the card says, through its shadow roots, in one line. */
export function shownText(): string {
  const texts = (node: Node): string => {
    if (node instanceof Element && ['STYLE', 'SCRIPT'].includes(node.tagName)) return '';
    if (node instanceof Text) return node.data;
    const root = node instanceof Element ? node.shadowRoot : null;
    return [...(root ?? node).childNodes].map(texts).join('');
  };
  return texts(document.body).replace(/\s+/g, ' ').trim();
}

/** Whether a visible link or button says so, by its label or its text; and clicks it. */
export function look(name: string, andClick = false): boolean {
  const all = (root: ParentNode): Element[] =>
    [...root.querySelectorAll('*')].flatMap((element) => [
      element,
      ...(element.shadowRoot === null ? [] : all(element.shadowRoot)),
    ]);
  const found = all(document).find(
    (element): element is HTMLElement =>
      element instanceof HTMLElement &&
      element.matches('a[href], button') &&
      (element.getAttribute('aria-label') ?? element.textContent).includes(name) &&
      element.checkVisibility({ opacityProperty: true, visibilityProperty: true }),
  );
  if (andClick) found?.click();
  return found !== undefined;
}

/** Ends the delay of the CSS animation that reveals the way on, as 15 s would. */
export function endSkeletonDelay(): void {
  for (const animation of document.getAnimations()) {
    if (animation instanceof CSSAnimation && animation.animationName === 'skeleton-reveal')
      animation.finish();
  }
}

/** What the browser holds of the page where a stranger could find it. */
export function whereabouts(): { path: string; search: string; hasBoot: boolean; stored: string } {
  const { pathname: path, search } = location;
  const hasBoot = document.getElementById('card-boot') !== null;
  try {
    const stored = JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]);
    return { path, search, hasBoot, stored };
  } catch {
    // Where third-party cookies are blocked, a foreign frame may have no storage at all.
    return { path, search, hasBoot, stored: '[{},{},""]' };
  }
}

/** How the dashboard sees a card: whether it is ready, and the types of its messages. */
export function hostView(publicUrl: string): { state: string | undefined; messages: (string | undefined)[] } {
  const card = document.querySelector<HTMLElement>(`[data-card]:has(iframe[src="${publicUrl}/auth"])`);
  const selector = `#bridge-log li[data-from="${card?.dataset['card']}"]`;
  const messages = [...document.querySelectorAll<HTMLElement>(selector)].map(
    ({ dataset }) => dataset['type'],
  );
  return { state: card?.dataset['state'], messages };
}

export function isSkeletonShown(): boolean {
  return document.querySelector('account-card .skeleton-shape')?.checkVisibility() === true;
}
