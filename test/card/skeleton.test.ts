/** What the customer sees before the data, and when it never comes. */
import { expect, test } from 'vitest';
import { openCard } from './support/card-page.ts';
import { find } from './support/layout.ts';
import { bootOf, threeAccounts } from './support/summaries.ts';

test('the skeleton stands where the face will: nothing moves', async () => {
  for (const [width, height] of [
    [512, 300],
    [264, 200],
  ] as const) {
    const before = await openCard({ boot: bootOf(threeAccounts), withoutScript: true, width, height });
    const after = await openCard({ boot: bootOf(threeAccounts), width, height });
    const placeOf = (element: Element | null | undefined) => {
      const { top = Number.NaN, left = Number.NaN } = element?.getBoundingClientRect() ?? {};
      return { top: Math.round(top), left: Math.round(left) };
    };
    for (const [shape, real] of [
      ['.skeleton-label', '.headline-label'],
      ['.skeleton-number', '.headline'],
      ['.skeleton-bar', '.bar'],
      ['.skeleton-row', 'li'],
      ['.skeleton-footer', '.footer'],
    ] as const) {
      const [expected, actual] = [
        placeOf(find(after.card, real)),
        placeOf(before.document.querySelector(shape)),
      ];
      expect(Math.abs(expected.top - actual.top), `${shape} at ${width} x ${height}`).toBeLessThanOrEqual(4);
      expect(actual.left).toBe(expected.left);
    }
  }
});

test('a stream that is cut leaves a plain link to the entry, shown by CSS alone after 15 s', async () => {
  const page = await openCard({ boot: null, withoutScript: true });
  const stalled = page.document.querySelector('.skeleton-stalled');
  if (stalled === null) throw new Error('The skeleton has no way out.');
  const style = page.window.getComputedStyle(stalled);
  expect(style.visibility).toBe('hidden');
  const [reveal] = stalled.getAnimations();
  expect(reveal?.effect?.getComputedTiming().delay).toBe(15_000);
  if (reveal) reveal.currentTime = 15_001;
  expect(style.visibility).toBe('visible');
  const link = stalled.querySelector('a');
  expect(link?.getAttribute('href')).toBe('/fi/auth');
  expect(link?.target).toBe('');
});

test('the skeleton neither scrolls nor shows beside the card', async () => {
  const before = await openCard({ boot: null, withoutScript: true, width: 264, height: 200 });
  const { scrollHeight, clientHeight, scrollWidth, clientWidth } = before.document.documentElement;
  expect([scrollHeight, scrollWidth]).toEqual([clientHeight, clientWidth]);
  const after = await openCard({ boot: bootOf(threeAccounts) });
  expect(after.document.querySelector('.skeleton')?.getClientRects()).toHaveLength(0);
});
