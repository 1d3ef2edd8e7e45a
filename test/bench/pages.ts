/** Opens what is measured: the card's full page as the busy customer sees it, and an empty page beside it. */
import { type BrowserContext, chromium, type Page } from 'playwright';
import { ANY_PORTS, launchDemo } from '../demo/launch.ts';
import { findChromium } from '../support/chromium.ts';
import { watchPages } from './event-timing.ts';

export interface Pages {
  card: Page;
  /** Of the same origin: one button, one field. */
  empty: Page;
  slowDown(factor: number): Promise<void>;
  close(): Promise<void>;
}

const EMPTY_PAGE = '<!doctype html><title>Empty</title><button>Press</button><input>';

export async function openPages(): Promise<Pages> {
  const demo = await launchDemo({ ports: ANY_PORTS });
  const { executablePath, args } = await findChromium();
  const browser = await chromium.launch({ executablePath, args });
  const close = async () => {
    await browser.close();
    await demo.stop();
  };
  try {
    const context = await browser.newContext({ viewport: { width: 1_280, height: 900 }, locale: 'en-US' });
    await watchPages(context);
    const [origin = ''] = demo.publicUrls;
    const empty = await openEmpty(context, origin);
    const card = await openCard(context, demo.dashboardUrl, origin);
    const sessions = await Promise.all([card, empty].map((page) => context.newCDPSession(page)));
    const slowDown = async (rate: number) => {
      for (const session of sessions) await session.send('Emulation.setCPUThrottlingRate', { rate });
    };
    return { card, empty, slowDown, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function openEmpty(context: BrowserContext, origin: string): Promise<Page> {
  const page = await context.newPage();
  await page.route(`${origin}/empty`, (route) =>
    route.fulfill({ contentType: 'text/html', body: EMPTY_PAGE }),
  );
  await page.goto(`${origin}/empty`);
  return page;
}

async function openCard(context: BrowserContext, dashboardUrl: string, origin: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${dashboardUrl}?persona=busy`, { waitUntil: 'domcontentloaded' });
  await page.goto(`${origin}/expanded`);
  await page.locator('recent-transactions').scrollIntoViewIfNeeded();
  await page.getByText('2,000 transactions', { exact: true }).first().waitFor();
  return page;
}
