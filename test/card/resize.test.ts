/** The height that the card asks for, whatever the host makes of it: few wishes, no end without a card. */
import { expect, test } from 'vitest';
import type { CardFace } from '../../card/card-face.ts';
import { type CardFrame, openCard } from './support/card-page.ts';
import { find, findAll, layoutFaults } from './support/layout.ts';
import { bootOf, summaryOf } from './support/summaries.ts';
import { atThisHost, heights, listen } from './support/test-host.ts';

type Answer = (wantedPx: number, frame: HTMLIFrameElement) => void;

const setHeight = (frame: HTMLIFrameElement, heightPx: number) => {
  frame.style.height = `${heightPx}px`;
};
const MOST_WISHES = 4;
/** A little more than the frame holds: the height that is missing is within what may be asked for. */
const ACCOUNTS = 4;

test.for<[string, Answer, number]>([
  ['obeys at once', (wantedPx, frame) => setHeight(frame, wantedPx), 1],
  ['obeys late', (wantedPx, frame) => afterFrames(15, () => setHeight(frame, wantedPx)), 1],
  ['never answers', () => undefined, 1],
  ['answers with one height of its own', (_wantedPx, frame) => setHeight(frame, 360), 1],
  ['answers with less', (_wantedPx, frame) => setHeight(frame, 200), 1],
  ['answers one px above', (wantedPx, frame) => setHeight(frame, wantedPx + 1), 1],
  ['answers one px below', (wantedPx, frame) => setHeight(frame, wantedPx - 1), 1],
  ['cannot decide by a px', (wantedPx, frame) => wobble(frame, wantedPx), 1],
  ['answers with other widths', (_wantedPx, frame) => alternate(frame), MOST_WISHES],
])('I09 a host that %s: no oscillation', async ([, answer, mostWishes]) => {
  const heard = listen(({ type, data }, { frameElement }) => {
    if (type === 'request-resize') answer(data?.height ?? 0, frameElement as HTMLIFrameElement);
  });
  const page = await openCard({ boot: atThisHost(bootOf(summaryOf(ACCOUNTS))), width: 400 });
  await expect.poll(() => heights(heard).length).toBeGreaterThan(0);
  await afterFrames(30);
  const wishes = heights(heard).length;

  expect(wishes).toBeLessThanOrEqual(mostWishes);
  await expectCardDrawn(page);
  await afterFrames(10);
  expect(heights(heard)).toHaveLength(wishes);
});

test('a face that is drawn again while the host still thinks keeps its footer back, so that it never jumps', async () => {
  const asked = Promise.withResolvers<HTMLIFrameElement>();
  listen(({ type }, { frameElement }) => {
    if (type === 'request-resize') asked.resolve(frameElement as HTMLIFrameElement);
  });
  const page = await openCard({ boot: atThisHost(bootOf(summaryOf(ACCOUNTS))), width: 400 });
  await asked.promise;
  const face = find(page.card, 'card-face') as CardFace;
  face.content = face.content && { ...face.content };
  await face.updateComplete;

  expect(find(page.card, '.footer.asking')).toBeDefined();
  await expectCardDrawn(page);
});

test('I09 a frame that is dragged to forty sizes asks four times at most, and is right at every one', async () => {
  const heard = listen();
  const page = await openCard({ boot: atThisHost(bootOf(summaryOf(9))) });
  for (let i = 0; i < 40; i += 1) {
    await page.resize({ width: 264 + ((i * 37) % 250), height: 200 + ((i * 53) % 150) });
    if (i % 10 === 0) await expectCardDrawn(page);
  }
  expect(heights(heard).length).toBeLessThanOrEqual(MOST_WISHES);
  await expectCardDrawn(page);
});

async function expectCardDrawn(page: CardFrame): Promise<void> {
  await expect.poll(() => find(page.card, '.footer.asking')).toBeUndefined();
  expect(findAll(page.card, '.row').length).toBeGreaterThan(0);
  expect(find(page.card, '.headline')).toBeDefined();
  expect(layoutFaults(page)).toEqual([]);
}

function wobble(frame: HTMLIFrameElement, wantedPx: number): void {
  for (let i = 0; i < 20; i += 1) void afterFrames(i, () => setHeight(frame, wantedPx + (i % 2)));
}

/** Too low at either width, and at the smaller one the rows are higher: each answer gives reason for another wish. */
function alternate(frame: HTMLIFrameElement): void {
  frame.style.width = frame.style.width === '400px' ? '190px' : '400px';
  setHeight(frame, 200);
}

async function afterFrames(frames: number, then: () => void = () => undefined): Promise<void> {
  for (let i = 0; i < frames; i += 1) await new Promise((resolve) => requestAnimationFrame(resolve));
  then();
}
