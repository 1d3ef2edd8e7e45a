/** The guide's page in a real browser, opened from a file as an administrator opens it. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AxeResults } from 'axe-core';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { manifest } from '../../../server/manifest.ts';
import { buildGuide } from '../../../server/setup/guide/guide.ts';
import { renderHtml } from '../../../server/setup/guide/html.ts';
import { EXAMPLE } from '../../../server/setup/guide/subject.ts';
import { findChromium } from '../../support/chromium.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'setup-guide-'));
const file = join(folder, 'guide.html');
let browser: Browser;

beforeAll(async () => {
  const name = '<script>alert(1)</script>'.repeat(2);
  const guide = { ...EXAMPLE, name, hasSecondApplication: true, transactions: true };
  writeFileSync(file, renderHtml(buildGuide(guide)));
  const { executablePath, args } = await findChromium();
  browser = await chromium.launch({ executablePath, args });
});

afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true });
});

async function open(options: BrowserContextOptions = {}): Promise<{ page: Page; complaints: string[] }> {
  const context = await browser.newContext(options);
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('request', (request) => {
    if (!request.url().startsWith('file:')) complaints.push(request.url());
  });
  page.on('dialog', (dialog) => complaints.push(dialog.message()));
  await page.goto(pathToFileURL(file).href);
  return { page, complaints };
}

test.each([
  ['light', 1_100],
  ['light', 320],
  ['dark', 1_100],
  ['dark', 320],
] as const)('axe finds nothing: %s, %i pixels wide', async (colorScheme, width) => {
  // The page's policy lets no script in but its own.
  const { page } = await open({ colorScheme, bypassCSP: true, viewport: { width, height: 900 } });
  await page.addScriptTag({ content: AXE });
  const violations = await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run(): Promise<AxeResults> } };
    return (await axe.run()).violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html)}`);
  });
  expect(violations).toEqual([]);
});

test('its policy lets its own style and script in and asks nobody for anything', async () => {
  const { page, complaints } = await open();
  expect(await page.locator('.copy:visible').count()).toBeGreaterThan(15);
  expect(await page.locator('h1').evaluate((heading) => getComputedStyle(heading).fontSize)).toBe('30px');
  expect(complaints).toEqual([]);
});

test('a button copies its value to the letter and says so', async () => {
  const { page } = await open({ permissions: ['clipboard-read', 'clipboard-write'] });
  await page.getByRole('button', { name: 'Copy First Redirect URI' }).first().click();
  await expect.poll(() => page.locator('#copied').textContent()).toContain('/auth');
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toBe(EXAMPLE.publicUrl + manifest.redirectUriPaths[0]);
});

test('where no script may write to the clipboard the value is selected, ready for a key press', async () => {
  const { page } = await open();
  await page.evaluate(() => {
    navigator.clipboard.writeText = () => Promise.reject(new Error('denied'));
    document.execCommand = () => false;
  });
  await page.getByRole('button', { name: 'Copy Initial height' }).click();
  await expect.poll(() => page.locator('#copied').textContent()).toContain('Ctrl+C');
  expect(await page.evaluate(() => String(getSelection()))).toBe(String(manifest.initialHeight));
});

test('without scripts everything is there but the buttons', async () => {
  const { page } = await open({ javaScriptEnabled: false });
  expect(await page.locator('.copy:visible').count()).toBe(0);
  expect(await page.locator('h2:visible').count()).toBe(10);
});

test('fits a small phone and a printed page, which has no buttons', async () => {
  const { page } = await open({ viewport: { width: 320, height: 800 } });
  const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(await overflow()).toBeLessThanOrEqual(0);
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  await page.setViewportSize({ width: 680, height: 900 });
  expect(await overflow()).toBeLessThanOrEqual(0);
  expect(await page.locator('.copy:visible').count()).toBe(0);
  expect(await page.locator('body').evaluate((body) => getComputedStyle(body).color)).toBe('rgb(35, 25, 7)');
});
