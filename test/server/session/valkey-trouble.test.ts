/** A Valkey that answers, but not as it should: full, read-only, damaged, behind new credentials, set back in time. */
import { expect, onTestFinished } from 'vitest';
import type { HostileBank } from '../../hostile/hostile-bank.ts';
import {
  begin,
  environmentOf,
  expectUnavailable,
  type Instance,
  pageOf,
  signIn,
  startInstance,
  startSharedBank,
} from '../../support/instances.ts';
import { startTcpFaultProxy } from '../../support/tcp-fault-proxy.ts';
import { bootOf, FRAMED } from '../../support/test-card.ts';
import { type OwnValkey, startValkey, testWithOwnValkey } from '../../support/valkey.ts';

interface Stage {
  valkey: OwnValkey;
  bank: HostileBank;
  instance: Instance;
  env: Record<string, string>;
}

async function stage(...settings: string[]): Promise<Stage> {
  const valkey = await startValkey(...settings);
  onTestFinished(() => valkey.close());
  const bank = await startSharedBank();
  const env = environmentOf(bank, valkey.url);
  return { valkey, bank, env, instance: await startInstance(env) };
}

const accounts = async (instance: Instance, { authorized }: { authorized: Record<string, string> }) =>
  (await instance.ask('/api/accounts', authorized)).status;

/** A whole sign-in: what the page reads, or the status of what refused it. */
async function outcome({ instance, bank }: Stage, soFar?: { callback: string; cookie: string }) {
  const { callback, cookie } = soFar ?? (await begin(instance, bank));
  const answer = await instance.ask(callback, { ...FRAMED, cookie });
  return bootOf(answer).problem?.code ?? 'signed in';
}

testWithOwnValkey('H12 a full store is 503 and an alert, and makes no half of a session', async () => {
  const all = await stage();
  const before = await begin(all.instance, all.bank);
  await all.valkey.admin.config('SET', 'maxmemory', '1');

  expect(await outcome(all, before)).toBe('TEMPORARILY_UNAVAILABLE');
  expect((await all.instance.ask('/auth', FRAMED)).status).toBe(503);

  expect(await all.valkey.keys('card:session')).toEqual([]);
  expect(await all.valkey.keys('card:owner')).toEqual([]);
  expect(all.instance.logs()).toContain('"reason":"store OOM"');
  await all.valkey.admin.config('SET', 'maxmemory', '0');
  expect(await outcome(all, before)).toBe('signed in');
});

testWithOwnValkey('H12 a store that evicts a session costs one sign-in', async () => {
  const all = await stage();
  const page = await signIn(all.instance, all.bank);
  const [session = ''] = await all.valkey.keys('card:session');
  await all.valkey.admin.del(session);

  expect(await accounts(all.instance, page)).toBe(401);
  expect(await outcome(all)).toBe('signed in');
});

testWithOwnValkey('H12 a primary that became a replica is 503, until it is one again', async () => {
  const all = await stage();
  const page = await signIn(all.instance, all.bank);
  const before = await begin(all.instance, all.bank);
  await all.valkey.admin.replicaof('127.0.0.1', '1');

  expect(await outcome(all, before)).toBe('TEMPORARILY_UNAVAILABLE');
  expect(await accounts(all.instance, page)).toBe(503);
  expect(all.instance.logs()).toContain('"reason":"store READONLY"');

  await all.valkey.admin.replicaof('NO', 'ONE');
  await expect.poll(() => accounts(all.instance, page), { timeout: 4_000 }).toBe(200);
});

testWithOwnValkey('H12 a key of the wrong type is 503, and no session is half there', async () => {
  const all = await stage();
  const page = await signIn(all.instance, all.bank);
  const [owner = ''] = await all.valkey.keys('card:owner');
  const [session = ''] = await all.valkey.keys('card:session');
  // The same customer in the same browser: what the next session would be added to.
  const before = await begin(all.instance, all.bank, page.cookie);
  await all.valkey.admin.set(owner, 'damaged', 'PX', 60_000);

  expect(await outcome(all, before)).toBe('TEMPORARILY_UNAVAILABLE');
  expect(await all.valkey.keys('card:session')).toEqual([session]);
  await all.valkey.admin.set(session, 'damaged', 'PX', 60_000);
  expect(await accounts(all.instance, page)).toBe(503);
  expect(all.instance.logs()).toContain('"reason":"store WRONGTYPE"');
});

testWithOwnValkey(
  'H12 credentials that have changed are 503 and an alert, until they fit again',
  async () => {
    const all = await stage();
    const page = await signIn(all.instance, all.bank);
    const { admin } = all.valkey;
    await admin.config('SET', 'requirepass', 'changed');
    await admin.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');

    await expect.poll(() => accounts(all.instance, page), { timeout: 4_000 }).toBe(503);
    await expectUnavailable(() => all.instance.ask('/auth', FRAMED));
    expect(all.instance.logs()).toMatch(/"reason":"store (NOAUTH|UNREACHABLE)"/);

    await admin.config('SET', 'requirepass', '');
    await expect.poll(() => accounts(all.instance, page), { timeout: 4_000 }).toBe(200);
  },
);

testWithOwnValkey(
  'H11 a fail-over that lost the last second of writes costs who signed in then one sign-in',
  async () => {
    const [primary, replica] = [await startValkey(), await startValkey()];
    const proxy = await startTcpFaultProxy(primary);
    onTestFinished(async () => {
      await proxy.close();
      await primary.close();
      await replica.close();
    });
    await replica.admin.replicaof('127.0.0.1', `${primary.port}`);
    const bank = await startSharedBank();
    const instance = await startInstance(environmentOf(bank, `redis://127.0.0.1:${proxy.port}`));
    const early = await signIn(instance, bank);
    // WAIT counts from the last write of its own connection on, so it gets one: then all before it has arrived, too.
    await primary.admin.set('arrived', 'all');
    await primary.admin.wait(1, 0);
    await replica.admin.replicaof('NO', 'ONE');
    const late = await signIn(instance, bank);
    const { callback, cookie } = await begin(instance, bank);

    proxy.target = replica;
    proxy.cut();
    proxy.mend();

    await expect.poll(() => accounts(instance, early), { timeout: 4_000 }).toBe(200);
    const refused = await instance.ask('/api/accounts', late.authorized);
    expect([refused.status, JSON.parse(refused.body).code]).toEqual([401, 'SIGN_IN_REQUIRED']);
    expect(pageOf(await instance.ask(callback, { ...FRAMED, cookie }), cookie).boot.session).toBeDefined();
  },
);

testWithOwnValkey(
  'H13 a store restored from an old backup brings no logout back, at no instance',
  async () => {
    const all = await stage();
    const other = await startInstance(all.env);
    const leaves = await signIn(all.instance, all.bank);
    const stays = await signIn(all.instance, all.bank);
    await all.valkey.admin.save();
    expect((await all.instance.ask('/api/session', leaves.authorized, 'DELETE')).status).toBe(204);
    const afterwards = await signIn(all.instance, all.bank);
    await all.valkey.kill();
    await all.valkey.start();

    // What was ended is not known apart from the rest of that time: all of it is void, and signs in again.
    await expect.poll(() => accounts(all.instance, stays), { timeout: 4_000 }).toBe(401);
    for (const instance of [other, all.instance])
      for (const page of [leaves, stays, afterwards])
        await expect.poll(() => accounts(instance, page), { timeout: 4_000 }).toBe(401);
    const fresh = await signIn(other, all.bank);
    expect([await accounts(other, fresh), await accounts(all.instance, fresh)]).toEqual([200, 200]);
  },
);
