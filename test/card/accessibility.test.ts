/** WCAG 2.2 AA as far as a machine can see: every state, both themes, both languages, small and large. */
import { expect, test } from 'vitest';
import type { CardBoot, ProblemCode } from '../../server/contract.ts';
import { axeFindings } from './support/axe.ts';
import { openCard } from './support/card-page.ts';
import { emulateMedia } from './support/color-scheme.ts';
import { find, findAll } from './support/layout.ts';
import { bootOf, problemBoot, summaryOf, threeAccounts } from './support/summaries.ts';

const PROBLEMS: ProblemCode[] = [
  'SIGN_IN_REQUIRED',
  'SIGN_IN_FAILED',
  'NOT_PERMITTED',
  'TOO_MANY_REQUESTS',
  'BANK_UNAVAILABLE',
  'TEMPORARILY_UNAVAILABLE',
];
const STATES: [string, (page: Partial<CardBoot>) => CardBoot][] = [
  ['three accounts', (page) => bootOf(threeAccounts, page)],
  ['forty accounts', (page) => bootOf(summaryOf(40), page)],
  ['no account', (page) => bootOf(summaryOf(0), page)],
  ['all hidden', (page) => bootOf({ ...summaryOf(0), hiddenCount: 2 }, page)],
  ['expanded', (page) => bootOf(summaryOf(40), { ...page, view: 'expanded' })],
  ['expanded problem', (page) => problemBoot('BANK_TIMEOUT', {}, { ...page, view: 'expanded' })],
  ...PROBLEMS.map((code): [string, (page: Partial<CardBoot>) => CardBoot] => [
    code,
    (page) => problemBoot(code, {}, page),
  ]),
];

for (const [name, boot] of STATES) {
  test(`axe finds nothing: ${name}`, async () => {
    for (const [scheme, locale, width, height] of [
      ['light', 'en-US', 512, 300],
      ['dark', 'es-US', 264, 200],
    ] as const) {
      await emulateMedia({ 'prefers-color-scheme': scheme });
      const page = await openCard({ boot: boot({ locale }), width, height, withAxe: true });
      expect(await axeFindings(page), `${scheme} ${locale}`).toEqual([]);
    }
  });
}

test('axe finds nothing in the skeleton, nor in what shows when loading never ends', async () => {
  for (const scheme of ['light', 'dark']) {
    await emulateMedia({ 'prefers-color-scheme': scheme });
    const page = await openCard({ boot: null, withoutScript: true, withAxe: true });
    expect(await axeFindings(page)).toEqual([]);
    for (const animation of page.document.getAnimations()) animation.currentTime = 15_001;
    await page.resize({ width: 264, height: 200 });
    expect(await axeFindings(page)).toEqual([]);
  }
});

test('a row is one link with a name that says all of it', async () => {
  const { card } = await openCard({ boot: bootOf(threeAccounts) });
  const [row] = findAll(card, '.row');
  expect(row?.textContent?.replace(/\s+/g, ' ').trim()).toBe(
    'Everyday Checking ending in 1234 $1,234.56 available',
  );
});

test('the face has one heading for assistive tech, and none to see: the host draws the title', async () => {
  const { card } = await openCard({ boot: bootOf(threeAccounts) });
  const headings = findAll(card, 'h1, h2, h3');
  expect(headings.map((heading) => heading.textContent)).toEqual(['Your accounts']);
  expect(headings[0]?.getBoundingClientRect().width).toBeLessThanOrEqual(1);
});

test('the live region speaks once, and never an amount', async () => {
  const page = await openCard({ boot: bootOf(threeAccounts) });
  const region = find(page.card, '[role=status]');
  const heard: (string | null)[] = [];
  new MutationObserver(() => heard.push(region?.textContent ?? null)).observe(region ?? page.card, {
    characterData: true,
    childList: true,
    subtree: true,
  });
  await expect.poll(() => region?.textContent).toBe('Your accounts are shown.');
  expect(heard.length).toBeLessThanOrEqual(1);
});

test('focus is not lost when less room makes the focused row vanish', async () => {
  const page = await openCard({ boot: bootOf(threeAccounts) });
  const rows = findAll(page.card, '.row').filter((row) => row instanceof page.window.HTMLElement);
  rows[2]?.focus({ focusVisible: true } as FocusOptions);
  await page.resize({ width: 512, height: 200 });
  const root = find(page.card, 'card-face')?.shadowRoot;
  expect(root?.activeElement).toBe(root?.querySelector('.face'));
});

test('I19 forced colours keep the bar, and reduced motion stills the skeleton', async () => {
  await emulateMedia({ 'forced-colors': 'active', 'prefers-reduced-motion': 'reduce' });
  const page = await openCard({ boot: bootOf(threeAccounts) });
  const yours = find(page.card, '.yours');
  expect(yours && page.window.getComputedStyle(yours).backgroundColor).not.toBe('rgba(0, 0, 0, 0)');
  const skeleton = await openCard({ boot: null, withoutScript: true });
  const shape = skeleton.document.querySelector('.skeleton-row');
  expect(shape && skeleton.window.getComputedStyle(shape).animationName).toBe('none');
});
