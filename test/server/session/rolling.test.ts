/** Instances come and go in the middle of sign-ins and sessions, and nobody notices. */
import { afterAll, beforeAll, expect } from 'vitest';
import { type HostileBank, startHostileBank } from '../../hostile/hostile-bank.ts';
import {
  begin,
  environmentOf,
  type Instance,
  type InstanceProcess,
  type Page,
  pageOf,
  signIn,
  startProcess,
} from '../../support/instances.ts';
import { rotateTokens } from '../../support/rotating-bank.ts';
import { FRAMED } from '../../support/test-card.ts';
import { hasValkey, startAnyValkey, type TestValkey, testWithValkey } from '../../support/valkey.ts';

let valkey: TestValkey;
let bank: HostileBank;
const instances: InstanceProcess[] = [];

beforeAll(async () => {
  if (!hasValkey) return;
  [valkey, bank] = await Promise.all([startAnyValkey(), startHostileBank()]);
  rotateTokens(bank);
});
for (let count = 0; count < 4; count += 1)
  beforeAll(async () => {
    if (hasValkey) instances.push(await startProcess(environmentOf(bank, valkey.url)));
  });
afterAll(async () => {
  for (const { process } of instances) process.child.kill('SIGKILL');
  await bank?.close();
  await valkey?.close();
});

const at = (number: number): InstanceProcess => instances[number] as InstanceProcess;

/** What a load balancer does: asks the first that takes the connection. */
function balanced(among: Instance[]): Instance {
  return {
    async ask(...args) {
      for (const instance of among) {
        const answer = await instance.ask(...args).catch(() => undefined);
        if (answer !== undefined) return answer;
      }
      throw new Error('no instance');
    },
    logs: () => '',
  };
}

const accounts = async (instance: Instance, { authorized }: Page) =>
  (await instance.ask('/api/accounts', authorized)).status;

testWithValkey('H15 a sign-in whose instance is stopped in the middle ends at another', async () => {
  const { callback, cookie } = await begin(at(0), bank);
  at(0).process.child.kill('SIGTERM');
  const page = pageOf(await at(1).ask(callback, { ...FRAMED, cookie }), cookie);

  expect(page.boot.session).toBeDefined();
  expect(await accounts(at(2), page)).toBe(200);
  expect(await at(0).process.exited).toBe(0);
  // Used at one instance is used at all.
  expect((await at(3).ask(callback, { ...FRAMED, cookie })).status).toBe(303);
});

testWithValkey('A31 a sign-in whose instance is gone at the callback ends at one that is new', async () => {
  const { callback, cookie } = await begin(at(1), bank);
  at(1).process.child.kill('SIGKILL');
  await at(1).process.exited;

  expect(pageOf(await at(2).ask(callback, { ...FRAMED, cookie }), cookie).boot.session).toBeDefined();
});

testWithValkey(
  'H17 while an instance is replaced by a new one, no call fails and nobody is signed out',
  async () => {
    const [old, fresh] = [at(2), at(3)];
    const both = balanced([old, fresh]);
    const early = await signIn(old, bank);
    const seen: number[] = [];
    const visit = async () =>
      seen.push(await accounts(both, await signIn(both, bank, balanced([fresh, old]))));
    const visits = async (until: () => boolean) => {
      do await visit();
      while (!until());
    };
    await visits(() => seen.length > 3);
    seen.push(await accounts(fresh, early));
    let isOver = false;
    const meanwhile = visits(() => isOver);
    old.process.child.kill('SIGTERM');
    expect(await old.process.exited).toBe(0);
    isOver = true;
    await meanwhile;
    const before = seen.length;
    await visits(() => seen.length > before + 3);
    seen.push(await accounts(fresh, early));

    expect(new Set(seen)).toEqual(new Set([200]));
  },
);
