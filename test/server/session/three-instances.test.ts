/** Three server processes, one Valkey, and a bank that takes everything back when a refresh token is used twice. */
import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import { type HostileBank, startHostileBank } from '../../hostile/hostile-bank.ts';
import {
  environmentOf,
  type InstanceProcess,
  type Page,
  signIn,
  startProcess,
} from '../../support/instances.ts';
import { type Rotation, rotateTokens } from '../../support/rotating-bank.ts';
import { hasValkey, startAnyValkey, type TestValkey, testWithValkey } from '../../support/valkey.ts';

let valkey: TestValkey;
let bank: HostileBank;
let rotation: Rotation;
const instances: InstanceProcess[] = [];

beforeAll(async () => {
  if (hasValkey) [valkey, bank] = await Promise.all([startAnyValkey(), startHostileBank()]);
});
for (let count = 0; count < 3; count += 1)
  beforeAll(async () => {
    if (hasValkey) instances.push(await startProcess(environmentOf(bank, valkey.url)));
  });
beforeEach(() => {
  if (hasValkey) rotation = rotateTokens(bank);
});
afterAll(async () => {
  for (const { process } of instances) process.child.kill('SIGKILL');
  await bank?.close();
  await valkey?.close();
});

const at = (number: number): InstanceProcess => instances[number] as InstanceProcess;

/** Calls spread over these instances, all at once. */
async function callAll(page: Page, count: number, where = instances): Promise<number[]> {
  const calls = Array.from({ length: count }, (_, number) =>
    (where[number % where.length] as InstanceProcess).ask('/api/accounts', page.authorized),
  );
  return (await Promise.all(calls)).map(({ status }) => status);
}

async function signedIn(lifeSeconds = 600): Promise<Page> {
  rotation.lifeSeconds = lifeSeconds;
  const page = await signIn(at(0), bank, at(1));
  rotation.lifeSeconds = 600;
  return page;
}

/** Lets a first refresh reach the bank, and no further. */
function holdFirstRefresh() {
  const [arrived, goOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  rotation.beforeRefresh = async (count) => {
    if (count > 1) return;
    arrived.resolve();
    await goOn.promise;
  };
  return { arrived: arrived.promise, goOn: () => goOn.resolve() };
}

testWithValkey(
  'H01 50 calls at 3 instances with an expired access token: one refresh, 50 answers',
  async () => {
    const page = await signedIn(1);
    const expiresAtMs = Date.now() + 1_000;
    await expect.poll(() => Date.now(), { timeout: 2_000 }).toBeGreaterThan(expiresAtMs);

    expect(await callAll(page, 50)).toEqual(Array(50).fill(200));
    expect([rotation.refreshes, rotation.isRevoked]).toEqual([1, false]);
    expect(await callAll(page, 6)).toEqual(Array(6).fill(200));
    expect(rotation.refreshes).toBe(1);
  },
);

testWithValkey('H01 50 calls at 3 instances that meet the bank’s 401: one refresh, 50 answers', async () => {
  const page = await signedIn();
  rotation.expireAccess();

  expect(await callAll(page, 50)).toEqual(Array(50).fill(200));
  expect([rotation.refreshes, rotation.isRevoked]).toEqual([1, false]);
});

testWithValkey(
  'H03 a holder that stands still is followed by another, and disturbs nobody later',
  async () => {
    const page = await signedIn();
    rotation.expireAccess();
    const { arrived, goOn } = holdFirstRefresh();
    const own = at(0).ask('/api/accounts', page.authorized);
    await arrived;
    at(0).process.child.kill('SIGSTOP');
    // Its lease ends.
    await valkey.pass(5_500);

    expect(await callAll(page, 20, instances.slice(1))).toEqual(Array(20).fill(200));
    expect(rotation.refreshes).toBe(2);

    // The bank finds a refresh token that was used before: at worst that is one silent sign-in.
    goOn();
    at(0).process.child.kill('SIGCONT');
    expect([200, 401]).toContain((await own).status);
    expect(new Set(await callAll(page, 9))).toEqual(new Set([401]));
    expect(rotation.refreshes).toBeLessThanOrEqual(3);
    expect(await callAll(await signedIn(), 9)).toEqual(Array(9).fill(200));
  },
);

testWithValkey('H03 a holder that is killed before the bank looked is followed by another', async () => {
  const page = await signedIn();
  rotation.expireAccess();
  const { arrived } = holdFirstRefresh();
  const own = at(0).ask('/api/accounts', page.authorized);
  own.catch(() => undefined);
  await arrived;
  at(0).process.child.kill('SIGKILL');
  const others = callAll(page, 20, instances.slice(1));
  await expect.poll(() => valkey.keys('card:lease')).toHaveLength(1);
  await valkey.pass(5_500);

  expect(await others).toEqual(Array(20).fill(200));
  expect([rotation.refreshes, rotation.isRevoked]).toEqual([2, false]);
  await expect(own).rejects.toThrow();
});

testWithValkey(
  'H03 a holder that is killed after the bank looked costs one silent sign-in, no storm',
  async () => {
    rotation.lifeSeconds = 600;
    const page = await signIn(at(1), bank);
    rotation.expireAccess();
    const { arrived } = holdFirstRefresh();
    at(1)
      .ask('/api/accounts', page.authorized)
      .catch(() => undefined);
    await arrived;
    at(1).process.child.kill('SIGKILL');
    // What the first refresh brought went nowhere.
    rotation.isRevoked = true;
    await valkey.pass(5_500);

    expect(await callAll(page, 20, instances.slice(2))).toEqual(Array(20).fill(401));
    expect(rotation.refreshes).toBe(2);
    expect((await signIn(at(2), bank)).boot.session).toBeDefined();
  },
);
