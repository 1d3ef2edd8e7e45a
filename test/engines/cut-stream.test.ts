/** A connection that breaks, or brings nothing more: in every engine there is a way on, and no skeleton for ever. */
import { expect, test } from 'vitest';
import type { HeldBack } from './card-front.ts';
import { ENGINES, prepareEngines } from './engines.ts';
import { endSkeletonDelay, isSkeletonShown, look, shownText } from './in-page.ts';

interface Break {
  what: string;
  holdsBack: HeldBack;
  isCut: boolean;
}

const BREAKS: Break[] = [
  { what: 'cut after the skeleton', holdsBack: 'all data', isCut: true },
  { what: 'cut in the middle of the data', holdsBack: 'half of the data', isCut: true },
  { what: 'a stall', holdsBack: 'all data', isCut: false },
];
const CASES = ENGINES.flatMap((engine) => BREAKS.map((broken) => ({ engine, broken })));
const inEngine = prepareEngines();

for (const { engine, broken } of CASES) {
  test(
    `K03 ${engine.name}, ${broken.what}: a usable link, and no skeleton for ever`,
    inEngine(engine, async ({ stage, tab }) => {
      const { publicUrl, front } = stage.cards.foreign;
      front.holdsBack = broken.holdsBack;
      await tab.open(`${stage.bank.origin}/?persona=everyday`);
      const page = tab.card(publicUrl);
      await expect.poll(() => page.run(isSkeletonShown)).toBe(true);
      expect(await page.run(look, 'Try again')).toBe(false);

      if (broken.isCut) front.cut();
      front.holdsBack = 'nothing';
      // Where the engine takes what came for the whole page, the card's own message stands there already.
      const hasWayOn = async () => {
        await page.run(endSkeletonDelay);
        return page.run(look, 'Try again');
      };
      await expect.poll(hasWayOn).toBe(true);

      await page.run(look, 'Try again', true);
      await expect.poll(() => page.run(shownText)).toContain('$1,234.56');
    }),
  );
}
