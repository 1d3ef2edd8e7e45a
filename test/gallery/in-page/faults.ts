/** Looks for what no layout may have: scroll bars, text that is cut, boxes outside the frame, words on words. */
import { boxesOf, drawnParent, drawnTexts, elementsIn, isDrawn, isVisible } from './drawn.ts';

/** Names and labels may end in an ellipsis; nothing else may be cut, amounts least of all. */
const MAY_BE_CUT = '.name, .label, .headline-label';
/** Less is rounding, and the empty space above and below letters. */
const SLACK_PX = 1.5;
const LETTER_SLACK_PX = 3;

interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** A sentence for each; empty when all is well. A page may be as high as it likes, a card may not. */
export function faults(root: Element, mayScroll: boolean): string[] {
  const { scrollWidth, clientWidth, scrollHeight, clientHeight } = document.documentElement;
  const found: string[] = [];
  if (scrollWidth > clientWidth) found.push(`the page is ${scrollWidth} px wide`);
  if (!mayScroll && scrollHeight > clientHeight) found.push(`the page is ${scrollHeight} px high`);
  return [...found, ...scrollers(root), ...outside(root, mayScroll), ...cutTexts(root), ...collisions(root)];
}

function everyDrawn(root: Element): Element[] {
  return isDrawn(root) ? [root, ...elementsIn(root).flatMap(everyDrawn)] : [];
}

function scrollers(root: Element): string[] {
  return everyDrawn(root)
    .filter((element) => {
      const scrolls = /auto|scroll/.test(getComputedStyle(element).overflow);
      return scrolls && element.scrollHeight > element.clientHeight && !element.matches('select, input');
    })
    .map((element) => `${nameOf(element)} scrolls`);
}

function outside(root: Element, mayScroll: boolean): string[] {
  return everyDrawn(root)
    .filter((element) => isVisible(element) && !element.matches(`${MAY_BE_CUT}, ${MAY_BE_CUT} *`))
    .filter((element) => {
      const { left, top, right, bottom } = shownBox(element);
      if (right <= left || bottom <= top) return false;
      const isBelow = !mayScroll && bottom > innerHeight + SLACK_PX;
      return left < -SLACK_PX || right > innerWidth + SLACK_PX || top < -SLACK_PX || isBelow;
    })
    .map((element) => `${nameOf(element)} is outside of the frame`);
}

/** Shapes may be cut: a skeleton has as many rows as there is room for. */
function shownBox(element: Element): Box {
  let shown: Box = element.getBoundingClientRect();
  for (let around = drawnParent(element); around !== null; around = drawnParent(around)) {
    if (getComputedStyle(around).overflow !== 'visible')
      shown = overlapOf(shown, around.getBoundingClientRect());
  }
  return shown;
}

function cutTexts(root: Element): string[] {
  return drawnTexts(root)
    .filter(({ text, element }) => boxesOf(text).some((box) => isCut(box, element)))
    .map(({ text, element }) => `${nameOf(element)} is cut: ${text.data.trim()}`);
}

function isCut(box: Box, element: Element): boolean {
  let shown = box;
  for (let around: Element | null = element; around !== null; around = drawnParent(around)) {
    const { overflowX, overflowY } = getComputedStyle(around);
    if (overflowX === 'visible' && overflowY === 'visible') continue;
    const edge = around.getBoundingClientRect();
    const cutsAside = shown.left < edge.left - SLACK_PX || shown.right > edge.right + SLACK_PX;
    const cutsBelow = shown.top < edge.top - LETTER_SLACK_PX || shown.bottom > edge.bottom + LETTER_SLACK_PX;
    if (cutsBelow || (cutsAside && !around.matches(MAY_BE_CUT))) return true;
    shown = overlapOf(shown, edge);
  }
  return false;
}

/** Of words that are not part of one another's text. */
function collisions(root: Element): string[] {
  const shown = drawnTexts(root).flatMap(({ text, element }) =>
    boxesOf(text).map((box) => ({ text, element, box: shownPart(box, element) })),
  );
  const found: string[] = [];
  for (const [index, one] of shown.entries()) {
    for (const other of shown.slice(index + 1)) {
      // An ellipsis leaves two boxes of one text.
      if (one.text === other.text) continue;
      const { left, top, right, bottom } = overlapOf(one.box, other.box);
      if (right - left > SLACK_PX && bottom - top > LETTER_SLACK_PX)
        found.push(`${nameOf(one.element)} is drawn over by ${nameOf(other.element)}`);
    }
  }
  return found;
}

/** What an ellipsis leaves of it. */
function shownPart(box: Box, element: Element): Box {
  const edge = element.closest(MAY_BE_CUT)?.getBoundingClientRect();
  return edge === undefined ? box : overlapOf(box, edge);
}

function overlapOf(one: Box, other: Box): Box {
  return {
    left: Math.max(one.left, other.left),
    top: Math.max(one.top, other.top),
    right: Math.min(one.right, other.right),
    bottom: Math.min(one.bottom, other.bottom),
  };
}

function nameOf(element: Element): string {
  const words = element.textContent?.replace(/\s+/g, ' ').trim().slice(0, 60) ?? '';
  return `<${element.localName} class="${element.getAttribute('class') ?? ''}"> "${words}"`;
}
