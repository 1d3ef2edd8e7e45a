/** Whatever the page or the API brings as JSON: data of the right form, or a problem the card can draw; never a throw, never a foreign address. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { takeBoot } from '../../card/boot.ts';
import { resultOf } from '../../card/read-result.ts';
import { isTransactionPage } from '../../card/transaction-page.ts';
import { bootOf, threeAccounts } from './support/summaries.ts';

const good = JSON.parse(JSON.stringify(bootOf(threeAccounts))) as Record<string, unknown>;
const address = fc.oneof(
  fc.constantFrom(
    'javascript:alert(1)',
    'data:text/html,x',
    '//evil.example',
    'https://evil.example/auth',
    '\\\\evil',
    '',
  ),
  fc.webUrl(),
  fc.jsonValue({ maxDepth: 1 }),
);
/** A right value with some of its members replaced, wherever they are. */
function spoilt(value: unknown): fc.Arbitrary<unknown> {
  if (Array.isArray(value)) return value.length === 0 ? fc.constant([]) : fc.tuple(...value.map(spoilt));
  const other = fc.jsonValue({ maxDepth: 1 });
  if (typeof value !== 'object' || value === null)
    return fc.oneof({ weight: 30, arbitrary: fc.constant(value) }, { weight: 1, arbitrary: other });
  const members = Object.entries(value).map(([name, member]) => [name, spoilt(member)] as const);
  return fc.oneof(
    { weight: 30, arbitrary: fc.record(Object.fromEntries(members)) },
    { weight: 1, arbitrary: other },
  );
}
const boot = fc.oneof(
  spoilt(good).map((value) => JSON.stringify(value)),
  fc.tuple(spoilt(good), address, address).map(([value, again, link]) =>
    JSON.stringify({
      ...(value as object),
      again,
      links: { dashboard: link, accounts: link, expanded: again },
    }),
  ),
  fc.tuple(fc.constant(JSON.stringify(good)), fc.nat()).map(([text, at]) => text.slice(0, at % text.length)),
  fc.json(),
  fc.string(),
);

test('any card-boot is a start with data, or a problem; every address is the card’s own, or the web’s', () => {
  fc.assert(
    fc.property(boot, (json) => {
      const page = document.implementation.createHTMLDocument();
      const base = page.createElement('base');
      base.href = `${location.origin}/fi/auth/callback?code=x`;
      const element = Object.assign(page.createElement('script'), {
        id: 'card-boot',
        type: 'application/json',
      });
      element.textContent = json;
      page.head.append(base, element);

      const start = takeBoot(page);

      expect(page.getElementById('card-boot')).toBeNull();
      expect(typeof start.state.kind).toBe('string');
      if (start.state.kind === 'ready') expect(typeof start.session).toBe('string');
      const { again, links } = start.page;
      for (const own of [again, links?.expanded ?? null])
        if (own !== null) expect(new URL(own).origin).toBe(location.origin);
      for (const web of [links?.dashboard, links?.accounts])
        if (web !== undefined) expect(new URL(web).protocol).toMatch(/^https?:$/);
    }),
    { numRuns: 300 },
  );
});

test('any answer of the API is a summary whole, or a problem', () => {
  const body = fc.oneof(spoilt(good['summary']), fc.jsonValue());
  fc.assert(
    fc.property(body, fc.boolean(), fc.integer({ min: 200, max: 599 }), (value, ok, status) => {
      const result = resultOf({ ok, status, body: value });
      if (result.kind === 'summary') {
        expect(ok).toBe(true);
        for (const { accounts } of result.summary.groups)
          for (const { id, balance } of accounts)
            expect([typeof id, balance === null || typeof balance.amount]).toEqual([
              'string',
              balance === null || 'string',
            ]);
      } else expect(result.kind).toBe('problem');
      expect(typeof isTransactionPage(value)).toBe('boolean');
    }),
    { numRuns: 300 },
  );
});
