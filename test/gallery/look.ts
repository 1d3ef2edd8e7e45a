/** Looks at the cells of a visited state: their parts, their faults, what axe finds, what a screen reader hears. */
import { type CellLayout, layoutOf } from './layout-file.ts';
import type { GalleryState } from './state.ts';
import type { Visit } from './visit.ts';

/** One of each view's sizes is enough to hear: words do not depend on it. */
const HEARD_AT = { face: '512x300', expanded: '768x640' };
/** What else axe checks does not depend on colours. */
export const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

/** What is in each cell, by size. */
export async function layoutsOf({ cells }: Visit): Promise<Map<string, CellLayout>> {
  const parts = await Promise.all(cells.map(({ card }) => card.evaluate(() => window.gallery.parts())));
  return new Map(cells.map(({ size }, index) => [size.name, layoutOf(parts[index] ?? [])]));
}

export function faultsOf({ cells }: Visit, { view }: GalleryState): Promise<string[]> {
  const mayScroll = view === 'expanded';
  return inAll(cells, ({ card }) => card.evaluate((may) => window.gallery.faults(may), mayScroll));
}

/** Of all axe's rules, best practices too, unless only some are asked for. */
export function axeFindings({ cells }: Visit, rules: string[] | null = null): Promise<string[]> {
  return inAll(cells, ({ card }) => card.evaluate((only) => window.gallery.axeFindings(only), rules));
}

async function inAll(
  cells: Visit['cells'],
  look: (cell: Visit['cells'][number]) => Promise<string[]>,
): Promise<string[]> {
  const found = await Promise.all(cells.map(look));
  return cells.flatMap(({ size }, index) => (found[index] ?? []).map((one) => `${size.name}: ${one}`));
}

export async function heard({ cells }: Visit, { view = 'face' }: GalleryState): Promise<string[]> {
  const cell = cells.find(({ size }) => size.name === HEARD_AT[view]);
  const tree = (await cell?.card.locator('body').ariaSnapshot()) ?? '';
  // The port is another one each time.
  return tree.replace(/localhost:\d+/g, 'localhost').split('\n');
}
