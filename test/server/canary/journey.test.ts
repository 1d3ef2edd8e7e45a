/** Marked secrets all the way, in the process: none of them in a log, a page beyond its data, an error or the store. */
import { expect, onTestFinished, test } from 'vitest';
import type { SessionStore } from '../../../server/session/store.ts';
import { travel } from './journey.ts';
import { NEXT_REFRESH_TOKEN, PATHS, SHOWN } from './marked.ts';
import { startMarkedCard } from './marked-card.ts';
import { expectNothingIn } from './output.ts';

/** Everything that goes into the store and comes out of it. */
function overheard(store: SessionStore, into: string[]): SessionStore {
  const listen = <T>(name: keyof SessionStore, args: unknown[], answer: Promise<T>): Promise<T> => {
    into.push(JSON.stringify([name, ...args]));
    return answer.then((value) => {
      into.push(JSON.stringify(value ?? null));
      return value;
    });
  };
  return {
    useOnce: (...args) => listen('useOnce', args, store.useOnce(...args)),
    add: (...args) => listen('add', args, store.add(...args)),
    get: (...args) => listen('get', args, store.get(...args)),
    use: (...args) => listen('use', args, store.use(...args)),
    change: (...args) => listen('change', args, store.change(...args)),
    remove: (...args) => listen('remove', args, store.remove(...args)),
    lease: (...args) => listen('lease', args, store.lease(...args)),
    release: (...args) => listen('release', args, store.release(...args)),
    close: () => store.close(),
  };
}

test('J07 J08 the whole journey leaves no secret behind', async () => {
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

  expectSilence();
  expectNothingIn(kept.join('\n'), journey, card.bank);
});
