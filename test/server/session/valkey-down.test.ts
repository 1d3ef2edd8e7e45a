/** A Valkey that is down, slow or back again, as a customer meets it: 503 soon, nothing kept elsewhere, well by itself. */
import { expect, onTestFinished } from 'vitest';
import {
  begin,
  environmentOf,
  expectUnavailable,
  pageOf,
  signIn,
  startInstance,
  startSharedBank,
} from '../../support/instances.ts';
import { startTcpFaultProxy } from '../../support/tcp-fault-proxy.ts';
import { bootOf, FRAMED } from '../../support/test-card.ts';
import { startAnyValkey, startValkey, testWithOwnValkey, testWithValkey } from '../../support/valkey.ts';

/** A dead connection is given up after a second, the next one made within another. */
const RECOVERY = { timeout: 4_000 };

/** An instance with a way to its Valkey that can fail. */
async function stage() {
  const valkey = await startAnyValkey();
  const proxy = await startTcpFaultProxy(valkey);
  const url = new URL(valkey.url);
  url.host = `127.0.0.1:${proxy.port}`;
  onTestFinished(async () => {
    await proxy.close();
    await valkey.close();
  });
  const bank = await startSharedBank();
  const instance = await startInstance(environmentOf(bank, url.href));
  return { proxy, bank, instance };
}

testWithValkey('H09 a store that goes down in the middle of a sign-in uses nothing up', async () => {
  const { proxy, bank, instance } = await stage();
  const { callback, cookie } = await begin(instance, bank);
  proxy.cut();

  await expectUnavailable(() => instance.ask(callback, { ...FRAMED, cookie }));
  expect(bank.requests.filter(({ path }) => path.endsWith('/token'))).toEqual([]);
  proxy.mend();
  await expect
    .poll(
      async () => pageOf(await instance.ask(callback, { ...FRAMED, cookie }), cookie).boot.session,
      RECOVERY,
    )
    .toBeDefined();
});

testWithValkey('H09 a store that goes down in the middle of a session ends none', async () => {
  const { proxy, bank, instance } = await stage();
  const { authorized } = await signIn(instance, bank);
  expect((await instance.ask('/api/accounts', authorized)).status).toBe(200);
  proxy.cut();

  for (const [method, path] of [
    ['GET', '/api/accounts'],
    ['GET', '/auth'],
    ['DELETE', '/api/session'],
  ] as const)
    await expectUnavailable(() => instance.ask(path, authorized, method));

  proxy.mend();
  await expect.poll(async () => (await instance.ask('/api/accounts', authorized)).status, RECOVERY).toBe(200);
});

testWithValkey('H10 a store that is 2 s late is 503 at 500 ms, and holds nobody else up', async () => {
  const { proxy, bank, instance } = await stage();
  const { authorized } = await signIn(instance, bank);
  proxy.delayMs = 2_000;

  let answered = 0;
  const calls = Array.from({ length: 30 }, () =>
    instance.ask('/api/accounts', authorized).finally(() => (answered += 1)),
  );
  expect((await instance.ask('/needs-no-store')).status).toBe(404);
  expect(answered).toBeLessThan(30);
  expect((await Promise.all(calls)).map(({ status }) => status)).toEqual(Array(30).fill(503));
  await expectUnavailable(() => instance.ask('/api/accounts', authorized));

  proxy.delayMs = 0;
  await expect.poll(async () => (await instance.ask('/api/accounts', authorized)).status, RECOVERY).toBe(200);
});

testWithValkey(
  'H10 a store that says nothing at all is 503 at 500 ms, and is given up for a new connection',
  async () => {
    const { proxy, bank, instance } = await stage();
    const { callback, cookie } = await begin(instance, bank);
    proxy.freeze();
    await expectUnavailable(() => instance.ask(callback, { ...FRAMED, cookie }));

    // What was asked on the old connection never arrives: the store comes back by a new one.
    proxy.mend();
    await expect
      .poll(async () => bootOf(await instance.ask(callback, { ...FRAMED, cookie })).session, {
        timeout: 4_000,
      })
      .toBeDefined();
  },
);

testWithOwnValkey('H10 a store that stands still and goes on has lost nothing', async () => {
  const valkey = await startValkey();
  onTestFinished(() => valkey.close());
  const bank = await startSharedBank();
  const instance = await startInstance(environmentOf(bank, valkey.url));
  const { authorized } = await signIn(instance, bank);
  valkey.child.kill('SIGSTOP');
  await expectUnavailable(() => instance.ask('/api/accounts', authorized));

  valkey.child.kill('SIGCONT');
  await expect.poll(async () => (await instance.ask('/api/accounts', authorized)).status, RECOVERY).toBe(200);
});

testWithValkey('an API call asks the store once, and waits for it once', async () => {
  const { proxy, bank, instance } = await stage();
  const { authorized } = await signIn(instance, bank);
  await instance.ask('/api/accounts', authorized);
  const before = proxy.roundTrips;

  expect((await instance.ask('/api/accounts', authorized)).status).toBe(200);

  expect(proxy.roundTrips - before).toBe(1);
});
