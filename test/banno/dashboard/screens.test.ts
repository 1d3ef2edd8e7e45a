/** The dashboard's screens: theme within the frames, widths, and an accessible page. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cardFrame, openDashboard, openStage, type Stage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

test('the chosen theme is what a foreign card sees as prefers-color-scheme, live', async () => {
  const page = await openDashboard(stage);
  const frame = await cardFrame(page, 0);
  const isDark = () => frame.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches);
  await page.getByRole('radio', { name: 'Dark' }).check();
  await expect.poll(isDark).toBe(true);
  await page.getByRole('radio', { name: 'Light' }).check();
  await expect.poll(isDark).toBe(false);
});

test('the tab remembers theme and device until they are changed', async () => {
  const page = await openDashboard(stage, '?theme=dark&view=phone-360');
  await page.goto(`${stage.origin}/accounts`);
  await page.goto(`${stage.origin}/`);
  expect(await page.getByRole('radio', { name: 'Dark' }).isChecked()).toBe(true);
  expect(await page.getByRole('radio', { name: 'Phone 360' }).isChecked()).toBe(true);
});

test('cards are as wide as in Banno Online and Banno Mobile, flush with the card', async () => {
  const page = await openDashboard(stage);
  for (const [view, width] of [
    ['Computer', 512],
    ['Phone 360', 328],
    ['Phone 320', 288],
  ] as const) {
    await page.getByRole('radio', { name: view }).check();
    for (const part of ['', ' iframe']) {
      const box = await page.locator(`[data-card="0"]${part}`).boundingBox();
      expect(box?.width, `${view}${part}`).toBe(width);
    }
  }
});

test('a narrow window shows one column that never scrolls sideways', async () => {
  const page = await openDashboard(stage);
  for (const [width, cardWidth] of [
    [768, 512],
    [390, 358],
    [320, 288],
  ] as const) {
    await page.setViewportSize({ width, height: 800 });
    const cards = await page.locator('[data-card]').all();
    const boxes = await Promise.all(cards.map((card) => card.boundingBox()));
    expect(boxes.map((box) => box?.width)).toEqual([cardWidth, cardWidth]);
    expect(new Set(boxes.map((box) => box?.x)).size).toBe(1);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  }
});

for (const query of ['?theme=light', '?theme=dark', '?theme=light&view=phone-320']) {
  test(`axe finds nothing on ${query}`, async () => {
    const page = await openDashboard(stage, query);
    const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
    await page.evaluate(await readFile(axePath, 'utf8'));
    const violations = await page.evaluate(async () => {
      const { axe } = window as unknown as {
        axe: {
          run(context: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
        };
      };
      const found = await axe.run({ exclude: ['iframe'] });
      return found.violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)]);
    });
    expect(violations).toEqual([]);
  });
}
