/** What the page says to the host that frames it: this test page plays Banno Online. */
import { expect, test } from 'vitest';
import { openCard } from './support/card-page.ts';
import { find, findAll } from './support/layout.ts';
import { bootOf, problemBoot, summaryOf, threeAccounts } from './support/summaries.ts';
import { atThisHost, count, heights, listen } from './support/test-host.ts';

test('ready comes once: with data, with none, with a problem, in the expanded view', async () => {
  const expanded = bootOf(threeAccounts, { view: 'expanded' });
  for (const boot of [bootOf(threeAccounts), bootOf(summaryOf(0)), problemBoot('BANK_TIMEOUT'), expanded]) {
    const heard = listen();
    const page = await openCard({ boot: atThisHost(boot) });
    await expect.poll(() => count(heard, 'ready')).toBe(1);
    await page.resize({ width: 400, height: 250 });
    await page.resize({ width: 300, height: 300 });
    expect(count(heard, 'ready')).toBe(1);
  }
});

test('ready never comes before there is something to look at', async () => {
  const seen: (string | undefined)[] = [];
  listen(({ type }, { document }) => {
    const card = document.querySelector('account-card');
    if (type === 'ready' && card) seen.push(find(card, '.face, .page, .message')?.className);
  });
  await openCard({ boot: atThisHost(bootOf(threeAccounts)) });
  await openCard({ boot: atThisHost(bootOf(threeAccounts, { view: 'expanded' })) });
  await openCard({ boot: atThisHost(bootOf(threeAccounts)), height: 800 });
  await openCard({ boot: atThisHost(problemBoot('BANK_TIMEOUT')) });
  await expect.poll(() => seen).toEqual(['face', 'page', 'page', 'message']);
});

test('when only the host can help it is asked once, and the customer has a button', async () => {
  const heard = listen();
  const page = await openCard({ boot: atThisHost(problemBoot('SIGN_IN_REQUIRED', {}, { askHost: true })) });
  await expect.poll(() => heard.map(({ type }) => type)).toEqual(['ready', 'request-refresh']);
  expect(find(page.card, 'button')).toBeDefined();
});

test('more height is asked for once, and a host that grants it is asked no further', async () => {
  const heard = listen();
  const page = await openCard({ boot: atThisHost(bootOf(summaryOf(40))) });
  await expect.poll(() => heights(heard)).toEqual([400]);
  await page.resize({ width: 512, height: 400 });
  await page.resize({ width: 512, height: 300 });
  expect(heights(heard)).toEqual([400]);
});

test('the footer waits for the host’s answer, so that it is never seen to move, and comes without one too', async () => {
  const whenAsked = Promise.withResolvers<string>();
  listen(({ type }, { document }) => {
    const card = document.querySelector('account-card');
    if (type === 'request-resize' && card) whenAsked.resolve(footerOf(card));
  });

  const page = await openCard({ boot: atThisHost(bootOf(summaryOf(40))) });

  expect(await whenAsked.promise).toBe('hidden');
  // This host says nothing, and then grants the height after all.
  await expect.poll(() => footerOf(page.card)).toBe('visible');
  await page.resize({ width: 512, height: 400 });
  expect(footerOf(page.card)).toBe('visible');
});

function footerOf(card: Element): string {
  return getComputedStyle(find(card, '.footer') ?? card).visibility;
}

test('a card that has room asks for nothing', async () => {
  const heard = listen();
  await openCard({ boot: atThisHost(bootOf(threeAccounts)) });
  await expect.poll(() => count(heard, 'ready')).toBe(1);
  expect(heights(heard)).toEqual([]);
});

test("a click on a row is the host's: an absolute address, inside the app", async () => {
  const heard = listen();
  const page = await openCard({ boot: atThisHost(bootOf(threeAccounts)) });
  const click = new MouseEvent('click', { bubbles: true, composed: true, cancelable: true });
  findAll(page.card, '.row')[0]?.dispatchEvent(click);
  expect(click.defaultPrevented).toBe(true);
  // A host that acts: the frame goes, and with it the card's own patience.
  page.window.dispatchEvent(new Event('pagehide'));
  await expect
    .poll(() => heard.find(({ type }) => type === 'click-link')?.data)
    .toEqual({
      href: `${location.origin}/accounts`,
      external: false,
    });
});

test("activity keeps the host's session alive, at most every half minute", async () => {
  const heard = listen();
  const page = await openCard({ boot: atThisHost(bootOf(threeAccounts)) });
  for (const type of ['pointerdown', 'keydown', 'touchstart']) page.document.dispatchEvent(new Event(type));
  await expect.poll(() => count(heard, 'ping')).toBe(1);
});

test('no message ever holds data or the handle', async () => {
  const heard = listen();
  const page = await openCard({ boot: atThisHost(bootOf(summaryOf(40))) });
  page.document.dispatchEvent(new Event('pointerdown'));
  await expect.poll(() => heard.length).toBeGreaterThanOrEqual(3);
  const said = JSON.stringify(heard);
  for (const secret of ['hhhh', 'Everyday', '1234', '9,544', '9544', 'Avery'])
    expect(said).not.toContain(secret);
});
