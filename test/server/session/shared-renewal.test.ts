/** Renewal where several instances share a Valkey: who waits, who ends a session, and what a logout in the middle leaves. */
import { createHash, randomBytes } from 'node:crypto';
import { expect, onTestFinished, vi } from 'vitest';
import { CardError } from '../../../server/errors.ts';
import { createFreshTokens, type RefreshTokens } from '../../../server/session/fresh-token.ts';
import { createLeases } from '../../../server/session/lease.ts';
import { createSessions, type Session, type Tokens } from '../../../server/session/session.ts';
import { createValkeyStore } from '../../../server/session/valkey-store.ts';
import { createVault } from '../../../server/vault.ts';
import { OIDC } from '../../hostile/hostile-bank.ts';
import { environmentOf, type Page, signIn, startInstance, startSharedBank } from '../../support/instances.ts';
import { institutionWith } from '../../support/institution.ts';
import { rotateTokens } from '../../support/rotating-bank.ts';
import { connectTo } from '../../support/stores.ts';
import { startAnyValkey, type TestValkey, testWithValkey } from '../../support/valkey.ts';

async function ownValkey(): Promise<TestValkey> {
  const valkey = await startAnyValkey();
  onTestFinished(() => valkey.close());
  return valkey;
}

async function threeInstances() {
  const valkey = await ownValkey();
  const bank = await startSharedBank();
  const rotation = rotateTokens(bank);
  const env = environmentOf(bank, valkey.url);
  const instances = [await startInstance(env), await startInstance(env), await startInstance(env)] as const;
  const callAll = async ({ authorized }: Page) =>
    (await Promise.all(instances.map((one) => one.ask('/api/accounts', authorized)))).map(
      ({ status }) => status,
    );
  return { valkey, bank, rotation, instances, callAll };
}

const LEASE_MS = 4_500;
const tokens: Tokens = {
  subject: 'customer',
  clientId: 'client',
  bankInstitutionId: null,
  nonce: 'nonce',
  authTimeSeconds: null,
  namesAuthorizedParty: false,
  accessToken: 'access-1',
  refreshToken: 'refresh-1',
  issuedAtMs: Date.now(),
  accessExpiresAtMs: Date.now() + 600_000,
  mayReadTransactions: false,
};

/** Sessions of several instances with short leases, and the session that they share. */
async function shortLeases(bank: RefreshTokens, valkey: TestValkey) {
  const institution = institutionWith({ id: 'example-fi' });
  const vault = createVault([randomBytes(32)]);
  const stores = (await Promise.all(Array.from({ length: 3 }, () => connectTo(valkey.url)))).map(
    (connection) => createValkeyStore(connection),
  );
  onTestFinished(async () => void (await Promise.all(stores.map((store) => store.close()))));
  const sessions = stores.map((store) => createSessions(store, vault));
  const handle = (await sessions[0]?.open(institution, tokens, null)) ?? '';
  const id = createHash('sha256').update(handle).digest('base64url');
  const given = { bindingHash: null, createdAtMs: Date.now(), version: 1 };
  const session: Session = { id, institution, tokens, ...given };
  const freshTokens = stores.flatMap((store, index) => {
    const own = sessions[index];
    return own === undefined ? [] : [createFreshTokens(own, createLeases(store, LEASE_MS), bank, Date.now)];
  });
  return { freshTokens, session };
}

testWithValkey('H02 a refresh that is slower than the lease keeps the lease: still one request', async () => {
  const valkey = await ownValkey();
  const answer = Promise.withResolvers<Tokens>();
  let refreshes = 0;
  const refresh = () => {
    refreshes += 1;
    return answer.promise;
  };
  const { freshTokens, session } = await shortLeases({ refresh, revoke: async () => undefined }, valkey);
  vi.useFakeTimers({ toFake: ['performance', 'setInterval', 'clearInterval'] });
  onTestFinished(() => void vi.useRealTimers());
  const leaseLifeMs = async () => valkey.admin.pttl((await valkey.keys('card:lease'))[0] ?? '');

  const renewals = Promise.all(freshTokens.map((fresh) => fresh.renew(session)));
  await expect.poll(leaseLifeMs).toBeGreaterThan(0);
  // In all a third longer than a lease lives, for Valkey and for the instances.
  for (let third = 0; third < 4; third += 1) {
    await valkey.pass(LEASE_MS / 3);
    vi.advanceTimersByTime(LEASE_MS / 3);
    await expect.poll(leaseLifeMs).toBeGreaterThan(LEASE_MS * 0.7);
  }
  const renewed = { ...tokens, accessToken: 'access-2', refreshToken: 'refresh-2', issuedAtMs: Date.now() };
  answer.resolve(renewed);

  expect(await renewals).toEqual([renewed, renewed, renewed]);
  expect(refreshes).toBe(1);
  await expect.poll(() => valkey.keys('card:lease')).toEqual([]);
});

testWithValkey('who waits for a renewal that does not end gives up, and has ended nothing', async () => {
  const valkey = await ownValkey();
  const refresh = async (): Promise<Tokens> => ({ ...tokens, issuedAtMs: tokens.issuedAtMs + 1 });
  const { freshTokens, session } = await shortLeases({ refresh, revoke: async () => undefined }, valkey);
  await valkey.admin.set(`card:lease:${session.id}`, 'somebody', 'PX', 60_000);
  vi.useFakeTimers({ toFake: ['performance'] });
  onTestFinished(() => void vi.useRealTimers());

  const waiting = freshTokens[0]?.renew(session).catch((error: unknown) => error);
  vi.advanceTimersByTime(6_001);
  const error = await waiting;

  expect(error instanceof CardError && error.code).toBe('TEMPORARILY_UNAVAILABLE');
  await valkey.admin.del(`card:lease:${session.id}`);
  expect(await freshTokens[0]?.renew(session)).toMatchObject({ issuedAtMs: tokens.issuedAtMs + 1 });
});

testWithValkey(
  'H06 invalid_grant at one instance ends the session at all of them, with one request',
  async () => {
    const { rotation, bank, instances, callAll } = await threeInstances();
    const page = await signIn(instances[0], bank);
    rotation.isRevoked = true;

    expect(await callAll(page)).toEqual([401, 401, 401]);
    expect(rotation.refreshes).toBe(1);
    expect(await callAll(page)).toEqual([401, 401, 401]);
    expect(rotation.refreshes).toBe(1);
  },
);

testWithValkey('H08 G17 logout at another instance during the refresh: nothing comes back', async () => {
  const { valkey, rotation, bank, instances, callAll } = await threeInstances();
  const page = await signIn(instances[0], bank);
  rotation.expireAccess();
  const [arrived, goOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  rotation.beforeRefresh = async () => {
    arrived.resolve();
    await goOn.promise;
  };
  const call = instances[0].ask('/api/accounts', page.authorized);
  await arrived.promise;

  expect((await instances[1].ask('/api/session', page.authorized, 'DELETE')).status).toBe(204);
  goOn.resolve();

  expect((await call).status).toBe(401);
  const revoked = () =>
    bank.requests
      .filter(({ path }) => path === `${OIDC}/token/revocation`)
      .map(({ body }) => new URLSearchParams(body).get('token'));
  await expect.poll(revoked).toEqual(['refresh-1', 'refresh-2']);
  expect(await callAll(page)).toEqual([401, 401, 401]);
  expect(await valkey.keys('card:session')).toEqual([]);
});
