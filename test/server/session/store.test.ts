/** The memory store: sessions end on time and stay ended, attempts are used once, and nobody's sessions pile up. */
import { afterEach, expect, test, vi } from 'vitest';
import { createMemoryStore, type SessionRecord, type SessionStore } from '../../../server/session/store.ts';

const LIMIT = 5;
const clock = { ms: 0 };
const stores: SessionStore[] = [];

function store(): SessionStore {
  clock.ms = 1_000_000;
  const created = createMemoryStore(() => clock.ms);
  stores.push(created);
  return created;
}

afterEach(async () => {
  for (const created of stores.splice(0)) await created.close();
});

function record(members: Partial<SessionRecord> = {}): SessionRecord {
  return {
    institutionId: 'example-fi',
    owner: 'owner-1',
    bindingHash: 'binding',
    sealed: 'sealed',
    createdAtMs: clock.ms,
    expiresAtMs: clock.ms + 600_000,
    ...members,
  };
}

test('a session is found as it was added, until it is removed', async () => {
  const sessions = store();
  expect(await sessions.get('id')).toBeUndefined();
  await sessions.add('id', record(), LIMIT);
  expect(await sessions.get('id')).toEqual(record());
  await sessions.remove('id');
  expect(await sessions.get('id')).toBeUndefined();
  await sessions.remove('id');
});

test('a session ends at its time to the millisecond', async () => {
  const sessions = store();
  await sessions.add('id', record(), LIMIT);
  clock.ms += 599_999;
  expect(await sessions.get('id')).toBeDefined();
  clock.ms += 1;
  expect(await sessions.get('id')).toBeUndefined();
  clock.ms -= 300_000;
  expect(await sessions.get('id')).toBeUndefined();
});

test('a change reaches tokens and expiry, and nothing else', async () => {
  const sessions = store();
  await sessions.add('id', record(), LIMIT);
  const before = record();
  clock.ms += 1_000;
  await sessions.change('id', { sealed: 'renewed', expiresAtMs: clock.ms + 900_000 });
  expect(await sessions.get('id')).toEqual({ ...before, sealed: 'renewed', expiresAtMs: clock.ms + 900_000 });
  clock.ms += 899_999;
  expect(await sessions.get('id')).toBeDefined();
});

test('a change may shorten a life', async () => {
  const sessions = store();
  await sessions.add('id', record(), LIMIT);
  await sessions.change('id', { sealed: 'renewed', expiresAtMs: clock.ms });
  expect(await sessions.get('id')).toBeUndefined();
});

test('a late writer brings back neither a removed, nor an expired, nor an unknown session', async () => {
  const sessions = store();
  const late = { sealed: 'late', expiresAtMs: clock.ms + 9_000_000 };
  await sessions.add('removed', record(), LIMIT);
  await sessions.remove('removed');
  await sessions.add('expired', record({ expiresAtMs: clock.ms + 1 }), LIMIT);
  clock.ms += 1;
  for (const id of ['removed', 'expired', 'unknown']) {
    await sessions.change(id, late);
    expect(await sessions.get(id)).toBeUndefined();
  }
});

test('a late writer brings back no session that was pushed out', async () => {
  const sessions = store();
  for (let count = 0; count <= LIMIT; count += 1) await sessions.add(`s${count}`, record(), LIMIT);
  await sessions.change('s0', { sealed: 'late', expiresAtMs: clock.ms + 9_000_000 });
  expect(await sessions.get('s0')).toBeUndefined();
});

/** Which of the sessions s0, s1, … are alive. */
async function alive(sessions: SessionStore, count: number): Promise<number[]> {
  const numbers = Array.from({ length: count }, (_, number) => number);
  const found = await Promise.all(numbers.map((number) => sessions.get(`s${number}`)));
  return numbers.filter((number) => found[number] !== undefined);
}

test('an owner has five sessions, the oldest out', async () => {
  const sessions = store();
  for (let count = 0; count < 8; count += 1) {
    clock.ms += 1;
    await sessions.add(`s${count}`, record(), LIMIT);
  }
  expect(await alive(sessions, 8)).toEqual([3, 4, 5, 6, 7]);
});

