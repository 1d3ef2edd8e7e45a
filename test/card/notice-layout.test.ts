/** A notice is never cut and never lost: at any size, in the longer language, with text at 200 %. */
import { expect, test } from 'vitest';
import type { AccountSummary } from '../../server/contract.ts';
import { axeFindings } from './support/axe.ts';
import {
  comeBack,
  nextStepOf,
  openWithApi,
  problemAnswer,
  SIX_MINUTES_MS,
  setOnline,
  staleAccounts,
} from './support/card-api.ts';
import type { CardFrame } from './support/card-page.ts';
import { emulateMedia } from './support/color-scheme.ts';
import { find, findAll, layoutFaults } from './support/layout.ts';
import { bootOf, summaryOf, threeAccounts } from './support/summaries.ts';

const SIZES = ['512x300', '360x300', '328x300', '288x300', '264x300', '512x200', '264x200', '336x400'];
const forty = summaryOf(40);
const WAIT = { retryAfterSeconds: 600 };

interface Case {
  name: string;
  summary: AccountSummary;
  sentence: RegExp;
  /** What happens before the notice is there. */
  cause?: (page: CardFrame) => void;
}

const CASES: Case[] = [
  { name: 'partial', summary: { ...threeAccounts, unreadableCount: 12 }, sentence: /12 cuentas\./ },
  { name: 'partial of many', summary: { ...forty, unreadableCount: 12 }, sentence: /12 cuentas\./ },
  { name: 'stale', summary: staleAccounts, sentence: /no estén al día\./ },
  { name: 'stale, many', summary: { ...forty, asOf: staleAccounts.asOf }, sentence: /no estén al día\./ },
  { name: 'not updated', summary: forty, sentence: /No se pudo actualizar\./, cause: comeBackLater },
  { name: 'offline', summary: forty, sentence: /No tiene conexión\./, cause: goOffline },
  { name: 'rate limited', summary: forty, sentence: /Vuelva a intentarlo/, cause: comeBackLater },
];

for (const { name, summary, sentence, cause } of CASES) {
  test(`I19 ${name}: fits every size in Spanish, also at 200 %, also with amounts hidden`, async () => {
    for (const [rootFontSize, isHidden] of [
      ['100%', false],
      ['200%', false],
      ['200%', true],
    ] as const) {
      const { page } = await openWithApi(answerTo(name), {
        boot: bootOf(summary, { locale: 'es-US' }),
        rootFontSize,
        prepare: (view) => Object.defineProperty(view, 'localStorage', { value: storageOf(isHidden) }),
      });
      cause?.(page);
      await expect.poll(() => find(page.card, '.footer p')?.textContent).toMatch(sentence);
      for (const size of SIZES) {
        const [width = 0, height = 0] = size.split('x').map(Number);
        await page.resize({ width, height });
        expect(layoutFaults(page), `${size} at ${rootFontSize}`).toEqual([]);
        expect(find(page.card, '.footer p')?.textContent, size).toMatch(sentence);
        expect(find(page.card, '.headline')?.getClientRects()).toHaveLength(1);
        const steps = findAll(page.card, '.footer .link');
        expect(steps.length, size).toBeGreaterThan(0);
        for (const step of steps) expect(step.getBoundingClientRect().height).toBeGreaterThanOrEqual(24);
      }
    }
  });
}

test('axe finds nothing, in either theme', async () => {
  for (const scheme of ['light', 'dark']) {
    await emulateMedia({ 'prefers-color-scheme': scheme });
    for (const view of ['face', 'expanded'] as const) {
      const { page } = await openWithApi(answerTo(''), {
        boot: bootOf(staleAccounts, { view }),
        withAxe: true,
      });
      await expect.poll(() => nextStepOf(page)).toBeDefined();
      expect(await axeFindings(page)).toEqual([]);
      expect(page.violations).toEqual([]);
    }
  }
});

/** What each press of a button may leave to be read. */
for (const [name, press, sentence] of [
  ['a refused refresh', 'button[aria-disabled]', /no permite actualizar/],
  ['a wish that cannot be kept', 'button[aria-pressed]', /hasta que salga/],
] as const) {
  test(`I19 ${name}: fits every size in Spanish, also at 200 %`, async () => {
    for (const rootFontSize of ['100%', '200%']) {
      const { page } = await openWithApi(() => problemAnswer(403, 'NOT_PERMITTED'), {
        boot: bootOf(forty, { locale: 'es-US' }),
        rootFontSize,
        prepare: (view) => Object.defineProperty(view, 'localStorage', { value: null }),
      });
      await expect.poll(() => find(page.card, press)).toBeDefined();
      (find(page.card, press) as HTMLElement).click();
      await expect.poll(() => find(page.card, '.footer p')?.textContent).toMatch(sentence);
      for (const size of SIZES) {
        const [width = 0, height = 0] = size.split('x').map(Number);
        await page.resize({ width, height });
        expect(layoutFaults(page), `${size} at ${rootFontSize}`).toEqual([]);
        expect(find(page.card, '.footer p')?.textContent, size).toMatch(sentence);
      }
    }
  });
}

/** A storage of the page's own: other tests share the browser's. */
function storageOf(isHidden: boolean) {
  return { getItem: () => (isHidden ? '1' : null), setItem: () => undefined, removeItem: () => undefined };
}

function answerTo(name: string): () => Response | Promise<Response> {
  if (name === 'offline') return () => Promise.reject(new TypeError('network'));
  return () =>
    name === 'rate limited'
      ? problemAnswer(429, 'TOO_MANY_REQUESTS', WAIT)
      : problemAnswer(502, 'BANK_UNAVAILABLE');
}

function comeBackLater(page: CardFrame): void {
  comeBack(page, SIX_MINUTES_MS);
}

function goOffline(page: CardFrame): void {
  setOnline(page, false);
  comeBackLater(page);
}
