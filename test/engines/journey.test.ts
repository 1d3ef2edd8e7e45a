/** A customer's journey in every engine, over TLS: silent sign-in, balances, fresh data, a fault, a reload, the full page. */
import { expect, test } from 'vitest';
import { ENGINES, type Play, prepareEngines } from './engines.ts';
import { hostView, look, shownText, whereabouts } from './in-page.ts';

const EVERYDAY = ['Everyday Checking', '$1,234.56', 'Rainy Day Savings', '$8,310.20', 'Platinum Card'];
const KINDS = ['ownSite', 'foreign'] as const;
const CASES = ENGINES.flatMap((engine) => KINDS.map((kind) => ({ name: engine.name, kind, engine })));
const inEngine = prepareEngines();

/** The dashboard, and the card in its frame. */
async function openCard({ stage, tab }: Play, kind: (typeof KINDS)[number], customer = 'everyday') {
  await tab.open(`${stage.bank.origin}/?persona=${customer}`);
  const { publicUrl, front } = stage.cards[kind];
  const page = tab.card(publicUrl);
  const says = () => expect.poll(() => page.run(shownText));
  const signIns = () => front.heard.filter(({ path }) => path.startsWith('/auth/callback')).length;
  return { page, says, signIns, publicUrl, front };
}

for (const { name, kind, engine } of CASES) {
  test(
    `I11 ${name}, ${kind}: signs in without a word, shows balances, tells the host`,
    inEngine(engine, async (play) => {
      const { page, says, publicUrl, front } = await openCard(play, kind);
      for (const text of EVERYDAY) await says().toContain(text);
      await expect.poll(() => play.tab.top.run(hostView, publicUrl)).toMatchObject({ state: 'ready' });
      const { messages } = await play.tab.top.run(hostView, publicUrl);
      expect(messages).toContain('ready');
      expect(messages).toContain('request-resize');
      const clean = { path: '/card', search: '', hasBoot: false, stored: '[{},{},""]' };
      expect(await page.run(whereabouts)).toEqual(clean);
      expect(front.violations).toEqual([]);
    }),
  );

  test(
    `I11 ${name}, ${kind}: after the load, fresh balances come by its API`,
    inEngine(engine, async (play) => {
      // Not the everyday customer: the core's fresh balances stay.
      const { page, says, front } = await openCard(play, kind, 'many');
      await says().toContain('Project Checking 1');
      expect(await page.run(look, 'Refresh balances', true)).toBe(true);
      const calls = () =>
        front.heard.filter(({ path }) => path.startsWith('/api/accounts')).map(({ status }) => status);
      await expect.poll(calls).toEqual([200]);
      await says().toContain('Your balances are up to date.');
      expect(front.violations).toEqual([]);
    }),
  );

  test(
    `${name}, ${kind}: a fault is one calm sentence, and trying again brings the balances`,
    inEngine(engine, async (play) => {
      play.stage.bank.switches.fault = '500';
      const { page, says } = await openCard(play, kind);
      await expect.poll(() => page.run(look, 'Try again')).toBe(true);
      play.stage.bank.switches.fault = 'none';
      await page.run(look, 'Try again', true);
      await says().toContain('$1,234.56');
    }),
  );

  test(
    `${name}, ${kind}: a reload of the frame is a fresh, silent sign-in`,
    inEngine(engine, async (play) => {
      const { page, says, signIns } = await openCard(play, kind);
      await says().toContain('$1,234.56');
      expect(signIns()).toBe(1);
      await page.run(() => void setTimeout(() => location.reload()));
      await expect.poll(signIns).toBe(2);
      await says().toContain('$1,234.56');
    }),
  );

  test(
    `${name}, ${kind}: the expanded view opens as a full page and leads back`,
    inEngine(engine, async (play) => {
      const { publicUrl, says } = await openCard(play, kind);
      const { tab, stage } = play;
      // One navigation after the other: Firefox takes two at once for one.
      await says().toContain('$1,234.56');
      await tab.open(`${publicUrl}/expanded`);
      await expect.poll(() => tab.top.run(shownText)).toContain('Home Loan');
      await expect.poll(() => tab.top.run(whereabouts)).toMatchObject({ path: '/expanded', search: '' });
      expect(await tab.top.run(look, 'Back to dashboard', true)).toBe(true);
      await expect.poll(() => tab.top.run(() => location.href)).toBe(`${stage.bank.origin}/`);
    }),
  );
}

for (const engine of ENGINES) {
  test(
    `I18 ${engine.name}: what breaks the policy is heard, so the silence above means something`,
    inEngine(engine, async (play) => {
      const { page, says, front } = await openCard(play, 'foreign');
      await says().toContain('$1,234.56');
      expect(front.violations).toEqual([]);
      await page.run(() => {
        new Image().src = 'https://elsewhere.example.org/';
      });
      await expect.poll(() => front.violations.join()).toContain('img-src');
      front.violations.length = 0;
    }),
  );
}
