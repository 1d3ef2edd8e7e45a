/** An institution that lets nobody ask its core: the data stays, and what cannot be done is no longer offered. */
import { expect, test } from 'vitest';
import type { RefreshLine } from '../../server/contract.ts';
import {
  comeBack,
  heard,
  nextStepOf,
  openWithApi,
  problemAnswer,
  SIX_MINUTES_MS,
  staleAccounts,
} from './support/card-api.ts';
import type { CardFrame } from './support/card-page.ts';
import { find, findAll, focused, layoutFaults, words } from './support/layout.ts';
import { bootOf, threeAccounts } from './support/summaries.ts';

const REFUSED = 'Your institution doesn’t allow updates here.';

test('the data stays, one sentence says why, and the button goes', async () => {
  const { page, calls } = await openWithApi(() => problemAnswer(403, 'NOT_PERMITTED'));
  const button = await refreshButton(page);
  button.focus();
  button.click();
  await expect.poll(() => words(page.card)).toContain(REFUSED);
  expect(findAll(page.card, '.row')).toHaveLength(3);
  expect(find(page.card, 'button[aria-disabled]')).toBeUndefined();
  expect(focused(page)?.className).toBe('face');
  expect(layoutFaults(page)).toEqual([]);
  await expect.poll(() => heard(page)).toBe(REFUSED);
  expect(calls).toHaveLength(1);
});

test('in Spanish, on the smallest card, with text at 200 %', async () => {
  const boot = bootOf(threeAccounts, { locale: 'es-US' });
  const size = { width: 264, height: 200, rootFontSize: '200%' };
  const { page } = await openWithApi(() => problemAnswer(403, 'NOT_PERMITTED'), { boot, ...size });
  (await refreshButton(page)).click();
  await expect.poll(() => words(page.card)).toContain('Su institución no permite actualizar aquí.');
  expect(layoutFaults(page)).toEqual([]);
});

test('what is old then leads to the bank, for the rest of the page', async () => {
  const { page } = await openWithApi(
    ({ method }) => (method === 'POST' ? problemAnswer(403, 'NOT_PERMITTED') : Response.json(staleAccounts)),
    { boot: bootOf(staleAccounts), height: 400 },
  );
  await refreshButton(page);
  nextStepOf(page)?.focus();
  nextStepOf(page)?.click();
  await expect.poll(() => words(page.card)).toContain(REFUSED);
  expect(focused(page)?.className).toBe('face');
  comeBack(page, SIX_MINUTES_MS);
  await expect.poll(() => nextStepOf(page)?.textContent).toBe('See accounts');
  expect(words(page.card)).toContain('These balances may be out of date.');
  expect(find(page.card, 'button[aria-disabled]')).toBeUndefined();
});

test('at the end of a refresh it is the permission for the accounts that is gone', async () => {
  const line: RefreshLine = {
    type: 'problem',
    problem: { type: 'about:blank', title: '', status: 403, code: 'NOT_PERMITTED', requestId: 'r' },
  };
  const { page } = await openWithApi(() => new Response(`${JSON.stringify(line)}\n`));
  (await refreshButton(page)).click();
  await expect.poll(() => words(page.card)).toContain('This card isn’t allowed to show your accounts.');
  expect(words(page.card)).not.toContain('$');
});

test.for([
  [true, 1],
  [false, 0],
] as const)(
  'a refresh that is complete (%s) tells the host %i times to catch up',
  async ([complete, times]) => {
    const asked: MessageEvent[] = [];
    const onMessage = (event: MessageEvent) => event.data?.type === 'request-sync' && asked.push(event);
    window.addEventListener('message', onMessage);
    const line: RefreshLine = { type: 'summary', complete, summary: threeAccounts };
    const boot = bootOf(threeAccounts);
    // The host's origin is the dashboard's: here the test itself is the host.
    const links = { ...boot.links, dashboard: `${location.origin}/` };
    const { page } = await openWithApi(() => new Response(`${JSON.stringify(line)}\n`), {
      boot: { ...boot, links },
    });
    (await refreshButton(page)).click();
    await expect.poll(() => heard(page)).toMatch(/up to date\.$/);
    comeBack(page, 60_000);
    await expect.poll(() => asked).toHaveLength(times);
    window.removeEventListener('message', onMessage);
  },
);

async function refreshButton({ card }: CardFrame): Promise<HTMLButtonElement> {
  await expect.poll(() => find(card, 'button[aria-disabled]')).toBeDefined();
  return find(card, 'button[aria-disabled]') as HTMLButtonElement;
}
