/** Both stores: sessions end on time and stay ended, attempts are used once, and nobody's sessions pile up. */
import { expect } from 'vitest';
import type { SessionRecord, SessionStore } from '../../../server/session/store.ts';
import { inBothStores } from '../../support/stores.ts';

const LIMIT = 5;

function record(clock: { ms: number }, members: Partial<SessionRecord> = {}): SessionRecord {
  return {
    institutionId: 'example-fi',
    owner: 'owner-1',
    bindingHash: 'binding',
    sealed: 'sealed',
    createdAtMs: clock.ms,
    expiresAtMs: clock.ms + 600_000,
    idle: null,
    version: 1,
    ...members,
  };
}

/** Which of the sessions s0, s1, … are alive. */
async function alive(store: SessionStore, count: number): Promise<number[]> {
  const numbers = Array.from({ length: count }, (_, number) => number);
  const found = await Promise.all(numbers.map((number) => store.get(`s${number}`)));
  return numbers.filter((number) => found[number] !== undefined);
}

inBothStores('a session is found as it was added, until it is removed', async ({ store, clock }) => {
  expect(await store.get('id')).toBeUndefined();
  for (const members of [{}, { bindingHash: null, idle: { lifeMs: 1_000, endsAtMs: clock.ms + 9_000 } }]) {
    await store.add('id', record(clock, members), LIMIT);
    expect(await store.get('id')).toEqual(record(clock, members));
    await store.remove('id');
    expect(await store.get('id')).toBeUndefined();
    await store.remove('id');
  }
});

inBothStores('a session ends at its time', async ({ store, clock, pass }) => {
  await store.add('id', record(clock), LIMIT);
  await pass(590_000);
  expect(await store.get('id')).toBeDefined();
  await pass(10_000);
  expect(await store.get('id')).toBeUndefined();
  clock.ms -= 300_000;
  expect(await store.get('id')).toBeUndefined();
});

inBothStores(
  'a change reaches tokens and expiry, counts up, and nothing else',
  async ({ store, clock, pass }) => {
    await store.add('id', record(clock), LIMIT);
    const before = record(clock);
    await pass(1_000);
    const change = { sealed: 'renewed', expiresAtMs: clock.ms + 900_000 };
    expect(await store.change('id', 1, change)).toBe(true);
    expect(await store.get('id')).toEqual({ ...before, ...change, version: 2 });
    await pass(890_000);
    expect(await store.get('id')).toBeDefined();
  },
);

inBothStores('a change may shorten a life', async ({ store, clock }) => {
  await store.add('id', record(clock), LIMIT);
  await store.change('id', 1, { sealed: 'renewed', expiresAtMs: clock.ms });
  expect(await store.get('id')).toBeUndefined();
});

inBothStores('of many changes of one version, one comes true', async ({ store, clock }) => {
  await store.add('id', record(clock), LIMIT);
  const changes = Array.from({ length: 20 }, (_, number) =>
    store.change('id', 1, { sealed: `sealed-${number}`, expiresAtMs: clock.ms + 600_000 }),
  );
  const answers = await Promise.all(changes);
  expect(answers.filter(Boolean)).toHaveLength(1);
  expect(await store.get('id')).toMatchObject({ sealed: `sealed-${answers.indexOf(true)}`, version: 2 });
});

inBothStores(
  'a late writer brings back neither a removed, nor an expired, nor an unknown session',
  async ({ store, clock, pass }) => {
    await store.add('removed', record(clock), LIMIT);
    await store.remove('removed');
    await store.add('expired', record(clock, { expiresAtMs: clock.ms + 1_000 }), LIMIT);
    await pass(1_000);
    for (const id of ['removed', 'expired', 'unknown']) {
      const late = { sealed: 'late', expiresAtMs: clock.ms + 9_000_000 };
      expect(await store.change(id, 1, late)).toBe(false);
      expect(await store.get(id)).toBeUndefined();
    }
  },
);

inBothStores('a late writer brings back no session that was pushed out', async ({ store, clock }) => {
  for (let count = 0; count <= LIMIT; count += 1) await store.add(`s${count}`, record(clock), LIMIT);
  await store.change('s0', 1, { sealed: 'late', expiresAtMs: clock.ms + 9_000_000 });
  expect(await store.get('s0')).toBeUndefined();
});

