/** The tests of every state in one language: its layout is as kept, nothing is cut, everybody can read and hear it. */
import type { Browser, BrowserContext } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { doubleTextSize } from './actions.ts';
import { launchBrowser, openContext } from './browser.ts';
import { type Locale, THEMES } from './cells.ts';
import { type CellLayout, differences, readLayout } from './layout-file.ts';
import { axeFindings, COLOUR_RULES, faultsOf, heard, layoutsOf } from './look.ts';
import { type Site, startSite } from './site.ts';
import type { GalleryState } from './state.ts';
import { STATES } from './states/all.ts';
import { type Visit, visit } from './visit.ts';

const [PLAIN, ...OTHER_THEMES] = THEMES;

/** Once in a test file: it starts a browser. */
export function testStates(locale: Locale): void {
  let browser: Browser;
  let context: BrowserContext;
  let site: Site;
  beforeAll(async () => {
    browser = await launchBrowser();
    context = await openContext(browser, locale, { withAxe: true });
    site = await startSite(STATES);
  });
  afterAll(async () => {
    await browser.close();
    await site.close();
  });
  for (const state of STATES) testState(state, locale, () => visit(context, site, state));
}

function testState(state: GalleryState, locale: Locale, open: () => Promise<Visit>): void {
  describe(`${state.name}, ${locale}`, () => {
    let at: Visit;
    let layouts: Map<string, CellLayout>;
    beforeAll(async () => {
      at = await open();
      if (PLAIN !== undefined) await at.wear(PLAIN);
      layouts = await layoutsOf(at);
    });
    afterAll(() => at.page.close());

    test('looks as kept at every size', () => {
      const kept = readLayout(state.name).get(locale)?.cells;
      for (const [size, layout] of layouts)
        expect(differences(kept?.get(size), layout), `${size}. Meant? npm run gallery`).toEqual([]);
    });

    test('nothing is cut, nothing scrolls, nothing is drawn over anything', async () => {
      expect(await faultsOf(at, state)).toEqual([]);
    });

    test('is heard as kept', async () => {
      expect(await heard(at, state)).toEqual(readLayout(state.name).get(locale)?.heard);
    });

    test('axe finds nothing', async () => {
      expect(await axeFindings(at)).toEqual([]);
    });

    for (const theme of OTHER_THEMES) {
      test(`${theme.name}: nothing moves, and axe finds nothing in the colours`, async () => {
        await at.wear(theme);
        expect(await layoutsOf(at)).toEqual(layouts);
        expect(await axeFindings(at, COLOUR_RULES)).toEqual([]);
      });
    }

    test('text at 200 %: nothing is cut at any size', async () => {
      await Promise.all(at.cells.map(({ card }) => doubleTextSize(card)));
      await at.settle();
      expect(await faultsOf(at, state)).toEqual([]);
    });
  });
}
