/** Looks for what a customer would see of a bad layout: scroll bars, text cut off, boxes outside the frame. */
import type { CardFrame } from './card-page.ts';

/** Names and labels may end in an ellipsis; nothing else may be cut, amounts least of all. */
const MAY_BE_CUT = '.name, .label, .headline-label, .visually-hidden, .visually-hidden *';

/** A sentence for each fault; empty when all is well. */
export function layoutFaults({ document, card, window }: CardFrame): string[] {
  const root = document.documentElement;
  const faults: string[] = [];
  if (root.scrollWidth > root.clientWidth) faults.push(`page is ${root.scrollWidth} px wide`);
  if (root.scrollHeight > root.clientHeight) faults.push(`page is ${root.scrollHeight} px high`);
  for (const element of visibleElements(card)) {
    const box = element.getBoundingClientRect();
    const isOutside =
      box.left < -0.5 ||
      box.top < -0.5 ||
      box.right > window.innerWidth + 0.5 ||
      box.bottom > window.innerHeight + 0.5;
    if (isOutside) faults.push(`${describe(element)} is outside: ${JSON.stringify(box)}`);
    const isCut = element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0;
    if (isCut) faults.push(`${describe(element)} is cut: ${element.scrollWidth} > ${element.clientWidth}`);
  }
  return faults;
}

export function visibleElements(card: Element): Element[] {
  return everyElement(card.shadowRoot ?? card).filter(
    (element) => !element.matches(MAY_BE_CUT) && element.getClientRects().length > 0,
  );
}

/** Through open shadow roots. */
export function everyElement(root: ParentNode): Element[] {
  return [...root.querySelectorAll('*')].flatMap((element) => [
    element,
    ...(element.shadowRoot === null ? [] : everyElement(element.shadowRoot)),
  ]);
}

export function find(card: Element, selector: string): Element | undefined {
  return everyElement(card.shadowRoot ?? card).find((element) => element.matches(selector));
}

export function findAll(card: Element, selector: string): Element[] {
  return everyElement(card.shadowRoot ?? card).filter((element) => element.matches(selector));
}

/** Through the shadow roots, down to what really has it. */
export function focused({ document }: CardFrame): Element | null {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element;
}

/** All words of the card, with single spaces. */
export function words(card: Element): string {
  const texts = (root: Node): string[] =>
    [...root.childNodes].flatMap((node) => {
      if (node.nodeType === Node.TEXT_NODE) return [node.textContent ?? ''];
      return node.nodeName === 'STYLE'
        ? []
        : texts(('shadowRoot' in node && (node as Element).shadowRoot) || node);
    });
  return texts(card.shadowRoot ?? card)
    .join('')
    .replace(/\s+/g, ' ')
    .trim();
}

function describe(element: Element): string {
  return `<${element.localName} class="${element.getAttribute('class') ?? ''}"> "${element.textContent?.trim()}"`;
}
