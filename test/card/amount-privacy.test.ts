/** Hidden amounts: in no node, no attribute and no picture, on every view, for as long as the customer wishes. */
import { expect, onTestFinished, test } from 'vitest';
import { axeFindings } from './support/axe.ts';
import { type CardFrame, openCard } from './support/card-page.ts';
import { emulateMedia } from './support/color-scheme.ts';
import { find, findAll, layoutFaults, words } from './support/layout.ts';
import { bootOf, summaryOf, threeAccounts } from './support/summaries.ts';

const KEY = `hidesAmounts ${location.origin}/fi`;

const AMOUNT = /\$|\d[.,]\d/;
const SIZES = ['512x300', '360x300', '328x300', '288x300', '264x300', '512x200', '264x200', '336x400'];

test('one press hides every amount of the face, the next shows them again', async () => {
  const page = await openForgetting({ boot: bootOf(threeAccounts) });
  const button = await privacyButton(page);
  expect([button.ariaLabel, button.ariaPressed]).toEqual(['Hide amounts', 'false']);
  button.click();
  await expect.poll(() => words(page.card)).not.toMatch(AMOUNT);
  expect(button.ariaPressed).toBe('true');
  expect(words(page.card)).toContain('•••• yours');
  expect(words(page.card)).toContain('•••• due Dec 20');
  expect(traces(page)).not.toMatch(/9544|8310|1234\.|790|35\.00/);
  expect(findAll(page.card, '[role=img]').map((dots) => dots.ariaLabel)).toContain('amount hidden');
  button.click();
  await expect.poll(() => words(page.card)).toContain('$9,544.76');
});

test('the bar says no proportion while amounts are hidden', async () => {
  const page = await openForgetting({ boot: bootOf(threeAccounts) });
  (await privacyButton(page)).click();
  await expect.poll(() => find(page.card, '.yours')?.getClientRects().length).toBe(0);
  const widths = findAll(page.card, '.bar, .bar > .owed').map((box) => box.getBoundingClientRect().width);
  expect(widths[0]).toBe(widths[1]);
  expect(findAll(page.card, '.bar > span').map((part) => (part as HTMLElement).style.flexGrow)).toEqual([
    '0',
    '1',
  ]);
});

test('the expanded view hides them all: totals, subtotals, other balances', async () => {
  const boot = bootOf(summaryOf(40), { view: 'expanded', locale: 'es-US' });
  const page = await openForgetting({ boot, width: 800, height: 700 });
  const button = await privacyButton(page);
  expect(button.ariaLabel).toBe('Ocultar importes');
  button.click();
  await expect.poll(() => words(page.card)).not.toMatch(AMOUNT);
  expect(findAll(page.card, '[role=img]').length).toBeGreaterThan(40);
});

test('hidden before: not one amount is ever drawn, and showing them leaves no trace in the storage', async () => {
  const drawn: string[] = [];
  const page = await openForgetting({
    boot: bootOf(threeAccounts),
    prepare: (view) => {
      view.localStorage.setItem(KEY, '1');
      const { attachShadow } = view.Element.prototype;
      view.Element.prototype.attachShadow = function (this: Element, init) {
        const root = attachShadow.call(this, init);
        new view.MutationObserver(() => drawn.push(root.textContent ?? '')).observe(root, {
          childList: true,
          characterData: true,
          subtree: true,
        });
        return root;
      };
    },
  });
  const button = await privacyButton(page);
  expect(words(page.card)).toContain('Everyday Checking');
  expect(drawn.length).toBeGreaterThan(1);
  expect(drawn.filter((text) => AMOUNT.test(text))).toEqual([]);
  expect(button.ariaPressed).toBe('true');
  button.click();
  await expect.poll(() => words(page.card)).toContain('$9,544.76');
  expect(page.window.localStorage.length).toBe(0);
});

test('pressed once, the next page knows it too', async () => {
  const first = await openForgetting({ boot: bootOf(threeAccounts) });
  (await privacyButton(first)).click();
  await expect.poll(() => words(first.card)).not.toMatch(AMOUNT);
  const next = await openForgetting({ boot: bootOf(threeAccounts, { view: 'expanded' }) });
  expect(words(next.card)).not.toMatch(AMOUNT);
  expect((await privacyButton(next)).ariaPressed).toBe('true');
});

