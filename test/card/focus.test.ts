/** Whatever state follows another: the focus stays in the card, and the change is said once. */
import { expect, test } from 'vitest';
import type { AccountSummary } from '../../server/contract.ts';
import {
  type Answer,
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
import { type CardFrame, openCard } from './support/card-page.ts';
import { find, focused } from './support/layout.ts';
import { bootOf, problemBoot, summaryOf, threeAccounts } from './support/summaries.ts';

const partial: AccountSummary = { ...threeAccounts, unreadableCount: 1 };
const DATA: Record<string, AccountSummary> = {
  data: threeAccounts,
  partial,
  stale: staleAccounts,
  empty: summaryOf(0),
  'all hidden': { ...summaryOf(0), hiddenCount: 2 },
  'nothing readable': { ...summaryOf(0), unreadableCount: 2 },
};

/** What a reading may lead to, and what is then heard. */
const OUTCOMES: Record<string, [answer: Answer, said: RegExp]> = {
  data: [() => Response.json(threeAccounts), /^Your accounts are shown\.$/],
  partial: [() => Response.json(partial), /^1 account couldn’t be read\.$/],
  stale: [() => Response.json(staleAccounts), /out of date\.$/],
  empty: [() => Response.json(DATA['empty']), /^There are no accounts to show yet\.$/],
  'all hidden': [() => Response.json(DATA['all hidden']), /^All your accounts are hidden\.$/],
  'nothing readable': [() => Response.json(DATA['nothing readable']), /^2 accounts couldn’t be read\.$/],
  'not updated': [() => problemAnswer(502, 'BANK_UNAVAILABLE'), /^Couldn’t update\.$/],
  'rate limited': [
    () => problemAnswer(429, 'TOO_MANY_REQUESTS', { retryAfterSeconds: 90 }),
    /^Please try again at/,
  ],
  'not permitted': [() => problemAnswer(403, 'NOT_PERMITTED'), /^This card isn’t allowed/],
};

/** Without data on screen there is nothing that a failure would have to be said of. */
const isSilent = (from: string, to: string) =>
  from === to || (nothingToShow(from) && (to === 'not updated' || to === 'rate limited'));
const nothingToShow = (name: string) => ['empty', 'all hidden', 'nothing readable'].includes(name);

/** A message is the same in both views. */
const PAIRS = (['face', 'expanded'] as const).flatMap((view) =>
  Object.keys(DATA)
    .filter((from) => view === 'face' || !nothingToShow(from))
    .flatMap((from) => Object.keys(OUTCOMES).map((to) => ({ view, from, to }))),
);

test.for(PAIRS)('$view: from $from to $to', async ({ view, from, to }) => {
  const [answer, said] = OUTCOMES[to] ?? [() => Response.error(), /^$/];
  const { page } = await openWithApi(answer, {
    boot: bootOf(DATA[from] ?? threeAccounts, { view }),
    height: 400,
  });
  await expect.poll(() => heard(page)).not.toBe('');
  const all = listen(page);
  focusOn(page);
  comeBack(page, SIX_MINUTES_MS);
  if (!isSilent(from, to)) await expect.poll(() => heard(page)).toMatch(said);
  await page.resize({ width: 512, height: 400 });
  expect(focused(page)?.localName).not.toBe('body');
  expect(all).toHaveLength(isSilent(from, to) ? 0 : 1);
});

for (const [to, [answer, said]] of Object.entries(OUTCOMES)) {
  test(`trying again, from not updated to ${to}`, async () => {
    const failed = () => problemAnswer(502, 'BANK_UNAVAILABLE');
    const { page, calls } = await openWithApi((call) => (calls.length === 1 ? failed() : answer(call)));
    comeBack(page, SIX_MINUTES_MS);
    await expect.poll(() => heard(page)).toBe('Couldn’t update.');
    const all = listen(page);
    nextStepOf(page)?.focus();
    nextStepOf(page)?.click();
    await expect.poll(() => all.length).toBe(2);
    expect(all[0]).toBe('Updating…');
    expect(all[1]).toMatch(said);
    expect(focused(page)?.localName).not.toBe('body');
  });
}

const MESSAGES = [
  'SIGN_IN_REQUIRED',
  'SIGN_IN_FAILED',
  'TOO_MANY_REQUESTS',
  'BANK_TIMEOUT',
  'INTERNAL',
] as const;

for (const code of MESSAGES) {
  test(`${code}: its button, pressed without a network, and the network that comes back`, async () => {
    const page = await openCard({ boot: problemBoot(code) });
    await expect.poll(() => heard(page)).not.toBe('');
    setOnline(page, false);
    const all = listen(page);
    nextStepOf(page)?.focus();
    nextStepOf(page)?.click();
    await expect.poll(() => all).toEqual(['You’re offline.']);
    expect(focused(page)?.localName).not.toBe('body');
    setOnline(page, true);
    expect(page.document.activeElement).toBe(page.card);
    await expect.poll(() => page.window.location.href).toBe(`${location.origin}/fi/auth`);
  });
}

test('less and more room: from the face to the expanded view and back', async () => {
  const page = await openCard({ boot: bootOf(threeAccounts) });
  for (const height of [800, 300]) {
    focusOn(page);
    await page.resize({ width: 512, height });
    await expect.poll(() => find(page.card, height === 800 ? 'expanded-view' : 'card-face')).toBeDefined();
    await page.resize({ width: 512, height });
    expect(focused(page)?.localName).not.toBe('body');
  }
});

test('a minute that goes by leaves the focus on the way to the rest', async () => {
  const five = summaryOf(5);
  const page = await openCard({ boot: bootOf(five), height: 200 });
  const more = () => find(page.card, '.more') as HTMLElement | undefined;
  // While the host may still answer with another height, the footer is hidden.
  await expect.poll(() => find(page.card, '.asking')).toBeUndefined();
  more()?.focus();
  expect(focused(page)).toBe(more());
  comeBack(page, 60_000);
  await page.resize({ width: 512, height: 201 });
  expect(focused(page)).toBe(more());
});

/** The next step where there is one, else the last link. */
function focusOn(page: CardFrame): void {
  const target = nextStepOf(page) ?? (find(page.card, '.row') as HTMLElement | undefined);
  target?.focus();
  expect(focused(page)).toBe(target);
}