inBothStores('an owner has five sessions, the oldest out', async ({ store, clock }) => {
  for (let count = 0; count < 12; count += 1) await store.add(`s${count}`, record(clock), LIMIT);
  expect(await alive(store, 12)).toEqual([7, 8, 9, 10, 11]);
});

inBothStores('neither a renewal nor a use makes a session younger', async ({ store, clock }) => {
  const idle = { lifeMs: 600_000, endsAtMs: clock.ms + 3_600_000 };
  for (let count = 0; count < 5; count += 1) await store.add(`s${count}`, record(clock, { idle }), LIMIT);
  await store.change('s0', 1, { sealed: 'renewed', expiresAtMs: clock.ms + 900_000 });
  await store.use('s0', record(clock));
  await store.add('s5', record(clock), LIMIT);
  expect(await alive(store, 6)).toEqual([1, 2, 3, 4, 5]);
});

inBothStores('ended and removed sessions take nobody’s place', async ({ store, clock, pass }) => {
  for (let count = 0; count < 4; count += 1) await store.add(`s${count}`, record(clock), LIMIT);
  await store.add('s4', record(clock, { expiresAtMs: clock.ms + 1_000 }), LIMIT);
  await store.remove('s3');
  await pass(1_000);
  await store.add('s5', record(clock), LIMIT);
  await store.add('s6', record(clock), LIMIT);
  expect(await alive(store, 7)).toEqual([0, 1, 2, 5, 6]);
});

inBothStores('all sessions of an owner may end, and new ones begin', async ({ store, clock, pass }) => {
  for (let count = 0; count < 5; count += 1)
    await store.add(`s${count}`, record(clock, { expiresAtMs: clock.ms + 1_000 }), LIMIT);
  await pass(1_000);
  for (let count = 5; count < 11; count += 1) await store.add(`s${count}`, record(clock), LIMIT);
  expect(await alive(store, 11)).toEqual([6, 7, 8, 9, 10]);
});

inBothStores('one owner’s sessions push out nobody else’s', async ({ store, clock }) => {
  await store.add('s0', record(clock, { owner: 'owner-2' }), LIMIT);
  for (let count = 1; count < 50; count += 1) await store.add(`s${count}`, record(clock), LIMIT);
  expect(await alive(store, 50)).toEqual([0, 45, 46, 47, 48, 49]);
});

inBothStores('G14 G15 a use begins the idle time anew, to the absolute end at the latest', async (stage) => {
  const { store, clock, pass } = stage;
  const idle = { lifeMs: 600_000, endsAtMs: clock.ms + 1_500_000 };
  const mine = record(clock, { idle });
  await store.add('id', mine, LIMIT);
  await pass(500_000);
  expect(await store.use('id', mine)).toEqual({ ...mine, expiresAtMs: clock.ms + 600_000 });
  await pass(590_000);
  expect(await store.use('id', mine)).toEqual({ ...mine, expiresAtMs: idle.endsAtMs });
  await pass(400_000);
  expect(await store.use('id', mine)).toBeDefined();
  await pass(10_000);
  expect(await store.use('id', mine)).toBeUndefined();
});

inBothStores('only its own caller uses a session', async ({ store, clock, pass }) => {
  const mine = record(clock, { idle: { lifeMs: 600_000, endsAtMs: clock.ms + 3_600_000 } });
  await store.add('id', mine, LIMIT);
  await pass(100_000);
  for (const caller of [
    { institutionId: 'other-fi', bindingHash: 'binding' },
    { institutionId: 'example-fi', bindingHash: 'another' },
    { institutionId: 'example-fi', bindingHash: null },
  ])
    expect(await store.use('id', caller)).toEqual(mine);
  expect(await store.get('id')).toEqual(mine);
});

inBothStores(
  'a session without an idle time lives as long as it did, however often it is used',
  async (stage) => {
    const { store, clock, pass } = stage;
    await store.add('id', record(clock), LIMIT);
    const before = record(clock);
    await pass(100_000);
    expect(await store.use('id', before)).toEqual(before);
  },
);