test.for([
  ['en-US', 'Hidden until you leave this page.'],
  ['es-US', 'Ocultos hasta que salga de esta página.'],
] as const)(
  'without storage, as in a foreign frame, it lasts as long as the page, and says so: %s',
  async ([locale, sentence]) => {
    const page = await openForgetting({ boot: bootOf(threeAccounts, { locale }), prepare: blockStorage });
    expect(words(page.card)).toContain('$9,544.76');
    const button = await privacyButton(page);
    button.click();
    await expect.poll(() => words(page.card)).not.toMatch(AMOUNT);
    expect(words(page.card)).toContain(sentence);
    expect(layoutFaults(page)).toEqual([]);
    await expect.poll(() => find(page.card, '[role=status]')?.textContent).toBe(sentence);
    button.click();
    await expect.poll(() => words(page.card)).toContain('$9,544.76');
    expect(find(page.card, '.footer')?.textContent).not.toContain(sentence);
  },
);

test('where the wish can be kept, nothing is said', async () => {
  const page = await openForgetting({ boot: bootOf(threeAccounts) });
  (await privacyButton(page)).click();
  await expect.poll(() => words(page.card)).not.toMatch(AMOUNT);
  expect(words(page.card)).not.toContain('Hidden until');
});

test('the buttons are large enough, move nothing, and fit every size, hidden or not, also at 200 %', async () => {
  for (const rootFontSize of ['100%', '200%']) {
    const page = await openForgetting({ boot: bootOf(summaryOf(40)), rootFontSize });
    const button = await privacyButton(page);
    expect(find(page.card, '.controls')?.getBoundingClientRect().height).toBe(0);
    for (const target of findAll(page.card, 'button')) {
      const { width, height } = target.getBoundingClientRect();
      expect(Math.min(width, height)).toBeGreaterThanOrEqual(24);
    }
    for (const size of [...SIZES, ...SIZES]) {
      if (size === SIZES[0]) button.click();
      const [width = 0, height = 0] = size.split('x').map(Number);
      await page.resize({ width, height });
      expect(layoutFaults(page), `${size} at ${rootFontSize}`).toEqual([]);
    }
  }
});

test('axe finds nothing while amounts are hidden, in either theme, in forced colours', async () => {
  for (const media of [
    { 'prefers-color-scheme': 'light' },
    { 'prefers-color-scheme': 'dark' },
    { 'forced-colors': 'active' },
  ]) {
    await emulateMedia(media as Record<string, string>);
    for (const view of ['face', 'expanded'] as const) {
      const page = await openForgetting({ boot: bootOf(threeAccounts, { view }), withAxe: true });
      const button = await privacyButton(page);
      if (button.ariaPressed === 'false') button.click();
      await expect.poll(() => words(page.card)).not.toMatch(AMOUNT);
      expect(await axeFindings(page)).toEqual([]);
      expect(page.violations).toEqual([]);
    }
  }
});

/** The test's own pages share an origin: what one keeps, the next test must not find. */
function openForgetting(options: Parameters<typeof openCard>[0]): Promise<CardFrame> {
  onTestFinished(() => localStorage.removeItem(KEY));
  return openCard(options);
}

function blockStorage(view: CardFrame['window']): void {
  const get = () => {
    throw new DOMException('Denied', 'SecurityError');
  };
  Object.defineProperty(view, 'localStorage', { get });
}

async function privacyButton({ card }: CardFrame): Promise<HTMLButtonElement> {
  await expect.poll(() => find(card, 'button[aria-pressed]')).toBeDefined();
  return find(card, 'button[aria-pressed]') as HTMLButtonElement;
}

/** Texts, attributes and comments: all that a page's source could tell. */
function traces({ card }: CardFrame): string {
  return findAll(card, '*')
    .map((element) => element.outerHTML)
    .join('\n');
}

test('the wish of one institution is not that of another on the same origin', async () => {
  onTestFinished(() => localStorage.removeItem(KEY));
  const prepare = (view: Window) => view.localStorage.setItem(KEY, '1');
  const base = `${location.origin}/other-fi`;
  const boot = bootOf(threeAccounts);
  const other = {
    ...boot,
    again: `${base}/auth?again=sealed`,
    links: { ...boot.links, expanded: `${base}/expanded` },
  };
  expect(words((await openCard({ boot, prepare })).card)).not.toContain('$');
  expect(words((await openCard({ boot: other, prepare })).card)).toContain('$1,234.56');
});
