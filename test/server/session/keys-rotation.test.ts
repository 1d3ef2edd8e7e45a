/** `SESSION_KEYS` change under running instances of one store: nobody is signed out, no unknown key harms, no envelope moves. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, onTestFinished } from 'vitest';
import { buildApp } from '../../../server/app.ts';
import { readCardAssets } from '../../../server/card-page/assets.ts';
import type { SessionStore } from '../../../server/session/store.ts';
import { createVault } from '../../../server/vault.ts';
import { CLIENT, type HostileBank, startHostileBank } from '../../hostile/hostile-bank.ts';
import { institutionWith } from '../../support/institution.ts';
import { inBothStores, type StoreStage } from '../../support/stores.ts';
import { bootOf, callbackUrl, FRAMED } from '../../support/test-card.ts';
import { sideOf } from '../../support/two-institutions.ts';

const ASSETS = readCardAssets(join(import.meta.dirname, '../../../dist/card'));
const [OLD, NEW] = [randomBytes(32), randomBytes(32)];

let bank: HostileBank;
beforeAll(async () => {
  bank = await startHostileBank();
});
afterAll(() => bank.close());
beforeEach(() => {
  bank.tokenAnswer = { refresh_token: 'refresh-1' };
});

const institutionOf = (id: string) =>
  institutionWith({
    ...{ id, publicUrl: `http://cards.localhost/${id}`, bankOrigin: bank.origin, offlineAccess: true },
    ...{ clientId: CLIENT.id, clientSecret: CLIENT.secret },
  });

/** One instance of a deployment for two institutions of one bank: the same customers, the same accounts. */
async function instance({ store, clock }: StoreStage, ...sessionKeys: Buffer[]) {
  const institutions = [institutionOf('one'), institutionOf('two')];
  const shared: SessionStore = { ...store, close: async () => undefined };
  const now = () => clock.ms;
  const app = await buildApp(
    { institutions, sessionKeys },
    { assets: ASSETS, store: shared, logger: false, now },
  );
  onTestFinished(() => app.close());
  const [one, two] = institutions.map((institution) => sideOf(app, institution, bank));
  if (one === undefined || two === undefined) throw new Error('no institutions');
  const summary = async (headers: Record<string, string>) =>
    (await one.get('/api/accounts', headers)).statusCode;
  return { one, two, summary };
}

/** The first four bytes of an envelope name its key. */
const keyOf = (sealed: string) => Buffer.from(sealed, 'base64url').subarray(0, 4).toString('hex');
const sealedWith = (key: Buffer) =>
  keyOf(createVault([key]).seal({ purpose: 'session', institutionId: '' }, ''));

/** Where the store keeps the session of this page. */
async function recordOf({ store }: StoreStage, headers: Record<string, string>) {
  const handle = String(headers['authorization']).replace('Bearer ', '');
  const hash = await crypto.subtle.digest('SHA-256', Buffer.from(handle));
  const id = Buffer.from(hash).toString('base64url');
  const record = await store.get(id);
  if (record === undefined) throw new Error('no session');
  return { id, record };
}

inBothStores(
  'G21 H17 new key last everywhere, then first, then alone: every session lives on',
  async (stage) => {
    const before = await instance(stage, OLD);
    const added = await instance(stage, OLD, NEW);
    const moved = await instance(stage, NEW, OLD);
    const dropped = await instance(stage, NEW);
    const { authorized: early } = await before.one.signIn();
    const { authorized: late } = await moved.one.signIn();

    for (const { summary } of [before, added, moved]) expect(await summary(early)).toBe(200);
    for (const { summary } of [added, moved, dropped]) expect(await summary(late)).toBe(200);
    expect(keyOf((await recordOf(stage, early)).record.sealed)).toBe(sealedWith(OLD));
    expect(keyOf((await recordOf(stage, late)).record.sealed)).toBe(sealedWith(NEW));

    // Past 80 % of the tokens' life: the next call renews them, and seals anew.
    await stage.pass(500_000);
    bank.tokenAnswer = { id_token: undefined, refresh_token: 'refresh-2' };
    expect(await moved.summary(early)).toBe(200);
    expect(keyOf((await recordOf(stage, early)).record.sealed)).toBe(sealedWith(NEW));
    for (const { summary } of [added, moved, dropped]) expect(await summary(early)).toBe(200);
  },
);

