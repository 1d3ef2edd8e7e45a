/** Data on screen with something to say: one sentence, one next step, and nothing that is ever in the way. */
import { expect, test } from 'vitest';
import {
  comeBack,
  heard,
  listen,
  nextStepOf,
  openWithApi,
  problemAnswer,
  SIX_MINUTES_MS,
  setOnline,
  staleAccounts,
} from './support/card-api.ts';
import { nextFrames, openCard } from './support/card-page.ts';
import { find, findAll, focused, words } from './support/layout.ts';
import { bootOf, summaryOf, threeAccounts } from './support/summaries.ts';

const unreadable = (unreadableCount: number, count = 3) => ({ ...summaryOf(count), unreadableCount });

test('not updated: trying again reads at once, as often as it is pressed, and not from the core', async () => {
  const answers = [problemAnswer(502, 'BANK_UNAVAILABLE'), problemAnswer(502, 'BANK_UNAVAILABLE')];
  const { page, calls } = await openWithApi(() => answers.shift() ?? Response.json(threeAccounts));
  comeBack(page, SIX_MINUTES_MS);
  await expect.poll(() => words(page.card)).toContain('Couldn’t update. Updated 8 min ago Try again');
  await expect.poll(() => heard(page)).toBe('Couldn’t update.');
  const said = listen(page);
  const button = nextStepOf(page);
  button?.focus();
  button?.click();
  button?.click();
  await expect.poll(() => said).toEqual(['Updating…', 'Couldn’t update.']);
  expect(focused(page)).toBe(button);
  button?.click();
  await expect.poll(() => nextStepOf(page)).toBeUndefined();
  expect(focused(page)?.className).toBe('face');
  expect(calls.map(({ method }) => method)).toEqual(['GET', 'GET', 'GET']);
});

test('while it reads, the notice says so, and its button waits', async () => {
  let answer: (response: Response) => void = () => undefined;
  const { page, calls } = await openWithApi(() => new Promise((resolve) => (answer = resolve)));
  comeBack(page, SIX_MINUTES_MS);
  await expect.poll(() => calls.length).toBe(1);
  answer(problemAnswer(502, 'BANK_UNAVAILABLE'));
  await expect.poll(() => words(page.card)).toContain('Couldn’t update.');
  nextStepOf(page)?.click();
  await expect.poll(() => words(page.card)).toContain('Updating… Try again');
  await expect.poll(() => calls.length).toBe(2);
  expect(nextStepOf(page)?.ariaDisabled).toBe('true');
  answer(problemAnswer(502, 'BANK_UNAVAILABLE'));
  await expect.poll(() => nextStepOf(page)?.ariaDisabled).toBeNull();
});

test('offline: as soon as there is a network, the card reads again by itself, once', async () => {
  const { page, calls } = await openWithApi(() =>
    calls.length < 3 ? Promise.reject(new TypeError('network')) : Response.json(summaryOf(1)),
  );
  setOnline(page, false);
  comeBack(page, SIX_MINUTES_MS);
  await expect.poll(() => words(page.card)).toContain('You’re offline. Updated 8 min ago Try again');
  nextStepOf(page)?.click();
  await expect.poll(() => calls.length).toBe(2);
  await expect.poll(() => words(page.card)).toContain('You’re offline.');
  setOnline(page, true);
  await expect.poll(() => findAll(page.card, '.row').length).toBe(1);
  setOnline(page, true);
  await nextFrames(page.window);
  expect(calls).toHaveLength(3);
});

test('a network that comes back changes nothing where none was missed', async () => {
  const { page, calls } = await openWithApi(() => problemAnswer(502, 'BANK_UNAVAILABLE'));
  setOnline(page, true);
  comeBack(page, SIX_MINUTES_MS);
  await expect.poll(() => words(page.card)).toContain('Couldn’t update.');
  page.window.Date.now = Date.now;
  setOnline(page, true);
  await nextFrames(page.window);
  expect(calls).toHaveLength(1);
});

test('stale: says so before the date, and updates from the core', async () => {
  const { page, calls } = await openWithApi(() => problemAnswer(502, 'BANK_UNAVAILABLE'), {
    boot: bootOf(staleAccounts),
  });
  expect(words(page.card)).toMatch(/These balances may be out of date\. Updated \w+ \d+ Update/);
  await expect.poll(() => heard(page)).toBe('These balances may be out of date.');
  nextStepOf(page)?.click();
  await expect.poll(() => words(page.card)).toContain('Couldn’t update.');
  expect(calls.map(({ method, url }) => `${method} ${new URL(url).pathname}`)).toEqual([
    'POST /fi/api/accounts/refresh',
  ]);
});

