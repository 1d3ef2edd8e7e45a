/** Chromium (DevTools Protocol) and Firefox (WebDriver BiDi), both through Puppeteer. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type LaunchOptions, launch, type Page } from 'puppeteer-core';
import { findChromium } from '../support/chromium.ts';
import type { Engine, Realm, RunningEngine, Tab } from './engine.ts';
import { installed } from './installed.ts';
import { QUIET_FIREFOX } from './quiet-firefox.ts';

const VIEWPORT = { width: 1_280, height: 1_000 };

const NOTHING = /^$/;
const FIREFOX = installed('firefox-esr', 'firefox');

export const chromium: Engine = {
  name: 'Chromium',
  keepsPartitionedCookies: true,
  sendsCookiesOfHome: false,
  hidesRefusedFrames: true,
  callsByItself: /^\S+ (http:\/\/)?(accounts|clients2|update|content-autofill)\.google(apis)?\.com\b/,
  missing: null,
  async start(wayOut) {
    const { executablePath, args } = await findChromium();
    const proxy = [`--proxy-server=http://${wayOut}`, '--disable-popup-blocking'];
    return startPuppeteer({ browser: 'chrome', executablePath, args: [...args, ...proxy] });
  },
};

export const firefox = firefoxWith('Firefox', true, {});

/** Its strictest setting short of no cookies at all: a frame of a foreign site has none. */
export const firefoxWithoutThirdPartyCookies = firefoxWith('Firefox without third-party cookies', false, {
  'network.cookie.cookieBehavior': 1,
});

function firefoxWith(
  name: string,
  keepsPartitionedCookies: boolean,
  preferences: Record<string, unknown>,
): Engine {
  return {
    name,
    keepsPartitionedCookies,
    sendsCookiesOfHome: false,
    hidesRefusedFrames: true,
    callsByItself: NOTHING,
    missing: FIREFOX === undefined ? 'Firefox (Debian: firefox-esr)' : null,
    async start(wayOut) {
      const [host, port] = wayOut.split(':');
      const proxy = {
        'network.proxy.type': 1,
        'network.proxy.http': host,
        'network.proxy.http_port': Number(port),
        'network.proxy.ssl': host,
        'network.proxy.ssl_port': Number(port),
      };
      const extraPrefsFirefox = { ...QUIET_FIREFOX, ...proxy, ...preferences };
      return startPuppeteer({ browser: 'firefox', executablePath: FIREFOX ?? '', extraPrefsFirefox });
    },
  };
}

async function startPuppeteer(options: LaunchOptions): Promise<RunningEngine> {
  // Firefox refuses to run as root in a home that is somebody else's.
  const home = await mkdtemp(join(tmpdir(), 'engine-home-'));
  const browser = await launch({
    ...options,
    acceptInsecureCerts: true,
    defaultViewport: VIEWPORT,
    // The second has a release of Firefox heed the preference that names no server for its settings.
    env: { ...process.env, HOME: home, MOZ_REMOTE_SETTINGS_DEVTOOLS: '1' },
  });
  return {
    newTab: () => openTab(browser),
    async close() {
      await browser.close();
      await rm(home, { recursive: true, force: true });
    },
  };
}

async function openTab(browser: Browser): Promise<Tab> {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  return {
    async open(url) {
      // Not awaited: it waits for every frame, the cards' own streams included, and Firefox never ends it where
      // Cross-Origin-Opener-Policy swaps the window's group. What came of it the test sees in the page.
      page.goto(url, { waitUntil: [] }).catch(() => undefined);
    },
    top: { run: (script, ...args) => page.evaluate(script as never, ...args) },
    card: (publicUrl) => cardRealm(page, publicUrl),
    picture: () => page.screenshot(),
    close: () => context.close(),
  };
}

function cardRealm(page: Page, publicUrl: string): Realm {
  return {
    async run(script, ...args) {
      const element = await page.waitForSelector(`iframe[src="${publicUrl}/auth"]`);
      const frame = await element?.contentFrame();
      if (!frame) throw new Error(`no frame for ${publicUrl}`);
      return frame.evaluate(script as never, ...args);
    },
  };
}
