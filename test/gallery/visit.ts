/** Opens the page of a state: the card in every size, settled, after what somebody does in it. */
import type { BrowserContext, Frame, Page } from 'playwright';
import { placesOf, type Size, type Theme } from './cells.ts';
import type { Site } from './site.ts';
import type { GalleryState } from './state.ts';

export interface Visit {
  page: Page;
  cells: Cell[];
  /** Shows all cells in the theme's colours. */
  wear(theme: Theme): Promise<void>;
  /** For a picture: moves nothing inside of the cells. */
  scale(factor: number): Promise<void>;
  /** After something has changed. */
  settle(): Promise<void>;
}

export interface Cell {
  size: Size;
  card: Frame;
}

const PAGE_MARGIN_PX = 24;

export async function visit(context: BrowserContext, site: Site, state: GalleryState): Promise<Visit> {
  const { view = 'face' } = state;
  const page = await context.newPage();
  if (state.prepare !== undefined) await page.addInitScript(state.prepare);
  const places = placesOf(view);
  // Browsers do not draw frames that nobody can see.
  const width = Math.max(...places.map((place) => place.x + place.width));
  const height = Math.max(...places.map((place) => place.y + place.height));
  await page.setViewportSize({ width, height });
  await page.goto(site.urlOf(state));
  const cells = places.map((size) => {
    const card = page.frame({ name: size.name });
    if (card === null) throw new Error(`${state.name} has no frame of ${size.name}.`);
    return { size, card };
  });
  const settle = async () => {
    await Promise.all(cells.map(({ card }) => settled(card)));
    if (view === 'expanded') await showWholePages(page, cells);
  };
  // What is out of sight on a long page comes only when there is room for it.
  if (state.act === undefined || view === 'expanded') await settle();
  if (state.act !== undefined) {
    await Promise.all(cells.map(({ card }) => state.act?.(card)));
    await settle();
  }
  return {
    page,
    cells,
    settle,
    async scale(factor) {
      const { width: w = 0, height: h = 0 } = page.viewportSize() ?? {};
      // A picture ends where the window does.
      if (factor > 1)
        await page.setViewportSize({ width: Math.ceil(w * factor), height: Math.ceil(h * factor) });
      await page.evaluate((by) => {
        document.body.style.transform = `scale(${by})`;
      }, factor);
    },
    async wear({ colorScheme, forcedColors, css }) {
      await page.emulateMedia({ colorScheme, forcedColors });
      await Promise.all(
        cells.map(({ card }) => card.evaluate((style) => window.gallery.useTheme(style), css)),
      );
    },
  };
}

/** Also while the card leaves for another page of its own: its document is gone then, and with it the answer. */
async function settled(card: Frame): Promise<void> {
  const isSettled = await card
    .evaluate(() => window.gallery.settled())
    .then(
      () => true,
      (error: Error) => (/context|navigat/i.test(error.message) ? false : Promise.reject(error)),
    );
  if (!isSettled) await settled(card);
}

/** Makes frames and window as high as the pages in them, which may load more of themselves then. */
async function showWholePages(page: Page, cells: Cell[]): Promise<void> {
  const heights = await Promise.all(cells.map(({ card }) => card.evaluate(wantedHeight)));
  const frames = Object.fromEntries(cells.map(({ size }, index) => [size.name, heights[index] ?? 0]));
  const isNew = await page.evaluate((wanted) => {
    const grown = [...document.querySelectorAll('iframe')].filter(
      (frame) => Number(frame.height) < (wanted[frame.name] ?? 0),
    );
    for (const frame of grown) frame.height = `${wanted[frame.name]}`;
    return grown.length > 0;
  }, frames);
  if (!isNew) return;
  const { width = 0 } = page.viewportSize() ?? {};
  await page.setViewportSize({ width, height: Math.max(...heights) + PAGE_MARGIN_PX });
  await Promise.all(cells.map(({ card }) => settled(card)));
  await showWholePages(page, cells);
}

function wantedHeight(): Promise<number> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => requestAnimationFrame(() => resolve(document.documentElement.scrollHeight)));
  });
}