test('balances become stale while they are looked at, and every tick after that is silent', async () => {
  const { card, ...page } = await openCard({ boot: bootOf({ ...threeAccounts, asOf: null }) });
  expect(words(card)).not.toContain('out of date');
  const later = await openCard({ boot: bootOf(staleAccounts) });
  await expect.poll(() => heard(later)).toBe('These balances may be out of date.');
  const said = listen(later);
  comeBack(later, 60_000);
  await later.resize({ width: 400, height: 300 });
  await nextFrames(page.window);
  expect(said).toEqual([]);
});

test.for([
  [1, 'en-US', '1 account couldn’t be read. Updated 2 min ago See accounts'],
  [1_200, 'en-US', '1,200 accounts couldn’t be read. Updated 2 min ago See accounts'],
  [1, 'es-US', 'No se pudo leer 1 cuenta. Actualizado hace 2 min Ver cuentas'],
  [2, 'es-US', 'No se pudieron leer 2 cuentas. Actualizado hace 2 min Ver cuentas'],
] as const)('%i unreadable, %s', async ([count, locale, line]) => {
  const { card } = await openCard({ boot: bootOf(unreadable(count), { locale }) });
  expect(words(card)).toContain(line);
  const link = find(card, '.footer p a');
  expect([link?.getAttribute('href'), link?.getAttribute('target')]).toEqual([
    'https://bank.localhost/accounts',
    '_top',
  ]);
});

test('where more accounts are a link away, that is the next step; in the expanded view it is the bank', async () => {
  const face = await openCard({ boot: bootOf(unreadable(2, 40)) });
  expect(words(face.card)).toContain('2 accounts couldn’t be read.');
  expect(nextStepOf(face)).toBeUndefined();
  expect(find(face.card, '.more')).toBeDefined();
  const boot = bootOf(unreadable(2, 40), { view: 'expanded' });
  const expanded = await openCard({ boot, width: 800, height: 700 });
  await expect.poll(() => nextStepOf(expanded)?.textContent).toBe('See accounts');
});

test('no account at all could be read: that is no empty bank', async () => {
  const page = await openCard({ boot: bootOf(unreadable(2, 0)) });
  expect(words(page.card)).toContain('2 accounts couldn’t be read. See accounts');
  expect(words(page.card)).not.toContain('no accounts');
});

test('an older server does not count what it could not read', async () => {
  const { unreadableCount: _, ...older } = threeAccounts;
  const { card } = await openCard({ boot: bootOf(older as typeof threeAccounts) });
  expect(words(card)).not.toContain('couldn’t be read');
});

test('one notice at a time: no network, not updated, partial, stale', async () => {
  const both = { ...staleAccounts, unreadableCount: 1 };
  const { page, calls } = await openWithApi(
    () =>
      calls.length === 2 ? problemAnswer(504, 'BANK_TIMEOUT') : Promise.reject(new TypeError('network')),
    { boot: bootOf(both) },
  );
  const line = () => find(page.card, '.footer p')?.textContent?.replace(/\s+/g, ' ').trim() ?? '';
  expect(line()).toMatch(/^1 account couldn’t be read\. Updated/);
  setOnline(page, false);
  comeBack(page, SIX_MINUTES_MS);
  await expect.poll(line).toMatch(/^You’re offline\. Updated/);
  nextStepOf(page)?.click();
  await expect.poll(line).toMatch(/^Couldn’t update\. Updated/);
});

test('in the expanded view too, and the focus stays there', async () => {
  const { page } = await openWithApi(() => Response.json(threeAccounts), {
    boot: bootOf({ ...threeAccounts }, { view: 'expanded' }),
    width: 800,
    height: 700,
  });
  await expect.poll(() => find(page.card, '.age')).toBeDefined();
  setOnline(page, false);
  page.window.fetch = () => Promise.reject(new TypeError('network'));
  comeBack(page, SIX_MINUTES_MS);
  await expect.poll(() => nextStepOf(page)?.textContent).toBe('Try again');
  page.window.fetch = async () => Response.json(threeAccounts);
  nextStepOf(page)?.focus();
  nextStepOf(page)?.click();
  await expect.poll(() => nextStepOf(page)).toBeUndefined();
  expect(focused(page)?.className).toBe('summary');
});

test('offline before anything was read anew: the data stays until what reads it can be had', async () => {
  const { page } = await openWithApi(() => Response.json(summaryOf(1)), {
    prepare: (view) =>
      Object.assign(view, {
        __vitest_browser_runner__: {
          wrapDynamicImport: (load: () => Promise<unknown>) =>
            view.navigator.onLine ? load() : Promise.reject(new TypeError('network')),
        },
      }),
  });
  setOnline(page, false);
  (find(page.card, 'button[aria-disabled]') as HTMLButtonElement).click();
  await expect.poll(() => words(page.card)).toContain('You’re offline.');
  expect(findAll(page.card, '.row')).toHaveLength(3);
  expect(nextStepOf(page)?.textContent).toBe('Try again');
  setOnline(page, true);
  await expect.poll(() => findAll(page.card, '.row').length).toBe(1);
  expect(nextStepOf(page)).toBeUndefined();
});
