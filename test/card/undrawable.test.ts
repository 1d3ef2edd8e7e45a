/** What the card cannot draw: never an empty card, never an old drawing that no longer answers. */
import { expect, test } from 'vitest';
import { heard, openWithApi } from './support/card-api.ts';
import { type CardFrame, openCard } from './support/card-page.ts';
import { find, findAll, focused, words } from './support/layout.ts';
import { account, bootOf, threeAccounts } from './support/summaries.ts';

const only = (changes: object) => ({
  groups: [{ kind: 'cash', subtotal: null, accounts: [account(changes)] }],
});
const ODD_SUMMARIES: [name: string, changes: object][] = [
  ['an account that is none', { groups: [{ kind: 'cash', subtotal: null, accounts: [null] }] }],
  ['accounts that are no list', { groups: [{ kind: 'cash', subtotal: null, accounts: { length: 1 } }] }],
  ['no order', { order: undefined }],
  ['a name that is a number', only({ name: 5 })],
  [
    'a name that calls itself a template',
    only({ name: { _$litType$: 1, strings: ['<b>x</b>'], values: [] } }),
  ],
  ['totals without amounts', { assets: {}, owed: {} }],
];

test.for(ODD_SUMMARIES)('%s: one sentence, a way on, and the session ends', async ([, changes]) => {
  const { page, calls } = await openWithApi(() => new Response(null, { status: 204 }), {
    boot: bootOf({ ...threeAccounts, ...changes } as never),
  });
  expect(words(page.card)).toContain('This card is taking a short break. Try again');
  expect(page.violations).toEqual([]);
  await expect.poll(() => heard(page)).toBe('This card is taking a short break.');
  const hasSession = calls.length > 0;
  if (hasSession) expect(calls.map(({ method }) => method)).toEqual(['DELETE']);
  (find(page.card, 'button') as HTMLElement).click();
  await expect.poll(() => page.window.location.href).toBe(`${location.origin}/fi/auth`);
});

test('the expanded view, too, and whoever was in it stays in the card', async () => {
  const page = await openCard({ boot: bootOf(threeAccounts, { view: 'expanded' }), height: 900 });
  await expect.poll(() => findAll(page.card, '.group').length).toBe(2);
  (find(page.card, '.row') as HTMLElement).focus();
  spoil(page);
  await expect.poll(() => words(page.card)).toContain('This card is taking a short break.');
  expect(words(page.card)).not.toContain('Everyday');
  expect(focused(page)?.localName).toBe('main');
});

/** As a fault of the view's own would: its next drawing fails. */
function spoil({ card }: CardFrame): void {
  const view = find(card, 'expanded-view') as HTMLElement & { content: object };
  view.content = { ...view.content, summary: {} };
}
