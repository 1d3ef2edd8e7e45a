/** The stage of a journey: the sandbox bank, card servers as real processes, and a real Chromium that is watched. */
import { randomBytes } from 'node:crypto';
import { type Browser, type BrowserContext, chromium, type Frame, type Page } from 'playwright';
import type { Bank } from '../banno/options.ts';
import { CardServer } from '../demo/card-server.ts';
import { ANY_PORTS, launchDemo } from '../demo/launch.ts';
import { findChromium } from '../support/chromium.ts';
import { freePort } from '../support/free-port.ts';
import { startCookieStripper } from './cookie-stripper.ts';

export interface Stage {
  bank: Bank;
  dashboardUrl: string;
  browser: Browser;
  blocksThirdPartyCookies: boolean;
  /** Public URLs of the cards: on the bank's subdomain, on a foreign site, on a foreign site without any cookie. */
  cards: { ownSite: string; foreign: string; cookieless: string };
  /** What should never happen: console errors, policy violations, requests that leave this machine. */
  incidents: string[];
  /** Cuts the connections between the browser and the card without cookies. */
  cutConnections(): void;
  open(): Promise<Visit>;
  close(): Promise<void>;
}

/** One browser profile: its cookies are its own. */
export interface Visit {
  context: BrowserContext;
  page: Page;
  /** Loads the dashboard as a customer. */
  visit(persona: string): Promise<void>;
  /** The frame of a card. */
  card(publicUrl: string): Promise<Frame>;
}

const COOKIELESS_HOST = 'http://card.cookieless.localhost';

export async function startStage(): Promise<Stage> {
  const demo = await launchDemo({ ports: ANY_PORTS });
  const cookieless = await startCookieless(demo.bank);
  const { executablePath, args, blocksThirdPartyCookies } = await findChromium();
  const browser = await chromium.launch({ executablePath, args });
  const incidents: string[] = [];
  const [ownSite = '', foreign = ''] = demo.publicUrls;
  return {
    bank: demo.bank,
    dashboardUrl: demo.dashboardUrl,
    browser,
    blocksThirdPartyCookies,
    cards: { ownSite, foreign, cookieless: cookieless.publicUrl },
    incidents,
    cutConnections: cookieless.cut,
    async open() {
      const context = await browser.newContext({
        viewport: { width: 1_280, height: 1_000 },
        locale: 'en-US',
      });
      const page = await context.newPage();
      watch(context, incidents);
      return {
        context,
        page,
        async visit(persona) {
          // Not `load`: that waits for the cards' own streams.
          await page.goto(`${demo.dashboardUrl}?persona=${persona}`, { waitUntil: 'domcontentloaded' });
        },
        async card(publicUrl) {
          const handle = await page.waitForSelector(`iframe[src="${publicUrl}/auth"]`);
          const frame = await handle.contentFrame();
          if (frame === null) throw new Error(`no frame for ${publicUrl}`);
          return frame;
        },
      };
    },
    async close() {
      await browser.close();
      await cookieless.stop();
      await demo.stop();
    },
  };
}

/** A third card, its server behind a proxy that loses all cookies. */
async function startCookieless(
  bank: Bank,
): Promise<{ publicUrl: string; cut(): void; stop(): Promise<void> }> {
  const [port, operationsPort, publicPort] = [await freePort(), await freePort(), await freePort()];
  const publicUrl = `${COOKIELESS_HOST}:${publicPort}`;
  const credentials = { clientId: 'card-without-cookies', clientSecret: randomBytes(16).toString('hex') };
  bank.addClient({ ...credentials, redirectUris: [`${publicUrl}/auth`, `${publicUrl}/auth/callback`] });
  bank.addCard({ title: 'Without cookies', url: `${publicUrl}/auth`, initialHeight: 300 });
  const server = new CardServer({ ...credentials, publicUrl, bankUrl: bank.origin, port, operationsPort });
  await server.start();
  const stripper = await startCookieStripper(port, publicPort);
  return {
    publicUrl,
    cut: stripper.cut,
    async stop() {
      await stripper.close();
      await server.stop();
    },
  };
}

function watch(context: BrowserContext, incidents: string[]): void {
  context.on('console', (message) => {
    if (message.type() === 'error') incidents.push(`console: ${message.text()}`);
  });
  context.on('weberror', (error) => incidents.push(`error: ${error.error().message}`));
  context.on('request', (request) => {
    const { hostname } = new URL(request.url());
    if (hostname !== 'localhost' && !hostname.endsWith('.localhost'))
      incidents.push(`stray request: ${request.url()}`);
  });
}
