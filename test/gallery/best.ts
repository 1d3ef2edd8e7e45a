/** Draws the README's picture: a few cells that say the most, side by side. */
import type { Browser, BrowserContext } from 'playwright';
import { openContext } from './browser.ts';
import { LOCALES, type Locale, placesOf, THEMES } from './cells.ts';
import { drawPage } from './draw-page.ts';
import type { Site } from './site.ts';
import { STATES } from './states/all.ts';
import { visit } from './visit.ts';

interface Choice {
  state: string;
  locale: Locale;
  theme: string;
  caption: string;
}

const SIZE = '360x300';
/** For screens that have more dots than pixels. */
const SCALE = 1.5;
const COLUMNS = 3;
const CHOICES: Choice[] = [
  { state: 'three-accounts', locale: 'en-US', theme: 'light', caption: 'Balances at a glance' },
  { state: 'amounts-hidden', locale: 'en-US', theme: 'dark', caption: 'Amounts hidden, dark' },
  {
    state: 'due-soon',
    locale: 'es-US',
    theme: 'own-light',
    caption: 'In Spanish, in the bank’s own colours',
  },
  { state: 'could-not-update', locale: 'en-US', theme: 'light', caption: 'The bank did not answer' },
  { state: 'forty-accounts-large-text', locale: 'en-US', theme: 'dark', caption: 'Text at 200 %' },
  { state: 'bank-timeout', locale: 'en-US', theme: 'own-light', caption: 'The bank takes too long' },
];

/** Answers what was written. */
export async function drawBest(browser: Browser, site: Site, file: string): Promise<string> {
  const pictures = new Map<string, Buffer>();
  for (const locale of LOCALES) {
    const context = await openContext(browser, locale, { withAxe: false });
    for (const choice of CHOICES.filter((one) => one.locale === locale))
      pictures.set(choice.state, await take(context, site, choice));
    await context.close();
  }
  const figures = CHOICES.map(
    ({ state, caption }) => `<figure><img src="${state}" alt=""><figcaption>${caption}</figcaption></figure>`,
  );
  const html = `<style>
    main { display: grid; grid-template-columns: repeat(${COLUMNS}, max-content); gap: 36px; padding: 36px; background: #eceeec }
    figcaption { margin-top: 10px; font-size: 19px; color: #555 }
    img { border-radius: 12px; box-shadow: 0 1px 4px #0002 }
  </style><main>${figures.join('')}</main>`;
  return drawPage(browser, html, (name) => pictures.get(name), file);
}

async function take(
  context: BrowserContext,
  site: Site,
  { state: stateName, theme: themeName }: Choice,
): Promise<Buffer> {
  const state = STATES.find(({ name }) => name === stateName);
  const theme = THEMES.find(({ name }) => name === themeName);
  const place = placesOf('face').find(({ name }) => name === SIZE);
  if (!state || !theme || !place) throw new Error(`There is no ${stateName} in ${themeName}.`);
  const at = await visit(context, site, state);
  await at.wear(theme);
  await at.scale(SCALE);
  const clip = {
    x: place.x * SCALE,
    y: place.y * SCALE,
    width: place.width * SCALE,
    height: place.height * SCALE,
  };
  const png = await at.page.screenshot({ clip });
  await at.page.close();
  return png;
}
