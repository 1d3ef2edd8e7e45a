/**
 * A small stage: a bank that does what a test says, one card server in this process whose clock can be moved and whose
 * wire can be broken, and a real Chromium that keeps left pages in its back-forward cache.
 */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Frame,
  type Page,
} from 'playwright';
import { buildApp } from '../../server/app.ts';
import { readCardAssets } from '../../server/card-page/assets.ts';
import { loadConfig } from '../../server/config.ts';
import { createMemoryStore } from '../../server/session/memory-store.ts';
import { CLIENT, type HostileBank, startHostileBank } from '../hostile/hostile-bank.ts';
import { ACCOUNT_SAMPLE } from '../support/account-sample.ts';
import { findChromium } from '../support/chromium.ts';
import { type Customer, signInAtHost } from './small-host.ts';
import { startWire, type Wire } from './wire.ts';

export interface SmallStage {
  bank: HostileBank;
  customer: Customer;
  publicUrl: string;
  browser: Browser;
  wire: Wire;
  /** The server's: milliseconds added to the real time. */
  clock: { aheadMs: number };
  /** The handles that pages have brought so far. */
  handles(): string[];
  open(options?: BrowserContextOptions): Promise<Visit>;
  close(): Promise<void>;
}

export interface Visit {
  context: BrowserContext;
  page: Page;
  /** Errors of pages, and what their policies forbade. */
  incidents: string[];
  /** Loads the host's page, with as many cards. */
  load(cards?: number): Promise<void>;
  card(index?: number): Promise<Frame>;
}

/** Shown by a card that has its data. */
export const SHOWN = 'Everyday Checking';

export async function startSmallStage(env: Record<string, string> = {}): Promise<SmallStage> {
  const [bank, wire] = await Promise.all([startHostileBank(), startWire()]);
  bank.accounts = ACCOUNT_SAMPLE;
  const customer: Customer = { isKnown: true };
  const publicUrl = `http://card.fintech.localhost:${wire.port}`;
  signInAtHost(bank, customer, `${publicUrl}/auth`);
  const clock = { aheadMs: 0 };
  const app = await startCard({ PUBLIC_URL: publicUrl, BANNO_URL: bank.origin, ...env }, clock);
  wire.target = app.port;
  const { executablePath, args } = await findChromium();
  const browser = await chromium.launch({
    executablePath,
    args,
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
  });
  return {
    bank,
    customer,
    publicUrl,
    browser,
    wire,
    clock,
    handles: () => wire.callbacks.flatMap((page) => /"session":"([^"]+)"/.exec(page)?.[1] ?? []),
    open: (options) => openVisit(browser, bank.origin, options),
    async close() {
      await browser.close();
      await wire.close();
      await app.close();
      await bank.close();
    },
  };
}

async function startCard(env: Record<string, string>, clock: { aheadMs: number }) {
  const now = () => Date.now() + clock.aheadMs;
  const config = loadConfig({
    CLIENT_ID: CLIENT.id,
    CLIENT_SECRET: CLIENT.secret,
    SESSION_KEYS: randomBytes(32).toString('base64'),
    ...env,
  });
  const assets = readCardAssets(join(import.meta.dirname, '../../dist/card'));
  const app = await buildApp(config, { assets, store: createMemoryStore(now), logger: false, now });
  const address = await app.listen({ host: '127.0.0.1', port: 0 });
  return { port: Number(new URL(address).port), close: () => app.close() };
}

async function openVisit(
  browser: Browser,
  hostOrigin: string,
  options: BrowserContextOptions = {},
): Promise<Visit> {
  const context = await browser.newContext({
    viewport: { width: 1_280, height: 1_000 },
    locale: 'en-US',
    ...options,
  });
  const page = await context.newPage();
  const incidents: string[] = [];
  context.on('console', (message) => message.type() === 'error' && incidents.push(message.text()));
  context.on('weberror', (error) => incidents.push(error.error().message));
  return {
    context,
    page,
    incidents,
    async load(cards = 1) {
      await page.goto(`${hostOrigin}/?cards=${cards}`, { waitUntil: 'domcontentloaded' });
    },
    async card(index = 0) {
      const frame = await (await page.locator('iframe').nth(index).elementHandle())?.contentFrame();
      if (!frame) throw new Error('The host has no such card.');
      return frame;
    },
  };
}

/** All that is drawn, names and descriptions too: `innerText` stops at a shadow root. */
export function drawn(place: Page | Frame): Promise<string> {
  return place.locator('body').ariaSnapshot();
}

/** Opens the expanded view on top. */
export async function openExpanded(page: Page, publicUrl: string): Promise<void> {
  await page.goto(`${publicUrl}/expanded`);
  await expandedShown(page);
}

export async function expandedShown(page: Page | Frame): Promise<void> {
  await page.getByRole('heading', { name: 'Loans' }).waitFor();
}

/** Ends the delay of the CSS animation that reveals the skeleton's link, as 15 s would. */
export async function showWhatTimeWouldShow(frame: Frame | Page): Promise<void> {
  await frame.evaluate(() => {
    for (const animation of document.getAnimations())
      if (animation instanceof CSSAnimation && animation.animationName === 'skeleton-reveal')
        animation.finish();
  });
}
