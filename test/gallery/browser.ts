/** The browser in which every picture and every measure is the same: its clock, its fonts, its language. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium } from 'playwright';
import { findChromium } from '../support/chromium.ts';
import { type Locale, NOW, TIME_ZONE } from './cells.ts';

const require = createRequire(import.meta.url);
const WEIGHTS = [400, 500];

export async function launchBrowser(): Promise<Browser> {
  const { executablePath, args } = await findChromium();
  // Hinting depends on the machine and would round the widths of letters.
  return chromium.launch({ executablePath, args: [...args, '--font-render-hinting=none'] });
}

/** Without axe pages open faster, and nothing can check accessibility. */
export async function openContext(
  browser: Browser,
  locale: Locale,
  { withAxe }: { withAxe: boolean },
): Promise<BrowserContext> {
  const context = await browser.newContext({ locale, timezoneId: TIME_ZONE, reducedMotion: 'reduce' });
  await context.clock.setFixedTime(NOW);
  await context.addInitScript({ content: fontScript() });
  await context.addInitScript({ content: await inPageScript() });
  if (withAxe) await context.addInitScript({ path: require.resolve('axe-core/axe.min.js') });
  return context;
}

/** From memory: the page's policy allows no fonts from anywhere. */
function fontScript(): string {
  return WEIGHTS.map((weight) => {
    const file = require.resolve(`@fontsource/roboto/files/roboto-latin-${weight}-normal.woff2`);
    const font = readFileSync(file).toString('base64');
    return `document.fonts.add(new FontFace('Roboto', Uint8Array.from(atob('${font}'), (c) => c.charCodeAt(0)), { weight: '${weight}' }));`;
  }).join('\n');
}

async function inPageScript(): Promise<string> {
  // Imported late: Vite is slow to load, and not everybody who opens a browser measures.
  const { build } = await import('vite');
  const [output] = [
    await build({
      configFile: false,
      logLevel: 'error',
      build: {
        write: false,
        minify: false,
        lib: { entry: join(import.meta.dirname, 'in-page/gallery.ts'), formats: ['iife'], name: 'inPage' },
      },
    }),
  ].flat();
  const [chunk] = output !== undefined && 'output' in output ? output.output : [];
  if (chunk?.type !== 'chunk') throw new Error('The script for the pages was not built.');
  return chunk.code;
}
