/** `state` and `again` as they travel through a browser: any change makes them nothing, and nothing of them is ever a crash. */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openAgain, openAttempt, sealAgain } from '../../../server/sign-in/attempt.ts';
import { createVault } from '../../../server/vault.ts';
import { institutionWith } from '../../support/institution.ts';
import { bootOf, callbackUrl, FRAMED, startTestCard, type TestCard } from '../../support/test-card.ts';

let card: TestCard;
beforeAll(async () => {
  card = await startTestCard();
});
afterAll(() => card.close());

/** Somewhere a sign more, less, or another one. */
const change = fc.record({
  at: fc.nat(),
  kind: fc.constantFrom('replace', 'insert', 'remove', 'cut', 'repeat'),
  sign: fc.stringMatching(/^[A-Za-z0-9_=+./~-]$/),
});

function changed(text: string, { at, kind, sign }: { at: number; kind: string; sign: string }): string {
  const place = at % text.length;
  const [before, after] = [text.slice(0, place), text.slice(place + 1)];
  switch (kind) {
    case 'replace':
      return before + sign + after;
    case 'insert':
      return before + sign + text.slice(place);
    case 'remove':
      return before + after;
    case 'cut':
      return before;
    default:
      return text + before;
  }
}

test('a state that was changed anywhere is none: one calm page, and the bank is not asked', async () => {
  const { state, cookie } = await card.begin();
  await fc.assert(
    fc.asyncProperty(change, async (how) => {
      const other = changed(state, how);
      if (other === state) return;
      const answer = await card.get(callbackUrl(other, card.bank), { ...FRAMED, cookie });
      expect([answer.statusCode, bootOf(answer).problem?.code]).toEqual([400, 'SIGN_IN_FAILED']);
    }),
    { numRuns: 100 },
  );
  expect(card.bank.requests.filter(({ path }) => path.endsWith('/token'))).toEqual([]);
  const right = await card.get(callbackUrl(state, card.bank), { ...FRAMED, cookie });
  expect(bootOf(right).session).toBeDefined();
});

test('an again that was changed anywhere counts as absent', () => {
  const [vault, institution] = [createVault([Buffer.alloc(32, 7)]), institutionWith()];
  fc.assert(
    fc.property(change, fc.integer({ min: 1, max: 9 }), (how, restarts) => {
      const sealed = sealAgain(vault, institution, restarts, 1_000);
      expect(openAgain(vault, institution, sealed, 1_000)).toBe(restarts);
      const other = changed(sealed, how);
      if (other !== sealed) expect(openAgain(vault, institution, other, 1_000)).toBe(0);
    }),
    { numRuns: 300 },
  );
});

test('what is sealed for one thing is nothing for the other, whatever JSON it holds', () => {
  const [vault, institution] = [createVault([Buffer.alloc(32, 7)]), institutionWith()];
  fc.assert(
    fc.property(fc.json(), fc.constantFrom('attempt', 'again', 'session'), (json, purpose) => {
      const sealed = vault.seal({ purpose, institutionId: institution.id }, json);
      const isAttempt = isObject(json) && 'codeVerifier' in JSON.parse(json);
      if (!isAttempt) expect(openAttempt(vault, institution, sealed)).toBeUndefined();
      expect(Number.isInteger(openAgain(vault, institution, sealed, 0))).toBe(true);
      if (purpose !== 'again') expect(openAgain(vault, institution, sealed, 0)).toBe(0);
    }),
    { numRuns: 300 },
  );
});

function isObject(json: string): boolean {
  const value: unknown = JSON.parse(json);
  return typeof value === 'object' && value !== null;
}
