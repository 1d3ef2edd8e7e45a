/** A kept document: fetched once for all, renewed in the background, and still there when the bank is not. */
import { expect, test } from 'vitest';
import { createKept } from '../../server/kept.ts';

/** A bank that answers when the test says so, and a clock that the test moves. */
function scripted() {
  const clock = { ms: 1_000_000 };
  const calls: PromiseWithResolvers<string>[] = [];
  const load = () => {
    const call = Promise.withResolvers<string>();
    calls.push(call);
    return call.promise;
  };
  const kept = createKept(load, { lifeMs: 60_000, retryMs: 5_000, now: () => clock.ms });
  /** Ends the latest call, and lets everything that waits for it go on. */
  const settle = async (outcome: { value: string } | { error: Error }) => {
    const call = calls.at(-1);
    if ('value' in outcome) call?.resolve(outcome.value);
    else call?.reject(outcome.error);
    await call?.promise.catch(() => undefined);
    await new Promise(setImmediate);
  };
  return { kept, clock, calls, settle };
}

test('asks nothing until it is asked', () => {
  const { kept, calls } = scripted();
  expect(kept.known()).toBeUndefined();
  expect(calls.length).toBe(0);
});

test('many first askers share one call', async () => {
  const { kept, calls, settle } = scripted();
  const asked = [kept.get(), kept.get(), kept.get()];
  await settle({ value: 'document' });
  expect(await Promise.all(asked)).toEqual(['document', 'document', 'document']);
  expect(calls.length).toBe(1);
  expect(kept.known()).toBe('document');
});

test('a fresh document is not asked for again', async () => {
  const { kept, clock, calls, settle } = scripted();
  void kept.get();
  await settle({ value: 'document' });
  clock.ms += 60_000;
  expect(await kept.get()).toBe('document');
  expect(calls.length).toBe(1);
});

test('an old document is answered at once and renewed behind, by one call', async () => {
  const { kept, clock, calls, settle } = scripted();
  void kept.get();
  await settle({ value: 'old' });
  clock.ms += 60_001;
  expect([await kept.get(), await kept.get()]).toEqual(['old', 'old']);
  expect(calls.length).toBe(2);
  await settle({ value: 'new' });
  expect(await kept.get()).toBe('new');
  expect(calls.length).toBe(2);
});

test('the last good document outlives an outage, and the bank is asked now and then', async () => {
  const { kept, clock, calls, settle } = scripted();
  void kept.get();
  await settle({ value: 'good' });
  clock.ms += 60_001;
  await kept.get();
  await settle({ error: new Error('down') });
  expect(await kept.get()).toBe('good');
  clock.ms += 4_999;
  expect(await kept.get()).toBe('good');
  expect(calls.length).toBe(2);
  clock.ms += 1;
  expect(await kept.get()).toBe('good');
  expect(calls.length).toBe(3);
  await settle({ value: 'better' });
  expect(kept.known()).toBe('better');
  expect(await kept.get()).toBe('better');
});

test('without any good document every asker learns of the failure, the bank only now and then', async () => {
  const { kept, clock, calls, settle } = scripted();
  const asked = [kept.get(), kept.get()].map((answer) => expect(answer).rejects.toThrow('down'));
  await settle({ error: new Error('down') });
  await Promise.all(asked);
  await expect(kept.get()).rejects.toThrow('down');
  expect(calls.length).toBe(1);
  clock.ms += 5_000;
  const again = kept.get();
  expect(calls.length).toBe(2);
  await settle({ value: 'up' });
  expect(await again).toBe('up');
});

test('a failure is forgotten with the next good answer', async () => {
  const { kept, clock, calls, settle } = scripted();
  kept.get().catch(() => undefined);
  await settle({ error: new Error('down') });
  clock.ms += 5_000;
  void kept.get();
  await settle({ value: 'up' });
  clock.ms += 60_001;
  expect(await kept.get()).toBe('up');
  expect(calls.length).toBe(3);
});

test('a call that fails before it begins is a failure like any other', async () => {
  let calls = 0;
  const clock = { ms: 0 };
  const load = (): Promise<string> => {
    calls += 1;
    if (calls === 1) throw new Error('no address');
    return Promise.resolve('document');
  };
  const kept = createKept(load, { lifeMs: 60_000, retryMs: 5_000, now: () => clock.ms });
  await expect(kept.get()).rejects.toThrow('no address');
  clock.ms += 5_000;
  expect(await kept.get()).toBe('document');
});

test('each further failure doubles the wait, up to a limit, and a good answer ends it', async () => {
  const clock = { ms: 0 };
  const asked: number[] = [];
  let isUp = false;
  const load = async (): Promise<string> => {
    asked.push(clock.ms);
    if (!isUp) throw new Error('down');
    return 'document';
  };
  const kept = createKept(load, { lifeMs: 0, retryMs: 1_000, maxRetryMs: 10_000, now: () => clock.ms });
  for (; clock.ms < 36_000; clock.ms += 100) await kept.get().catch(() => undefined);
  expect(asked).toEqual([0, 1_000, 3_000, 7_000, 15_000, 25_000, 35_000]);
  isUp = true;
  clock.ms = 45_000;
  expect(await kept.get()).toBe('document');
  isUp = false;
  for (; clock.ms < 46_500; clock.ms += 100) await kept.get();
  expect(asked.slice(7)).toEqual([45_000, 45_100, 46_100]);
});

test('H19 a clock that is set back makes nobody wait longer for a bank that failed', async () => {
  const { kept, clock, calls, settle } = scripted();
  const first = expect(kept.get()).rejects.toThrow('down');
  await settle({ error: new Error('down') });
  await first;
  clock.ms -= 300_000;
  const second = kept.get();
  await settle({ value: 'document' });
  expect(await second).toBe('document');
  expect(calls.length).toBe(2);
});
