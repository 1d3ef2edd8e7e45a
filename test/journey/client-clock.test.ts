/** A browser whose clock is ten years off: the card signs in, shows, refreshes and leads on as for anybody else. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { drawn, expandedShown, SHOWN, type SmallStage, startSmallStage } from './small-stage.ts';

const TEN_YEARS_MS = 10 * 365.25 * 86_400_000;

let stage: SmallStage;
beforeAll(async () => {
  stage = await startSmallStage();
}, 60_000);
afterAll(() => stage?.close());

test.each([-TEN_YEARS_MS, TEN_YEARS_MS])(
  'H20 with a browser’s clock ten years off (%d ms) everything works',
  async (offMs) => {
    const visit = await stage.open();
    await visit.page.clock.setSystemTime(Date.now() + offMs);
    const callbacks = stage.wire.callbacks.length;
    await visit.load();
    const frame = await visit.card();
    await frame.getByText(SHOWN).waitFor();
    expect(Math.abs(Date.now() + offMs - (await frame.evaluate(() => Date.now())))).toBeLessThan(60_000);
    // Looking at it again makes it neither expire nor ask for another sign-in.
    await frame.evaluate(() => void document.dispatchEvent(new Event('visibilitychange')));
    expect(await drawn(frame)).toContain('$');

    await visit.page.goto(`${stage.publicUrl}/expanded`);
    await expandedShown(visit.page);
    expect(await drawn(visit.page)).toContain(SHOWN);
    expect(stage.wire.callbacks.length - callbacks).toBe(2);
    expect(visit.incidents).toEqual([]);
    await visit.context.close();
  },
);
