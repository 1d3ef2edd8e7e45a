/** What Valkey is given to keep: nothing readable, nothing for ever, and nothing beyond its time even from a backup. */
import { expect, onTestFinished } from 'vitest';
import { SUBJECT } from '../../hostile/hostile-bank.ts';
import { environmentOf, signIn, startInstance, startSharedBank } from '../../support/instances.ts';
import { startAnyValkey, type TestValkey, testWithValkey } from '../../support/valkey.ts';

async function usedValkey() {
  const valkey = await startAnyValkey();
  onTestFinished(() => valkey.close());
  const bank = await startSharedBank();
  bank.tokenAnswer = { refresh_token: 'refresh.token.value' };
  const instance = await startInstance(environmentOf(bank, valkey.url));
  const [page, leaving] = [await signIn(instance, bank), await signIn(instance, bank)];
  for (const { authorized } of [page, leaving]) await instance.ask('/api/accounts', authorized);
  await instance.ask('/api/session', leaving.authorized, 'DELETE');
  return { valkey, instance, page };
}

async function content({ admin }: TestValkey, key: string): Promise<string> {
  switch (await admin.type(key)) {
    case 'hash':
      return JSON.stringify(await admin.hgetall(key));
    case 'zset':
      return JSON.stringify(await admin.zrange(key, '0', '-1'));
    case 'list':
      return JSON.stringify(await admin.lrange(key, 0, -1));
    default:
      return String(await admin.get(key));
  }
}

testWithValkey('every key ends by itself, and each is ours by name', async () => {
  const { valkey } = await usedValkey();
  const keys = await valkey.keys();
  const kinds = new Set(keys.map((key) => key.split(':').slice(0, 2).join(':')));
  expect([...kinds]).toEqual([
    'card:alive',
    'card:ended',
    'card:owner',
    'card:rate',
    'card:session',
    'card:used',
  ]);
  for (const key of keys) expect([key, (await valkey.admin.pttl(key)) > 0]).toEqual([key, true]);
});

testWithValkey(
  'no handle, cookie, token or customer can be read, neither in keys nor in values',
  async () => {
    const { valkey, page } = await usedValkey();
    const keys = await valkey.keys();
    const all = [...keys, ...(await Promise.all(keys.map((key) => content(valkey, key))))].join('\n');
    const cookie = page.cookie.split('=')[1] ?? '';
    for (const secret of [
      String(page.boot.session),
      cookie,
      'access.token.value',
      'refresh.token.value',
      SUBJECT,
    ])
      for (const form of [secret, Buffer.from(secret).toString('base64url')]) expect(all).not.toContain(form);
  },
);

testWithValkey(
  'H13 what a backup gives a longer life than it had is past its time all the same',
  async () => {
    const { valkey, instance, page } = await usedValkey();
    const [session = ''] = await valkey.keys('card:session');
    await valkey.admin.hset(session, 'expires', Date.now() - 1);

    expect((await instance.ask('/api/accounts', page.authorized)).status).toBe(401);
    expect(await valkey.keys('card:session')).toEqual([]);
  },
);
