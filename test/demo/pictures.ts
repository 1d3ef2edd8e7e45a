/** Takes the README's pictures: the card on the sandbox bank's dashboard, online and on a phone, light and dark. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright';
import { build } from 'vite';
import { findChromium } from '../support/chromium.ts';
import { ANY_PORTS, launchDemo } from './launch.ts';
import { tell } from './run.ts';

const ROOT = join(import.meta.dirname, '../..');
const FOLDER = join(ROOT, 'docs/pictures');
const WIDTH_PX = 1104;
// Tall enough for all cards: browsers do not draw foreign frames that nobody can see.
const HEIGHT_PX = 1800;
/** Shows the phone's own edge. */
const PHONE_MARGIN_PX = 24;

await build({ configFile: join(ROOT, 'vite.config.ts'), logLevel: 'error' });
await mkdir(FOLDER, { recursive: true });
const demo = await launchDemo({ ports: ANY_PORTS });
const { executablePath, args } = await findChromium();
const browser = await chromium.launch({ executablePath, args });
try {
  for (const theme of ['light', 'dark']) {
    await take(browser, `online-${theme}`, { theme, view: 'online' });
    await take(browser, `phone-${theme}`, { theme, view: 'phone-360' });
  }
} finally {
  await browser.close();
  await demo.stop();
}

async function take(where: Browser, name: string, look: { theme: string; view: string }): Promise<void> {
  // No colour scheme of Playwright's own: it would win over the one the dashboard gives its frames.
  const context = await where.newContext({
    viewport: { width: WIDTH_PX, height: HEIGHT_PX },
    deviceScaleFactor: 1.5,
    colorScheme: null,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const query = new URLSearchParams({ ...look, panel: 'closed', persona: 'everyday' });
  await page.goto(`${demo.dashboardUrl}?${query}`);
  for (const card of await page.locator('[data-card]').all())
    await card.and(page.locator('[data-state="ready"]')).waitFor();
  const margin = await arrange(page, look.view);
  const box = await page.locator('.bank').boundingBox();
  if (box === null) throw new Error('The bank is not to be seen.');
  const clip = {
    x: box.x - margin,
    y: box.y - margin,
    width: box.width + 2 * margin,
    height: box.height + 2 * margin,
  };
  await page.screenshot({ path: join(FOLDER, `${name}.png`), clip, animations: 'disabled' });
  await context.close();
  tell(`docs/pictures/${name}.png`);
}

/** Once is enough for a picture, and a phone's screen holds no more. Answers the pixels to show around the bank. */
async function arrange(page: Page, view: string): Promise<number> {
  await page.locator('[data-card="1"]').evaluate((card) => card.remove());
  if (view === 'online') return 0;
  await page.locator('.own-card').evaluate((card) => card.remove());
  return PHONE_MARGIN_PX;
}
