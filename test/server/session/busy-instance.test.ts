/** An instance that stood still for a while finds the store's answers, and does not take its own pause for the store's. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect } from 'vitest';
import { guardStore } from '../../../server/session/store-guard.ts';
import { createValkeyStore } from '../../../server/session/valkey-store.ts';
import { connectTo } from '../../support/stores.ts';
import { startAnyValkey, testWithValkey } from '../../support/valkey.ts';

const PAUSE_MS = 500;
/** Busy for a tenth of a second, in Lua, and nobody is answered meanwhile. */
const BUSY = `
local function now() local t = redis.call('TIME'); return t[1] * 1000 + t[2] / 1000 end
local untilMs = now() + 100
while now() < untilMs do end`;

testWithValkey('H10 an answer that came while the instance stood still is an answer', async () => {
  const valkey = await startAnyValkey();
  const store = guardStore(createValkeyStore(await connectTo(valkey.url)));
  expect(await store.useOnce('first', 60_000)).toBe(true);

  const busy = valkey.admin.eval(BUSY, 0);
  await nextTurn();
  const asked = store.useOnce('second', 60_000);
  await nextTurn();
  const standsUntilMs = performance.now() + PAUSE_MS;
  while (performance.now() < standsUntilMs);

  expect(await asked).toBe(true);
  await busy;
  await store.close();
  await valkey.close();
});
