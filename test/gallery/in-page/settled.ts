/** Waits until a card is drawn for good: nothing is on its way, and nothing has changed for a while. */
import { everyElement, words } from '../../card/support/layout.ts';
import { parts } from './parts.ts';

const LOOK_EVERY_MS = 50;
/** Together longer than the card takes to announce what it has drawn (100 ms). */
const EQUAL_LOOKS = 3;

export async function settled(): Promise<void> {
  let before = '';
  for (let equal = 0; equal < EQUAL_LOOKS; ) {
    await nextLook();
    const now = JSON.stringify([parts(document.body), words(document.body)]);
    equal = now === before && isComplete() ? equal + 1 : 0;
    before = now;
  }
}

/** After a frame: the card fits itself to its size between two of them. */
function nextLook(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(() => requestAnimationFrame(() => resolve()), LOOK_EVERY_MS);
  });
}

/** The footer waits for the host's answer, and a live region speaks after the drawing, or when its words have rested. */
function isComplete(): boolean {
  const root = document.querySelector('account-card')?.shadowRoot;
  if (!root) return document.readyState === 'complete';
  if (root.querySelector('main') === null || root.querySelector('[role=status]')?.textContent?.trim() === '')
    return false;
  return everyElement(root).every((element) => {
    const isSpeechPending =
      element.localName === 'calm-announcement' &&
      (element as Element & { words: string }).words !== element.textContent;
    return !isSpeechPending && !element.matches('.asking');
  });
}
