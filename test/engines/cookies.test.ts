/** Cookies that a browser refuses, or keeps and then loses: the card works, or ends in a button; it never spins. */
import { expect, test } from 'vitest';
import { findChromium } from '../support/chromium.ts';
import type { CardFront, Heard } from './card-front.ts';
import { ENGINES, type Play, prepareEngines } from './engines.ts';
import { look, shownText } from './in-page.ts';

const { blocksThirdPartyCookies } = await findChromium();
const inEngine = prepareEngines();

const carries = (name: string) => (heard: Heard) => heard.headers.cookie?.includes(`${name}=`) === true;
const starts = ({ heard }: CardFront) => heard.filter(({ path }) => /^\/auth(\?|$)/.test(path)).length;

async function openCard({ stage, tab }: Play, kind: 'ownSite' | 'foreign') {
  await tab.open(`${stage.bank.origin}/?persona=many`);
  const { publicUrl, front } = stage.cards[kind];
  const page = tab.card(publicUrl);
  const showsBalances = () => expect.poll(() => page.run(shownText)).toContain('Project Checking 1');
  const offers = (name: string) => expect.poll(() => page.run(look, name));
  await showsBalances();
  return { page, front, showsBalances, offers };
}

/** Until it is on top: in WebKit, a page still on its way can arrive after the one that was asked for next. */
async function visit({ tab }: Play, url: string): Promise<void> {
  await tab.open(url);
  await expect.poll(() => tab.top.run(() => location.href)).toBe(url);
}

for (const engine of ENGINES) {
  test(
    `I11 ${engine.name}: what reaches the card's frame of a cookie set at home, and of its own`,
    inEngine(engine, async (play) => {
      const { publicUrl, front } = play.stage.cards.foreign;
      const reportViolations = front.changeAnswer;
      front.changeAnswer = (headers) => {
        headers['set-cookie'] = ['plain=1; Secure; SameSite=None; Path=/'];
      };
      await visit(play, `${publicUrl}/assets/icon-1.svg?first`);
      front.changeAnswer = reportViolations;
      await visit(play, `${publicUrl}/assets/icon-1.svg?second`);
      // At home it is a cookie like any other.
      await expect.poll(() => front.heard.some(carries('plain'))).toBe(true);
      front.heard.length = 0;

      await openCard(play, 'foreign');

      const cannotBlock = engine.name === 'Chromium' && !blocksThirdPartyCookies;
      // The page that was on top before may still ask for its icon.
      const framed = front.heard.filter(({ headers }) => headers['sec-fetch-dest'] === 'iframe');
      expect(framed.some(carries('plain'))).toBe(engine.sendsCookiesOfHome || cannotBlock);
      expect(framed.some(carries('__Host-card'))).toBe(engine.keepsPartitionedCookies);
    }),
  );

  test(
    `I12 ${engine.name}: a cookie that was there and is gone costs one more silent sign-in at the most`,
    inEngine(engine, async (play) => {
      const { page, front, showsBalances, offers } = await openCard(play, 'foreign');
      const before = starts(front);
      front.losesCookies = () => true;
      await page.run(look, 'Refresh balances', true);
      await expect.poll(() => front.heard.some(({ path }) => path.startsWith('/api/accounts'))).toBe(true);
      if (engine.keepsPartitionedCookies) await expect.poll(() => starts(front)).toBe(before + 1);
      await showsBalances();

      // What it has now lasts.
      await offers('Refresh balances').toBe(true);
      await page.run(look, 'Refresh balances', true);
      const answered = () =>
        front.heard.filter(({ path }) => path.startsWith('/api/accounts')).at(-1)?.status;
      await expect.poll(answered).toBe(200);
      expect(starts(front)).toBeLessThanOrEqual(before + 1);
    }),
  );

  test(
    `I12 ${engine.name}: a cookie that is lost on the way through the bank costs one more sign-in at the most`,
    inEngine(engine, async (play) => {
      const { page, front, showsBalances } = await openCard(play, 'foreign');
      let isGone = false;
      front.losesCookies = (path) => {
        isGone ||= path.startsWith('/auth/callback');
        return isGone;
      };
      front.heard.length = 0;
      await page.run(() => void setTimeout(() => location.reload()));
      await expect.poll(() => isGone).toBe(true);
      await showsBalances();
      expect(starts(front)).toBeLessThanOrEqual(2);
    }),
  );

  test(
    `K05 ${engine.name}: on the bank's own site a cookie lost for ever ends in a button, not in a loop`,
    inEngine(engine, async (play) => {
      const { page, front, showsBalances, offers } = await openCard(play, 'ownSite');
      const before = starts(front);
      front.losesCookies = () => true;
      await page.run(look, 'Refresh balances', true);
      await offers('Try again').toBe(true);
      expect(starts(front)).toBeLessThanOrEqual(before + 2);

      front.losesCookies = () => false;
      await page.run(look, 'Try again', true);
      await showsBalances();
    }),
  );

  test(
    `I21 ${engine.name}: a bank that knows nobody, again and again, is asked twice at the most`,
    inEngine(engine, async (play) => {
      const { page, front, offers } = await openCard(play, 'foreign');
      const before = starts(front);
      play.stage.bank.switches.signedOut = true;
      await page.run(() => void setTimeout(() => location.reload()));
      await offers('Sign in').toBe(true);
      // An engine may take the reload for the card's own start: the host's help, then asked for, is one load more.
      expect(starts(front)).toBeLessThanOrEqual(before + 2);

      await page.run(look, 'Sign in', true);
      await expect.poll(() => starts(front)).toBeGreaterThan(before + 1);
      await offers('Sign in').toBe(true);
      expect(starts(front)).toBeLessThanOrEqual(before + 4);
    }),
  );
}