test('a renewal makes a session no younger', async () => {
  const sessions = store();
  for (let count = 0; count < 5; count += 1) await sessions.add(`s${count}`, record(), LIMIT);
  await sessions.change('s0', { sealed: 'renewed', expiresAtMs: clock.ms + 900_000 });
  await sessions.add('s5', record(), LIMIT);
  expect(await alive(sessions, 6)).toEqual([1, 2, 3, 4, 5]);
});

test('ended and removed sessions take nobody’s place', async () => {
  const sessions = store();
  for (let count = 0; count < 4; count += 1) await sessions.add(`s${count}`, record(), LIMIT);
  await sessions.add('s4', record({ expiresAtMs: clock.ms + 1 }), LIMIT);
  await sessions.remove('s3');
  clock.ms += 1;
  await sessions.add('s5', record(), LIMIT);
  await sessions.add('s6', record(), LIMIT);
  expect(await alive(sessions, 7)).toEqual([0, 1, 2, 5, 6]);
});

test('all sessions of an owner may end, and new ones begin', async () => {
  const sessions = store();
  for (let count = 0; count < 5; count += 1)
    await sessions.add(`s${count}`, record({ expiresAtMs: clock.ms + 1 }), LIMIT);
  clock.ms += 1;
  for (let count = 5; count < 11; count += 1) await sessions.add(`s${count}`, record(), LIMIT);
  expect(await alive(sessions, 11)).toEqual([6, 7, 8, 9, 10]);
});

test('one owner’s sessions push out nobody else’s', async () => {
  const sessions = store();
  await sessions.add('s0', record({ owner: 'owner-2' }), LIMIT);
  for (let count = 1; count < 50; count += 1) await sessions.add(`s${count}`, record(), LIMIT);
  expect(await alive(sessions, 50)).toEqual([0, 45, 46, 47, 48, 49]);
});

test('a key is used once within its life, and is free again after it', async () => {
  const sessions = store();
  expect(await sessions.useOnce('key', 660_000)).toBe(true);
  expect(await sessions.useOnce('key', 660_000)).toBe(false);
  expect(await sessions.useOnce('other', 660_000)).toBe(true);
  clock.ms += 659_999;
  expect(await sessions.useOnce('key', 660_000)).toBe(false);
  clock.ms += 1;
  expect(await sessions.useOnce('key', 660_000)).toBe(true);
});

test('a second use does not lengthen the first one’s life', async () => {
  const sessions = store();
  await sessions.useOnce('key', 1_000);
  clock.ms += 999;
  await sessions.useOnce('key', 1_000);
  clock.ms += 1;
  expect(await sessions.useOnce('key', 1_000)).toBe(true);
});

test('of a hundred at once, one uses the key', async () => {
  const sessions = store();
  const answers = await Promise.all(Array.from({ length: 100 }, () => sessions.useOnce('key', 1_000)));
  expect(answers.filter(Boolean).length).toBe(1);
});

test('keys and sessions of one name are apart', async () => {
  const sessions = store();
  await sessions.add('name', record(), LIMIT);
  expect(await sessions.useOnce('name', 1_000)).toBe(true);
  await sessions.remove('name');
  expect(await sessions.useOnce('name', 1_000)).toBe(false);
});

test('what nobody asks for any more is swept away', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  const sessions = store();
  await sessions.add('id', record(), LIMIT);
  await sessions.useOnce('key', 600_000);
  clock.ms += 600_000;
  vi.advanceTimersByTime(15_000);
  clock.ms -= 1;
  expect([await sessions.get('id'), await sessions.useOnce('key', 1)]).toEqual([undefined, true]);
  await sessions.close();
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

test('a store tells the real time unless told otherwise', async () => {
  const sessions = createMemoryStore();
  stores.push(sessions);
  await sessions.add('past', record({ expiresAtMs: Date.now() - 1 }), LIMIT);
  await sessions.add('future', record({ expiresAtMs: Date.now() + 60_000 }), LIMIT);
  expect([await sessions.get('past'), (await sessions.get('future'))?.sealed]).toEqual([undefined, 'sealed']);
});
