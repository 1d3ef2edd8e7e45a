/** What went wrong can be seen at 200 %, heard, and left by keyboard alone; and nothing moves where nothing should. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { ACCOUNTS_PATH, fixed } from '../hostile/hostile-bank.ts';
import { SHOWN, type SmallStage, showWhatTimeWouldShow, startSmallStage, type Visit } from './small-stage.ts';

let stage: SmallStage;
let visit: Visit;
beforeAll(async () => {
  stage = await startSmallStage();
}, 60_000);
afterAll(() => stage?.close());
beforeEach(async () => {
  // A window of 1,280 x 1,000 at 200 %.
  const zoomed = { viewport: { width: 640, height: 500 }, deviceScaleFactor: 2 };
  visit = await stage.open({ reducedMotion: 'reduce', ...zoomed });
});
afterEach(async () => {
  await visit.context.close();
  mend();
});

const FAULTS: [sentence: string, act: string, cause: () => void][] = [
  ['Sign in again to see your accounts.', 'Sign in', () => (stage.customer.isKnown = false)],
  ['Your accounts aren’t available right now.', 'Try again', () => answerAccounts(500)],
  ['This card isn’t allowed to show your accounts.', 'See accounts', () => answerAccounts(403)],
  ['We couldn’t sign you in.', 'Try again', () => (stage.bank.idToken = { claims: { nonce: 'wrong' } })],
  ['This card is taking a short break.', 'Try again', () => breakStream('end')],
  ['Your accounts are taking longer than usual.', 'Try again', () => breakStream('stall')],
];

test.for(FAULTS)('I19 “%s” can be read, heard and left by everybody', async ([sentence, act, cause]) => {
  cause();
  await visit.load();
  const frame = await visit.card();
  await frame.locator('account-card').waitFor();
  await showWhatTimeWouldShow(frame);
  await frame.getByText(sentence).first().waitFor();

  // Read: whole, inside the frame, and at rest.
  const way = frame.locator('a:visible, button:visible').filter({ hasText: act });
  const seen = await way.evaluate(look);
  expect(seen.outside).toEqual([]);
  expect(seen.heightPx).toBeGreaterThanOrEqual(24);
  expect(seen.moving).toEqual([]);

  // Heard: a place, a heading, a region that tells, and a control with a name.
  const told = frame.getByRole('status').filter({ hasText: sentence });
  await expect.poll(() => told.count()).toBe(1);
  expect(await frame.getByRole('main').count()).toBe(1);
  expect(await frame.getByRole('heading', { level: 1 }).count()).toBe(1);

  // Left: by the first stop of the keyboard.
  if (act === 'See accounts') {
    expect(await way.getAttribute('href')).toBe(`${stage.bank.origin}/accounts`);
    return;
  }
  mend();
  await frame.locator('body').press('Tab');
  expect(await way.evaluate((control) => control.matches(':focus-visible'))).toBe(true);
  await way.press('Enter');
  await frame.getByText(SHOWN).first().waitFor();
});

function mend(): void {
  stage.customer.isKnown = true;
  stage.bank.idToken = {};
  stage.bank.answers.delete(ACCOUNTS_PATH);
  stage.wire.mend();
}

function answerAccounts(status: number): void {
  stage.bank.answers.set(ACCOUNTS_PATH, fixed(status, '{}', { 'content-type': 'application/json' }));
}

function breakStream(how: 'end' | 'stall'): void {
  stage.wire.break = { after: /<\/account-card>/, how };
}

/** What of a control is outside its window, and what still moves in any shadow root; revealing a link is no movement. */
function look(control: Element) {
  const { left, top, right, bottom, height: heightPx } = control.getBoundingClientRect();
  const roots = [
    document,
    ...[...document.querySelectorAll('*')].flatMap(({ shadowRoot }) => shadowRoot ?? []),
  ];
  const moving = roots
    .flatMap((root) => root.getAnimations())
    .filter(({ playState }) => playState === 'running')
    .map((animation) => (animation instanceof CSSAnimation ? animation.animationName : 'another'))
    .filter((name) => name !== 'skeleton-reveal');
  const overflowPx = document.documentElement.scrollWidth - innerWidth;
  const beyond = {
    left: -left,
    top: -top,
    right: right - innerWidth,
    bottom: bottom - innerHeight,
    overflowPx,
  };
  const outside = Object.entries(beyond).flatMap(([side, px]) => (px > 0.5 ? `${side} ${px}` : []));
  return { heightPx, moving, outside };
}
