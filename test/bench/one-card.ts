/** A sandbox bank in this process whose dashboard shows one card, its server a process of its own: what a customer opens. */
import { randomBytes } from 'node:crypto';
import { type Browser, type BrowserContext, chromium, type Frame, type Page } from 'playwright';
import { startBank } from '../banno/bank.ts';
import type { Bank } from '../banno/options.ts';
import { CardServer } from '../demo/card-server.ts';
import { findChromium } from '../support/chromium.ts';
import { freePort } from '../support/free-port.ts';

export interface OneCard {
  bank: Bank;
  browser: Browser;
  publicUrl: string;
  /** Another browser profile: nothing is in its cache. */
  newProfile(): Promise<{ context: BrowserContext; page: Page }>;
  /** Loads the dashboard; answers the frame that the card is in, or what stands in its place. */
  open(page: Page, persona?: string): Promise<Frame>;
  /** The same, once the card's balances are painted. */
  load(page: Page, persona?: string): Promise<Frame>;
  close(): Promise<void>;
}

/** `prepare` is run in every page and frame before anything of its own. */
export async function startOneCard(prepare: () => void): Promise<OneCard> {
  const [bankPort, port, operationsPort] = [await freePort(), await freePort(), await freePort()];
  const bank = await startBank({ origin: `http://bank.localhost:${bankPort}`, clients: [], cards: [] });
  const publicUrl = `http://card.bank.localhost:${port}`;
  const client = { clientId: 'card', clientSecret: randomBytes(32).toString('hex') };
  bank.addClient({
    ...client,
    redirectUris: ['/auth', '/auth/callback', '/expanded'].map((path) => publicUrl + path),
  });
  bank.addCard({ title: 'Your accounts', url: `${publicUrl}/auth`, initialHeight: 300 });
  const server = new CardServer({ ...client, publicUrl, bankUrl: bank.origin, port, operationsPort });
  await server.start();
  const { executablePath, args } = await findChromium();
  const browser = await chromium.launch({ executablePath, args });
  const open = async (page: Page, persona = 'everyday') => {
    await page.goto(`${bank.origin}/?persona=${persona}`, { waitUntil: 'domcontentloaded' });
    const frame = await (await page.waitForSelector(`iframe[src^="${publicUrl}"]`)).contentFrame();
    if (frame === null) throw new Error('The dashboard has no card.');
    return frame;
  };
  return {
    bank,
    browser,
    publicUrl,
    open,
    async newProfile() {
      const context = await browser.newContext({ viewport: { width: 1_280, height: 900 }, locale: 'en-US' });
      await context.addInitScript(prepare);
      return { context, page: await context.newPage() };
    },
    async load(page, persona) {
      const frame = await open(page, persona);
      await frame.locator('.money').first().waitFor();
      return frame;
    },
    async close() {
      await browser.close();
      await server.stop();
      await bank.close();
    },
  };
}
