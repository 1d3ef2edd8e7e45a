/** Two people share a browser: the second never sees a trace of the first. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Stage, startStage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
}, 60_000);
afterAll(() => stage?.close());

const OF_THE_FIRST = ['Everyday Checking', 'Rainy Day Savings', '1,234.56', 'Avery'];

test('A32 customer A, then customer B in the same browser', async () => {
  const { context, page, visit, card } = await stage.open();
  await visit('everyday');
  const first = await card(stage.cards.foreign);
  await first.waitForSelector('account-card >> text=Everyday Checking');

  const traces: string[] = [];
  await page.exposeFunction('sawTrace', (text: string) => void traces.push(text));
  // From the first paint on, in every frame of a card, whatever is drawn is read.
  await context.addInitScript((needles: string[]) => {
    if (!location.hostname.startsWith('card.')) return;
    const read = () => {
      const card = document.querySelector('account-card');
      const text = `${document.body?.textContent ?? ''} ${card?.shadowRoot?.textContent ?? ''}`;
      const found = needles.find((needle) => text.includes(needle));
      if (found === undefined) requestAnimationFrame(read);
      else void (window as unknown as { sawTrace(text: string): void }).sawTrace(found);
    };
    requestAnimationFrame(read);
  }, OF_THE_FIRST);

  await visit('spanish');
  for (const publicUrl of Object.values(stage.cards)) {
    const frame = await card(publicUrl);
    await frame.waitForSelector('account-card >> text=Cuenta');
    const drawn = await frame.locator('body').ariaSnapshot();
    for (const trace of OF_THE_FIRST) expect(drawn).not.toContain(trace);
  }

  expect(traces).toEqual([]);
  await context.close();
});

test('A35 two cards at once and two browsers at once are independent', async () => {
  const [one, two] = await Promise.all([stage.open(), stage.open()]);
  await Promise.all([one.visit('everyday'), two.visit('refunded')]);

  await Promise.all(
    Object.values(stage.cards).map(async (publicUrl) => {
      const [a, b] = await Promise.all([one.card(publicUrl), two.card(publicUrl)]);
      await a.waitForSelector('account-card >> text=Everyday Checking');
      await b.waitForSelector('account-card >> text=credit');
      expect(await b.locator('body').ariaSnapshot()).not.toContain('1,234.56');
    }),
  );
  await Promise.all([one.context.close(), two.context.close()]);
});
