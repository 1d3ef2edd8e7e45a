/** Measures the parts that a customer tells apart: each text, row, control and shape, with its words and its box. */
import { drawnChildren, elementsIn, isDrawn, isVisible, ownTexts } from './drawn.ts';

export interface Part {
  name: string;
  x: number;
  y: number;
  width: number;
  height: number;
  words: string;
}

/** Measured as one, whatever they hold. */
const WHOLE = 'a, button, summary, input, select, td, th, .entry';

export function parts(root: Element): Part[] {
  if (!isDrawn(root)) return [];
  const children = elementsIn(root).filter(isDrawn);
  const isWhole =
    root.matches(WHOLE) ||
    ownTexts(root).length > 0 ||
    (children.length > 0 && children.every((child) => getComputedStyle(child).display.startsWith('inline')));
  if (!isWhole && children.length > 0) return children.flatMap(parts);
  if (!isVisible(root) || (!isWhole && !isPainted(root))) return [];
  return [partOf(root)];
}

function partOf(element: Element): Part {
  const { x, y, width, height } = element.getBoundingClientRect();
  const [px, py, right, bottom] = [x, y + scrollY, x + width, y + scrollY + height].map(Math.round);
  const [left = 0, top = 0] = [px, py];
  const words = element.ariaLabel ?? wordsOf(element).replace(/\s+/g, ' ').trim();
  return {
    name: element.classList[0] ?? element.localName,
    x: left,
    y: top,
    width: (right ?? 0) - left,
    height: (bottom ?? 0) - top,
    words,
  };
}

/** An ellipsis where the browser draws one; spaces where boxes stand apart. */
function wordsOf(element: Element): string {
  if (!isDrawn(element)) return '';
  if (element instanceof HTMLInputElement) return element.value;
  if (element instanceof HTMLSelectElement) return element.selectedOptions[0]?.label ?? '';
  const words = drawnChildren(element)
    .map((child) => {
      if (child instanceof Text) return isVisible(element) ? child.data : '';
      return child instanceof Element ? wordsOf(child) : '';
    })
    .join('');
  const isCut =
    element.scrollWidth > element.clientWidth && getComputedStyle(element).textOverflow === 'ellipsis';
  const shown = isCut ? `${words} …` : words;
  return getComputedStyle(element).display.startsWith('inline') ? shown : ` ${shown} `;
}

function isPainted(element: Element): boolean {
  const { backgroundColor, backgroundImage } = getComputedStyle(element);
  const { width, height } = element.getBoundingClientRect();
  if (width === 0 || height === 0) return false;
  return (
    element instanceof SVGElement || backgroundImage !== 'none' || backgroundColor !== 'rgba(0, 0, 0, 0)'
  );
}
