/** A Valkey that is down, slow or back again, as a customer meets it: 503 soon, nothing kept elsewhere, well by itself. */
import { expect, onTestFinished } from 'vitest';
import {
  type Answer,
  begin,
  environmentOf,
  type Instance,
  pageOf,
  signIn,
  startInstance,
  startProcess,
  startSharedBank,
} from '../../support/instances.ts';
import { deadOrigin } from '../../support/loopback-peer.ts';
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

function expectUnavailable(answer: Answer): void {
  expect(answer.status).toBe(503);
  expect(answer.headers['retry-after']).toMatch(/^\d+$/);
  expect(answer.tookMs).toBeLessThan(500);
}

const signsIn = async (instance: Instance, bank: Awaited<ReturnType<typeof startSharedBank>>) =>
  (await signIn(instance, bank)).boot.session !== undefined;

testWithOwnValkey(
  'H09 a store that is down before the start is 503, quickly, and stays no secret',
  async () => {
    const { port } = new URL(await deadOrigin());
    const bank = await startSharedBank();
    const instance = await startProcess(environmentOf(bank, `redis://:hush-hush@127.0.0.1:${port}`));
    await instance.process.logged('store down');

    expectUnavailable(await instance.ask('/auth', FRAMED));
    expectUnavailable(await instance.ask('/api/accounts', { authorization: `Bearer ${'a'.repeat(43)}` }));
    expect((await instance.operations('/readyz')).status).toBe(200);
    expect((await instance.operations('/livez')).status).toBe(200);

    const valkey = await startValkey('--port', port, '--requirepass', 'hush-hush');
    onTestFinished(() => valkey.close());
    await instance.process.logged('store ready');
    expect(await signsIn(instance, bank)).toBe(true);
    expect(instance.process.output.stdout + instance.process.output.stderr).not.toContain('hush-hush');
  },
);

testWithValkey('H09 a store that goes down in the middle of a sign-in uses nothing up', async () => {
  const { proxy, bank, instance } = await stage();
  const { callback, cookie } = await begin(instance, bank);
  proxy.cut();

  const answer = await instance.ask(callback, { ...FRAMED, cookie });

  expectUnavailable(answer);
  expect(bank.requests.filter(({ path }) => path.endsWith('/token'))).toEqual([]);
  proxy.mend();
  await expect
    .poll(async () => pageOf(await instance.ask(callback, { ...FRAMED, cookie }), cookie).boot.session)
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
    expectUnavailable(await instance.ask(path, authorized, method));

  proxy.mend();
  await expect.poll(async () => (await instance.ask('/api/accounts', authorized)).status, RECOVERY).toBe(200);
});

testWithValkey('H10 a store that is 2 s late is 503 at 500 ms, and holds nobody else up', async () => {
  const { proxy, bank, instance } = await stage();
  const { authorized } = await signIn(instance, bank);
  proxy.delayMs = 2_000;

  const calls = Promise.all(Array.from({ length: 30 }, () => instance.ask('/api/accounts', authorized)));
  const meanwhile = await instance.ask('/needs-no-store');
  expect([meanwhile.status, meanwhile.tookMs < 250]).toEqual([404, true]);
  expect((await calls).map(({ status }) => status)).toEqual(Array(30).fill(503));
  expectUnavailable(await instance.ask('/api/accounts', authorized));

  proxy.delayMs = 0;
  await expect.poll(async () => (await instance.ask('/api/accounts', authorized)).status, RECOVERY).toBe(200);
});

testWithValkey(
  'H10 a store that says nothing at all is 503 at 500 ms, and is given up for a new connection',
  async () => {
    const { proxy, bank, instance } = await stage();
    const { callback, cookie } = await begin(instance, bank);
    proxy.freeze();
    expectUnavailable(await instance.ask(callback, { ...FRAMED, cookie }));

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
  for (let count = 0; count < 3; count += 1)
    expectUnavailable(await instance.ask('/api/accounts', authorized));

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
