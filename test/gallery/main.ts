/** `npm run gallery`: writes down how every state looks and sounds, and draws all of them on contact sheets. */
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { Browser } from 'playwright';
import { drawBest } from './best.ts';
import { launchBrowser, openContext } from './browser.ts';
import { LOCALES, type Locale, THEMES } from './cells.ts';
import { type Layout, writeLayout } from './layout-file.ts';
import { faultsOf, heard, layoutsOf } from './look.ts';
import { Pictures } from './pictures.ts';
import { drawSheets } from './sheet.ts';
import { type Site, startSite } from './site.ts';
import { STATES } from './states/all.ts';
import { visit } from './visit.ts';

const ROOT = join(import.meta.dirname, '../..');

const layouts = new Map<string, Map<string, Layout>>(STATES.map(({ name }) => [name, new Map()]));
const pictures = new Pictures();
const faultsFound: string[] = [];

const browser = await launchBrowser();
const site = await startSite(STATES);
try {
  await Promise.all(LOCALES.map((locale) => lookAtAll(browser, site, locale)));
  for (const state of STATES) writeLayout(state, layouts.get(state.name) ?? new Map());
  const files = { overview: join(ROOT, 'docs/gallery.png'), folder: join(ROOT, 'dist/gallery') };
  for (const sheet of await drawSheets(browser, pictures, files)) tell(sheet);
  tell(await drawBest(browser, site, join(ROOT, 'docs/gallery-best.png')));
} finally {
  await browser.close();
  await site.close();
}
tell(`${pictures.cellCount} cells in ${Math.round(performance.now() / 1000)} s`);
for (const fault of faultsFound) tell(fault);
if (faultsFound.length > 0) process.exitCode = 1;

async function lookAtAll(where: Browser, from: Site, locale: Locale): Promise<void> {
  const context = await openContext(where, locale, { withAxe: false });
  for (const state of STATES) {
    const at = await visit(context, from, state);
    layouts.get(state.name)?.set(locale, { cells: await layoutsOf(at), heard: await heard(at, state) });
    const faults = await faultsOf(at, state);
    faultsFound.push(...faults.map((fault) => `${state.name}, ${locale}, ${fault}`));
    for (const theme of THEMES) await pictures.take(at, { state, locale, theme });
    await at.page.close();
  }
  await context.close();
}

function tell(sentence: string): void {
  process.stdout.write(`${sentence}\n`);
}
