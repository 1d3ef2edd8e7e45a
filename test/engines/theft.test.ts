/** Code theft from inside: a script in our page opens sign-ins of its own, in hidden frames and popups, and reads nothing. */
import { expect, test } from 'vitest';
import type { CardFront } from './card-front.ts';
import { ENGINES, type Play, prepareEngines } from './engines.ts';
import { shownText } from './in-page.ts';
import type { StageCard } from './stage.ts';
import { beginTheft, loot } from './theft.ts';
import { prepareSignIn, redeem } from './thief.ts';

/** After the last code has come back to the browser. */
const LOOKS_ON_FOR_MS = 1_000;
const UNTIL_FOUND_MS = 15_000;
const KINDS = ['ownSite', 'foreign'] as const;
const inEngine = prepareEngines();

async function victim({ stage, tab }: Play, kind: (typeof KINDS)[number]) {
  const card = stage.cards[kind];
  await tab.open(`${stage.bank.origin}/?persona=everyday`);
  const page = tab.card(card.publicUrl);
  await expect.poll(() => page.run(shownText)).toContain('$1,234.56');
  card.front.heard.length = 0;
  return { card, page };
}

/** The customer's own entry, and an authorization request of the thief's: either way, in a frame and in a popup. */
async function attacksOn(card: StageCard) {
  const prepared = await prepareSignIn(card);
  const urls = [`${card.publicUrl}/auth`, prepared.url];
  const attacks = (['popup', 'nested frame'] as const).flatMap((way) => urls.map((url) => ({ way, url })));
  return { attacks, cookie: prepared.cookie };
}

/** Callbacks with a code that came back so. */
function codes({ heard }: CardFront, destination: 'document' | 'iframe'): number {
  const isOne = (path: string) => path.startsWith('/auth/callback?code=');
  return heard.filter(({ path, headers }) => isOne(path) && headers['sec-fetch-dest'] === destination).length;
}

function withoutDefences(front: CardFront): void {
  front.changeAnswer = (headers) => {
    for (const name of Object.keys(headers)) {
      if (/^(content-security-policy|cross-origin-)/.test(name)) delete headers[name];
    }
  };
}

for (const engine of ENGINES) {
  for (const kind of KINDS) {
    test(
      `I22 ${engine.name}, ${kind}: a script in our page reads no code, from a hidden frame or a popup`,
      inEngine(engine, async (play) => {
        const { card, page } = await victim(play, kind);
        const { attacks } = await attacksOn(card);
        await page.run(beginTheft, attacks);
        // Both popups come as far as they can; the frames get nowhere, and that is reported.
        await expect.poll(() => codes(card.front, 'document')).toBe(2);
        await expect.poll(() => card.front.violations.join()).toContain('frame-src');
        expect(await page.run(loot, LOOKS_ON_FOR_MS)).toEqual(['', '', '', '']);
        expect(codes(card.front, 'iframe')).toBe(0);
        card.front.violations.length = 0;
      }),
    );
  }

  test(
    `I22 ${engine.name}: without these headers the same script reads them all, and redeems what was prepared`,
    inEngine(engine, async (play) => {
      withoutDefences(play.stage.cards.ownSite.front);
      const { card, page } = await victim(play, 'ownSite');
      const { attacks, cookie } = await attacksOn(card);
      await page.run(beginTheft, attacks);
      const stolen = await page.run(loot, UNTIL_FOUND_MS);
      expect(stolen.map((text) => text.includes('/auth/callback?code='))).toEqual([true, true, true, true]);
      const callback = /https:[^"]*\/auth\/callback\?code=[^"]*/.exec(stolen[1] ?? '')?.[0] ?? '';
      expect(await redeem(card, callback, cookie)).toBe(true);
    }),
  );

  // Elsewhere the page's own policy is the only lock; the test above proves it.
  if (!engine.hidesRefusedFrames) continue;
  test(
    `I22 ${engine.name}: were our page allowed to open frames, the sign-in itself would not be shown in them`,
    inEngine(engine, async (play) => {
      const { front } = play.stage.cards.ownSite;
      const { changeAnswer } = front;
      withoutDefences(front);
      const { card, page } = await victim(play, 'ownSite');
      front.changeAnswer = changeAnswer;
      const { attacks } = await attacksOn(card);
      const frames = attacks.filter(({ way }) => way === 'nested frame');
      await page.run(beginTheft, frames);
      await expect.poll(() => codes(front, 'iframe')).toBe(2);
      expect(await page.run(loot, LOOKS_ON_FOR_MS)).toEqual(['', '']);
    }),
  );
}
