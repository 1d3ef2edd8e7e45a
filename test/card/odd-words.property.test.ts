/** Whatever words an answer has in the right places: both views draw them, and nothing of the language's own inside. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isAccountSummary } from '../../card/summary-check.ts';
import type { AccountSummary } from '../../server/contract.ts';
import { nextFrames, openCard } from './support/card-page.ts';
import { find, words } from './support/layout.ts';
import { account, bootOf, threeAccounts } from './support/summaries.ts';

const KINDS = ['money', 'date', 'percentage', 'count', 'text'] as const;
const detailed = account({
  details: KINDS.map((kind) => ({ label: null, meaning: 'opened', value: '1.50', kind })),
});
const summary: AccountSummary = {
  ...threeAccounts,
  groups: [{ kind: 'cash', subtotal: null, accounts: [detailed] }, ...threeAccounts.groups],
};
const oddWord = fc.constantFrom(
  '__proto__',
  'constructor',
  'toString',
  '',
  ' ',
  '-',
  'NaN',
  '1e9',
  '-0',
  '9'.repeat(400),
  `0.${'1'.repeat(300)}`,
  'ZZZ',
  '2026-02-30',
  '9999-12-31',
  '+275760-09-13T00:00:00Z',
  '\u202e',
  '\ud800',
);

/** Every text may be another one. */
function spoilt(value: unknown): fc.Arbitrary<unknown> {
  if (typeof value === 'string')
    return fc.oneof({ weight: 4, arbitrary: fc.constant(value) }, { weight: 1, arbitrary: oddWord });
  if (Array.isArray(value)) return value.length === 0 ? fc.constant([]) : fc.tuple(...value.map(spoilt));
  if (typeof value !== 'object' || value === null) return fc.constant(value);
  return fc.record(Object.fromEntries(Object.entries(value).map(([name, one]) => [name, spoilt(one)])));
}

test.for(['face', 'expanded'] as const)('the view %s', async (view) => {
  const page = await openCard({ boot: bootOf(threeAccounts, { view }), height: 400 });
  await expect.poll(() => find(page.card, view === 'face' ? 'card-face' : 'expanded-view')).toBeDefined();
  await fc.assert(
    fc.asyncProperty(spoilt(summary), async (odd) => {
      expect(isAccountSummary(odd)).toBe(true);
      Object.assign(page.card, { cardState: { kind: 'ready', summary: odd, notice: null } });
      await nextFrames(page.window);
      expect(words(page.card)).not.toMatch(/short break|\[object|native code|undefined|Infinity/);
    }),
    { numRuns: 40 },
  );
});
