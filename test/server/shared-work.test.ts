/** Work under way is shared by key and by the holder it was begun at; a leaver is told, and only the last one cancels. */
import { expect, test } from 'vitest';
import { createCurrentSummary } from '../../server/accounts/current-summary.ts';
import type { AccountSummary } from '../../server/contract.ts';
import type { Institution } from '../../server/institution.ts';
import type { FreshTokens } from '../../server/session/fresh-token.ts';
import type { Session, Sessions } from '../../server/session/session.ts';
import { createSharedWork } from '../../server/shared-work.ts';

const stays = () => new AbortController().signal;

/** Work that the test ends, and whose cancellation it sees. */
function scripted() {
  const begun: (PromiseWithResolvers<string> & { signal: AbortSignal })[] = [];
  const begin = (signal: AbortSignal) => {
    const work = Promise.withResolvers<string>();
    begun.push({ ...work, signal });
    return work.promise;
  };
  return { begun, begin, shared: createSharedWork<string>() };
}

test('one key is one piece of work, two keys are two', async () => {
  const { begun, begin, shared } = scripted();
  const asked = ['a', 'a', 'b'].map((key) => shared.join(key, begin, stays()));
  for (const [index, { resolve }] of begun.entries()) resolve(`work ${index}`);
  expect(await Promise.all(asked)).toEqual(['work 0', 'work 0', 'work 1']);
});

test('a leaver is told at once; the work is cancelled when nobody waits any more', async () => {
  const { begun, begin, shared } = scripted();
  const clients = [new AbortController(), new AbortController()];
  const asked = clients.map(({ signal }) => shared.join('a', begin, signal));

  clients[0]?.abort();
  await expect(asked[0]).rejects.toMatchObject({ code: 'BANK_UNAVAILABLE', reason: 'cancelled' });
  expect(begun[0]?.signal.aborted).toBe(false);
  clients[1]?.abort();
  await expect(asked[1]).rejects.toMatchObject({ reason: 'cancelled' });
  expect(begun[0]?.signal.aborted).toBe(true);

  const next = shared.join('a', begin, stays());
  begun[0]?.reject(new Error('cancelled late'));
  begun[1]?.resolve('next');
  expect(await next).toBe('next');
});

test('whoever left before asking cancels what was begun for nobody else', async () => {
  const { begun, begin, shared } = scripted();
  await expect(shared.join('a', begin, AbortSignal.abort())).rejects.toMatchObject({ reason: 'cancelled' });
  expect(begun[0]?.signal.aborted).toBe(true);
});

test('closed work still ends for those who wait, and is joined by nobody', async () => {
  const { begun, begin, shared } = scripted();
  const before = shared.join('a', begin, stays());
  shared.close('a');
  const after = shared.join('a', begin, stays());
  begun[0]?.resolve('old');
  expect(await before).toBe('old');
  const joined = shared.join('a', begin, stays());
  begun[1]?.resolve('new');
  expect([await after, await joined]).toEqual(['new', 'new']);
  expect(begun).toHaveLength(2);
});

test('sessions of two institutions never share, whatever their ids', async () => {
  const asked: Institution[] = [];
  const summary = createCurrentSummary({
    sessions: {} as Sessions,
    freshTokens: { of: async ({ tokens }) => tokens } as FreshTokens,
    readSummary: async (institution) => {
      asked.push(institution);
      return { order: [institution.id] } as AccountSummary;
    },
  });
  const sessions = ['one', 'two'].map(
    (id) => ({ id: 'same', institution: { id } as Institution }) as Session,
  );
  const answers = await Promise.all(sessions.map((session) => summary.read(session, stays())));
  expect(answers.map(({ order }) => order)).toEqual([['one'], ['two']]);
  expect(asked).toHaveLength(2);
});
