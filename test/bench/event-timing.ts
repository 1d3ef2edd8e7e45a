/** Reads from a page what its browser measured: how long interactions took to the next paint, and what moved by itself. */
import type { BrowserContext, Page } from 'playwright';

/** The browser tells of no interaction that is faster (Event Timing, section 3.3): faster ones count as this. */
export const FLOOR_MS = 16;
/** Long enough for the frame after an interaction, for the work that was put off until then, and for the browser's record. */
const SETTLE_MS = 250;

interface LayoutShift extends PerformanceEntry {
  value: number;
  hadRecentInput: boolean;
}

interface Records {
  interactions: { startTime: number; duration: number }[];
  shift: number;
  longestTaskMs: number;
}

type WatchedWindow = Window & { records: Records };

/** For every page that is opened from now on. */
export async function watchPages(context: BrowserContext): Promise<void> {
  await context.addInitScript((floorMs) => {
    const records: Records = { interactions: [], shift: 0, longestTaskMs: 0 };
    Object.assign(window, { records });
    const observe = (type: string, onEntry: (entry: PerformanceEntry) => void, options = {}) =>
      new PerformanceObserver((list) => list.getEntries().forEach(onEntry)).observe({
        type,
        buffered: true,
        ...options,
      });
    const isInteraction = (entry: PerformanceEntry) => 'interactionId' in entry && entry.interactionId !== 0;
    observe(
      'event',
      (entry) => {
        const { startTime, duration } = entry;
        if (isInteraction(entry)) records.interactions.push({ startTime, duration });
      },
      { durationThreshold: floorMs },
    );
    observe('layout-shift', (entry) => {
      const { value, hadRecentInput } = entry as LayoutShift;
      if (!hadRecentInput) records.shift += value;
    });
    observe('longtask', ({ duration }) => {
      records.longestTaskMs = Math.max(records.longestTaskMs, duration);
    });
  }, FLOOR_MS);
}

export interface Interaction {
  toPaintMs: number;
  /** Of all tasks in the quarter of a second after it; 0 where none took 50 ms. */
  longestTaskMs: number;
}

/** `act` is one interaction: a click or a key. @throws if the browser saw none. */
export async function measure(page: Page, act: () => Promise<void>): Promise<Interaction> {
  const before = await page.evaluate(() => {
    Object.assign((window as unknown as WatchedWindow).records, { longestTaskMs: 0 });
    return { count: performance.interactionCount, startMs: performance.now() };
  });
  await act();
  await page.waitForTimeout(SETTLE_MS);
  const { count, durations, longestTaskMs } = await page.evaluate(({ startMs }) => {
    const { interactions, longestTaskMs } = (window as unknown as WatchedWindow).records;
    const durations = interactions.filter(({ startTime }) => startTime >= startMs).map((one) => one.duration);
    return { count: performance.interactionCount, durations, longestTaskMs };
  }, before);
  if (count === before.count) throw new Error('The browser saw no interaction.');
  return { toPaintMs: Math.max(FLOOR_MS, ...durations), longestTaskMs };
}

/** Since the page was opened; without what follows a customer's own act at once (Layout Instability, section 2.4). */
export function layoutShift(page: Page): Promise<number> {
  return page.evaluate(() => (window as unknown as WatchedWindow).records.shift);
}
