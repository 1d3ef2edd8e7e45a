/** Marked secrets all the way, in the process: none of them in a log, a page beyond its data, an error or the store. */
import { expect, onTestFinished, test } from 'vitest';
import type { SessionStore } from '../../../server/session/store.ts';
import { travel } from './journey.ts';
import { NEXT_REFRESH_TOKEN, PATHS, SHOWN } from './marked.ts';
import { startMarkedCard } from './marked-card.ts';
import { expectNothingIn } from './output.ts';

/** Everything that goes into the store and comes out of it. */
function overheard(store: SessionStore, into: string[]): SessionStore {
  return new Proxy(store, {
    get(target, name) {
      const method = Reflect.get(target, name) as (...args: unknown[]) => Promise<unknown>;
      return async (...args: unknown[]) => {
        const answer = await method(...args);
        into.push(JSON.stringify([String(name), args, answer]));
        return answer;
      };
    },
  });
}

test('J08 the whole journey leaves no secret behind', async () => {
  const kept: string[] = [];
  const { card, journey, expectSilence } = await startMarkedCard((store) => overheard(store, kept));
  onTestFinished(() => card.close());

  await travel(journey, card.bank, (ms) => {
    card.clock.aheadMs = ms;
  });

  // It was a whole journey: everything that is marked has been there.
  expect(journey.others.map(({ status }) => status)).toEqual([302, 302, 204, 204, 204, 401]);
  const pages = journey.shown.map(({ body }) => body).join('\n');
  for (const text of Object.values(SHOWN)) expect(pages).toContain(text);
  const revoked = () =>
    card.bank.requests.filter(({ path }) => path === PATHS.revocation).map(({ body }) => body);
  await expect.poll(() => revoked().join()).toContain(NEXT_REFRESH_TOKEN);
  expect(card.logs.join('').match(/"msg":"request"/g)?.length).toBeGreaterThan(12);
  expect(kept.join()).toContain('sealed');

  await expectSilence();
  expectNothingIn(kept.join('\n'), journey, card.bank);
});
