/** Whoever can write to the store can end a session, and nothing else: it opens for nobody more, and lasts no longer. */
import { expect, onTestFinished, test } from 'vitest';
import { FIELDS } from '../../../server/session/valkey-scripts.ts';
import { environmentOf, signIn, startInstance, startSharedBank } from '../../support/instances.ts';
import { startTestCard } from '../../support/test-card.ts';
import { startAnyValkey, testWithValkey } from '../../support/valkey.ts';

/** A session that can renew its tokens, and where the store keeps it. */
async function startSession() {
  const card = await startTestCard({ OFFLINE_ACCESS: 'true' });
  onTestFinished(() => card.close());
  card.bank.tokenAnswer = { refresh_token: 'refresh-1' };
  const { authorized } = await card.signIn();
  card.bank.tokenAnswer = { refresh_token: 'refresh-2', id_token: undefined };
  const handle = String(authorized['authorization']).replace('Bearer ', '');
  const digest = await crypto.subtle.digest('SHA-256', Buffer.from(handle));
  const id = Buffer.from(digest).toString('base64url');
  const record = await card.store.get(id);
  if (record === undefined) throw new Error('no session');
  const status = async (headers: Record<string, string>) =>
    (await card.get('/api/accounts', headers)).statusCode;
  return { card, id, record, authorized, status };
}

test('G08 a binding that was taken off a record, or changed, opens it for nobody', async () => {
  const { card, id, record, authorized, status } = await startSession();
  const { authorization = '' } = authorized;
  for (const bindingHash of [null, 'a'.repeat(43)]) {
    await card.store.add(id, { ...record, bindingHash }, 5);
    expect([await status({ authorization }), await status(authorized)]).toEqual([401, 401]);
  }
  await card.store.add(id, record, 5);
  expect(await status(authorized)).toBe(200);
});

test('G15 a longer life that was written into a record is none', async () => {
  const { card, id, record, authorized, status } = await startSession();
  const forEver = record.createdAtMs + 1e10;
  const idle = { lifeMs: 1e10, endsAtMs: forEver };
  await card.store.add(id, { ...record, expiresAtMs: forEver, idle }, 5);
  card.clock.aheadMs = 3_590_000;
  expect(await status(authorized)).toBe(200);
  card.clock.aheadMs = 3_610_000;
  expect(await status(authorized)).toBe(401);
  await card.store.add(id, { ...record, createdAtMs: forEver, expiresAtMs: forEver, idle }, 5);
  expect(await status(authorized)).toBe(401);
});

testWithValkey('whatever is written into a record, it is never more than it was', async () => {
  const valkey = await startAnyValkey();
  onTestFinished(() => valkey.close());
  const bank = await startSharedBank();
  bank.tokenAnswer = { refresh_token: 'refresh-1' };
  const env = environmentOf(bank, valkey.url);
  const instance = await startInstance(env);
  const { authorized } = await signIn(instance, bank);
  const { authorization = '' } = authorized;
  const [key = ''] = await valkey.keys('card:session');
  const whole = await valkey.admin.hgetall(key);

  for (const field of ['at', ...FIELDS])
    for (const value of ['', 'x', '-1', `${'9'.repeat(30)}`, '1e999', 'null', '\u0000']) {
      await valkey.admin.hset(key, { ...whole, [field]: value });
      await valkey.admin.del(...(await valkey.keys('card:rate')));
      expect((await instance.ask('/api/accounts', { authorization })).status).not.toBe(200);
      expect([200, 401, 503]).toContain((await instance.ask('/api/accounts', authorized)).status);
    }
  expect(instance.logs()).not.toContain('INTERNAL');
});