inBothStores('G21 A31 a sign-in begun under one order of keys ends under the other', async (stage) => {
  const added = await instance(stage, OLD, NEW);
  const moved = await instance(stage, NEW, OLD);
  for (const [from, to] of [
    [added, moved],
    [moved, added],
  ] as const) {
    const { state, cookie } = await from.one.begin();
    const callback = await to.one.get(callbackUrl(state, bank), { ...FRAMED, cookie });
    expect(bootOf(callback).session).toMatch(/^[\w-]{43}$/);
    const { again } = bootOf(callback);
    expect((await from.one.get(`/auth${new URL(again).search}`, FRAMED)).statusCode).toBe(302);
  }
});

inBothStores(
  'an unknown key: the session is gone, the attempt is void, and nothing crashes',
  async (stage) => {
    const known = await instance(stage, OLD);
    const foreign = await instance(stage, NEW);
    const { authorized, boot } = await known.one.signIn();
    const { state, cookie, url } = await known.one.begin();

    const answer = await foreign.one.get('/api/accounts', authorized);
    expect([answer.statusCode, answer.json().code]).toEqual([401, 'SIGN_IN_REQUIRED']);
    const callback = await foreign.one.get(callbackUrl(state, bank), { ...FRAMED, cookie });
    expect([callback.statusCode, bootOf(callback).problem?.code]).toEqual([400, 'SIGN_IN_FAILED']);
    // What counts restarts is read as no restart, so the customer signs in afresh.
    expect((await foreign.one.get(`/auth${new URL(boot.again).search}`, FRAMED)).statusCode).toBe(302);
    expect((await foreign.one.signIn()).boot.session).toBeDefined();
    // Neither ended the session nor used the attempt up for those who know the key.
    expect(await known.summary(authorized)).toBe(200);
    bank.nonce = url.searchParams.get('nonce') ?? '';
    const right = await known.one.get(callbackUrl(state, bank), { ...FRAMED, cookie });
    expect(bootOf(right).session).toBeDefined();
  },
);

inBothStores('envelopes that were swapped between two sessions open neither', async (stage) => {
  const { one, summary } = await instance(stage, OLD);
  const [a, b] = [await one.signIn(), await one.signIn()];
  const [first, second] = [await recordOf(stage, a.authorized), await recordOf(stage, b.authorized)];

  await stage.store.change(first.id, 1, { ...first.record, sealed: second.record.sealed });
  await stage.store.change(second.id, 1, { ...second.record, sealed: first.record.sealed });

  expect([await summary(a.authorized), await summary(b.authorized)]).toEqual([401, 401]);
  await stage.store.change(first.id, 2, first.record);
  expect(await summary(a.authorized)).toBe(200);
});

inBothStores('a record that is moved to another institution opens there for nobody', async (stage) => {
  const { one, two } = await instance(stage, OLD);
  const { authorized, cookie } = await one.signIn();
  const theirs = await two.signIn();
  const { id, record } = await recordOf(stage, authorized);
  const other = await recordOf(stage, theirs.authorized);

  await stage.store.remove(id);
  await stage.store.add(id, { ...record, institutionId: 'two', bindingHash: null }, 5);
  expect((await two.get('/api/accounts', { ...authorized, cookie })).statusCode).toBe(401);
  await stage.store.remove(id);
  await stage.store.add(id, { ...record, sealed: other.record.sealed }, 5);
  expect((await one.get('/api/accounts', authorized)).statusCode).toBe(401);
});

inBothStores(
  'an altered envelope opens nothing: any bit, any byte less, another key’s name, no text at all',
  async (stage) => {
    const { one, summary } = await instance(stage, OLD, NEW);
    const { authorized } = await one.signIn();
    const { id, record } = await recordOf(stage, authorized);
    const whole = Buffer.from(record.sealed, 'base64url');
    const flipped = [0, 5, 20, whole.length - 1].map((at) => {
      const bytes = Buffer.from(whole);
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      return bytes;
    });
    const renamed = Buffer.concat([Buffer.from(sealedWith(NEW), 'hex'), whole.subarray(4)]);
    const forged = [...flipped, renamed, whole.subarray(1), whole.subarray(0, -1), Buffer.alloc(0)];
    let version = record.version;
    for (const sealed of [...forged.map((bytes) => bytes.toString('base64url')), '{}', 'null', '\u0000']) {
      await stage.store.change(id, version, { ...record, sealed });
      version += 1;
      expect(await summary(authorized)).toBe(401);
    }
    await stage.store.change(id, version, record);
    expect(await summary(authorized)).toBe(200);
  },
);
