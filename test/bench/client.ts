/** What the card costs a slow phone: how long it blocks while it loads, what a new reading repaints, what an hour leaves behind. */
import type { CDPSession, Frame, Page } from 'playwright';
import { type OneCard, startOneCard } from './one-card.ts';
import { finding, type Part } from './part.ts';

const ROUNDS = 5;
const SLOW_DOWN = 4;
/** Long enough for what is put off until the card is drawn. */
const SETTLE_MS = 1_000;
const ONE_WORD = '<!doctype html><title>Plain</title>Plain';
/** Each is said to come after six minutes: an hour's, four times over. */
const READINGS = { warm: 5, more: 40 };
const MOST_BLOCKED_MS = 50;
const MOST_GROWTH = 1.05;

type WatchedWindow = Window & { blockedMs: number; aheadMs: number };

export async function measureClient(): Promise<Part> {
  const card = await startOneCard(watchTasks);
  try {
    const blocked: number[] = [];
    const plain: number[] = [];
    const growth: number[] = [];
    const rows: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const { context, page } = await card.newProfile();
      const session = await context.newCDPSession(page);
      plain.push(await blockedMs(await slowly(page, session, () => openOneWord(card, page))));
      // What has been loaded once is compiled and in the cache.
      await card.load(page);
      const frame = await slowly(page, session, () => card.load(page));
      blocked.push(await blockedMs(frame));
      const { growthRatio, changedRows } = await readForAnHour(frame, session);
      growth.push(growthRatio);
      rows.push(changedRows);
      await context.close();
    }
    return {
      title: 'Client',
      about: `Chromium, its processor ${SLOW_DOWN} times slower while the dashboard and the card in it are loaded; the card's own tasks count. A page of one word in the card's place, in the same rounds, is what the browser itself takes. Blocking time is what tasks take beyond 50 ms each. A new reading comes as when the customer looks again after six minutes, one account's balance changed; memory is the heap's after a collection, after ${READINGS.warm} readings and after ${READINGS.more} more.`,
      findings: [
        finding('total blocking time', blocked, 'ms', { atMost: MOST_BLOCKED_MS }),
        finding('total blocking time of a page of one word in its place', plain, 'ms'),
        finding('rows that a new reading with one changed balance touches', rows, 'rows', { atMost: 1 }),
        finding(`heap after ${READINGS.more} more readings`, growth, '×', { atMost: MOST_GROWTH }),
      ],
      charts: [],
      lines: [],
    };
  } finally {
    await card.close();
  }
}

/** Runs in the page. */
function watchTasks(): void {
  Object.assign(window, { blockedMs: 0, aheadMs: 0 });
  const watched = window as unknown as WatchedWindow;
  new PerformanceObserver((list) => {
    // Long Tasks section 4.1: the dashboard's own tasks are told to its frames, too.
    for (const { duration, name } of list.getEntries())
      if (!name.endsWith('-ancestor')) watched.blockedMs += duration - 50;
  }).observe({ type: 'longtask', buffered: true });
  const { now } = Date;
  Date.now = () => now() + watched.aheadMs;
  // Of one account the balance differs at every reading.
  const { fetch } = window;
  let readings = 0;
  window.fetch = async (...asked) => {
    const response = await fetch(...asked);
    if (!response.url.endsWith('/api/accounts')) return response;
    const summary = await response.json();
    readings += 1;
    summary.groups[0].accounts[0].balance.amount = `${1_000 + readings}.00`;
    return Response.json(summary);
  };
}

async function slowly(page: Page, session: CDPSession, load: () => Promise<Frame>): Promise<Frame> {
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOW_DOWN });
  const frame = await load();
  await page.waitForTimeout(SETTLE_MS);
  await session.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  return frame;
}

/** In the card's place, a page that no card can be better than. */
async function openOneWord({ open, publicUrl }: OneCard, page: Page): Promise<Frame> {
  const entry = `${publicUrl}/auth`;
  await page.route(entry, (route) => route.fulfill({ contentType: 'text/html', body: ONE_WORD }));
  const frame = await open(page);
  await frame.getByText('Plain').waitFor();
  await page.unroute(entry);
  return frame;
}

function blockedMs(frame: Frame): Promise<number> {
  return frame.evaluate(() => (window as unknown as WatchedWindow).blockedMs);
}

async function readForAnHour(
  frame: Frame,
  session: CDPSession,
): Promise<{ growthRatio: number; changedRows: number }> {
  let reading = 0;
  const read = async (count: number) => {
    for (let end = reading + count; reading < end; ) {
      reading += 1;
      await readOnce(frame);
    }
  };
  await read(READINGS.warm);
  const changedRows = await rowsChangedBy(frame, () => read(1));
  const before = await heapBytes(session);
  await read(READINGS.more);
  return { growthRatio: (await heapBytes(session)) / before, changedRows };
}

/** The customer comes back to the page when what it shows is old. */
async function readOnce(frame: Frame): Promise<void> {
  const answered = frame.page().waitForResponse('**/api/accounts');
  await frame.evaluate(() => {
    (window as unknown as WatchedWindow).aheadMs += 6 * 60_000;
    document.dispatchEvent(new Event('visibilitychange'));
  });
  await (await answered).finished();
  await frame.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn))));
}

async function rowsChangedBy(frame: Frame, act: () => Promise<void>): Promise<number> {
  await frame.locator('card-face').evaluate((face) => {
    const changed = new Set<Element>();
    const options = { subtree: true, childList: true, characterData: true, attributes: true };
    for (const row of face.shadowRoot?.querySelectorAll('.row') ?? [])
      new MutationObserver(() => void changed.add(row)).observe(row, options);
    Object.assign(window, { changed });
  });
  await act();
  return frame.evaluate(() => (window as unknown as { changed: Set<Element> }).changed.size);
}

async function heapBytes(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage');
  return (await session.send('Runtime.getHeapUsage')).usedSize;
}
