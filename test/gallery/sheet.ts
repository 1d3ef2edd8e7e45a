/** Lays the pictures out on contact sheets: one for each theme and language to read, one of all to look over. */
import { join } from 'node:path';
import type { Browser } from 'playwright';
import type { View } from '../../server/contract.ts';
import { LOCALES, type Locale, placesOf, THEMES, type Theme } from './cells.ts';
import { drawPage } from './draw-page.ts';
import { nameOf, type Pictures, SCALE, type Subject } from './pictures.ts';
import { STATES } from './states/all.ts';

/** A whole fraction keeps letters sharp; few shades and the tops of pages keep the file small enough for a repository. */
const OVERVIEW = { scale: 0.5, shades: 16, mostHeightPx: 160 };

interface Block {
  locale: Locale;
  theme: Theme;
}

/** Answers what was written. */
export async function drawSheets(
  browser: Browser,
  pictures: Pictures,
  { overview, folder }: { overview: string; folder: string },
): Promise<string[]> {
  const blocks = LOCALES.flatMap((locale) => THEMES.map((theme) => ({ locale, theme })));
  const draw = (html: string, file: string) =>
    drawPage(browser, html, (name) => pictures.named(name)?.png, file);
  const written: string[] = [];
  for (const block of blocks) {
    const file = join(folder, `${block.theme.name}-${block.locale}.png`);
    written.push(await draw(sheetHtml([block], pictures, 1), file));
  }
  const all = sheetHtml(blocks, pictures, OVERVIEW.scale) + fewShades(OVERVIEW.shades);
  written.push(await draw(all, overview));
  return written;
}

function subjectsOf({ locale, theme }: Block): Subject[] {
  return STATES.map((state) => ({ state, locale, theme }));
}

function sheetHtml(blocks: Block[], pictures: Pictures, scale: number): string {
  const columns = Math.ceil(blocks.length / LOCALES.length);
  return `<style>
    main { display: grid; grid-template-columns: repeat(${columns}, max-content) }
    section { padding: 32px; color-scheme: light; background: #eceeec }
    section.dark { background: #0d0e0d; color: #ddd }
    h2 { margin: 0 0 12px; font-size: 20px; font-weight: 500; line-height: 26px }
    .states { columns: 2; column-gap: 24px; width: max-content }
    figure { padding-bottom: 14px; break-inside: avoid; width: max-content }
    figcaption { margin-bottom: 4px }
    .sizes { position: relative; height: 18px; opacity: 0.7; font-size: 11px }
    .sizes span { position: absolute; white-space: nowrap }
    img { object-fit: cover; object-position: 0 0 }
    ${scale < 1 ? `figcaption { font-size: 10px } img { max-height: ${OVERVIEW.mostHeightPx}px } .sizes { display: none }` : ''}
  </style><main>${blocks.map((block) => blockHtml(block, pictures, scale)).join('')}</main>`;
}

function blockHtml(block: Block, pictures: Pictures, scale: number): string {
  const figures = subjectsOf(block).map((subject, index, all) => {
    const { width, height } = pictures.of(subject);
    const { name, view = 'face' } = subject.state;
    const isFirst = all.findIndex(({ state }) => (state.view ?? 'face') === view) === index;
    return `<figure>${isFirst ? sizesHtml(view) : ''}<figcaption>${inWords(name)}</figcaption>
      <img src="${nameOf(subject)}" width="${width * scale}" height="${height * scale}" alt=""></figure>`;
  });
  const { theme, locale } = block;
  return `<section class="${theme.colorScheme}"><h2>${inWords(theme.name)}, ${locale}</h2>
    <div class="states">${figures.join('')}</div></section>`;
}

function sizesHtml(view: View): string {
  const columns = Map.groupBy(placesOf(view), ({ x }) => x);
  const labels = [...columns].map(([x, places]) => {
    const sizes = places.map(({ name, width }) =>
      view === 'face' ? name.replace('x', ' × ') : `${width} wide`,
    );
    return `<span style="left:${x * SCALE}px">${sizes.join(', ')}</span>`;
  });
  return `<div class="sizes">${labels.join('')}</div>`;
}

/** Of each colour, in all pictures of the page. */
function fewShades(count: number): string {
  const table = Array.from({ length: count }, (_, shade) => (shade / (count - 1)).toFixed(4)).join(' ');
  const channels = ['R', 'G', 'B'].map((name) => `<feFunc${name} type="discrete" tableValues="${table}"/>`);
  return `<svg width="0" height="0" style="position:absolute"><filter id="few-shades" color-interpolation-filters="sRGB">
    <feComponentTransfer>${channels.join('')}</feComponentTransfer></filter></svg>
    <style>img { filter: url(#few-shades) }</style>`;
}

function inWords(name: string): string {
  return name.replaceAll('-', ' ');
}
