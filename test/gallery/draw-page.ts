/** Draws a page of pictures that are only in memory, and writes it as one PNG. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import type { Browser } from 'playwright';
import { packPng } from './png.ts';

const ROOT = join(import.meta.dirname, '../..');
const PICTURES = 'http://pictures.localhost/';

/** `pictureOf` answers for the `src` of an image. What is inside of `main` is drawn. Answers what was written. */
export async function drawPage(
  browser: Browser,
  html: string,
  pictureOf: (name: string) => Buffer | undefined,
  file: string,
): Promise<string> {
  const page = await browser.newPage();
  await page.route(`${PICTURES}**`, async (route) => {
    const name = new URL(route.request().url()).pathname.slice(1);
    const body = pictureOf(name);
    return body === undefined ? route.abort() : route.fulfill({ body, contentType: 'image/png' });
  });
  await page.setContent(
    `<!doctype html><meta charset="utf-8"><base href="${PICTURES}"><style>
      body { margin: 0; color: #222; font: 13px/17px Arial, sans-serif }
      main { width: max-content }
      figure { margin: 0 }
      img { display: block }
    </style>${html}`,
    { waitUntil: 'load' },
  );
  const { width, height } = await page.evaluate(() => {
    const { right, bottom } = document.querySelector('main')?.getBoundingClientRect() ?? new DOMRect();
    return { width: Math.ceil(right), height: Math.ceil(bottom) };
  });
  await page.setViewportSize({ width, height });
  const png = packPng(await page.screenshot({ clip: { x: 0, y: 0, width, height } }));
  await page.close();
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, png);
  return `${relative(ROOT, file)}: ${width} × ${height}, ${(png.length / 1e6).toFixed(1)} MB`;
}
