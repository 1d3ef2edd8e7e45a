/** The bank's key set on its way, and gone: only what arrives whole verifies anything, and the last whole one for a day. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { hang, hangAfterHeaders, REDIRECTS, redirect, slowDrip } from '../../hostile/faults.ts';
import { type HostileBank, OIDC, startHostileBank } from '../../hostile/hostile-bank.ts';
import { UNUSABLE, USABLE } from '../../hostile/unusable-answers.ts';
import { hurried, identityProviderOf } from '../../support/identity-provider-of.ts';
import { json } from '../../support/loopback-peer.ts';
import { httpPeer } from '../../support/loopback-upstream.ts';

const JWKS = `${OIDC}/jwks`;
const UNKNOWN = { header: { kid: 'unknown' } };
let bank: HostileBank;
let honest: string;
beforeAll(async () => {
  bank = await startHostileBank();
  honest = await (await fetch(bank.origin + JWKS)).text();
});
afterAll(() => bank.close());
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
  bank.answers.clear();
  bank.idToken = {};
});
afterEach(() => void vi.useRealTimers());

const asked = () => bank.requests.filter(({ path }) => path === JWKS).length;
const later = (seconds: number) => vi.setSystemTime(Date.now() + seconds * 1_000);

test.each(UNUSABLE)(
  'C02 a key set that comes %s verifies nothing, and the next one does',
  async (_name, deliver) => {
    const { redeem } = identityProviderOf(bank);
    bank.answers.set(JWKS, deliver(honest));

    expect(await redeem()).toMatch(/^BANK_(UNEXPECTED|UNAVAILABLE)$/);

    bank.answers.clear();
    expect(await redeem()).toBe('good');
  },
);

test.each(USABLE)('a key set that comes %s is used', async (_name, deliver) => {
  bank.answers.set(JWKS, deliver(honest));

  expect(await identityProviderOf(bank).redeem()).toBe('good');
});

test.each(UNUSABLE)(
  'C07 after a good start, a key set that comes %s changes nothing for a day',
  async (_name, deliver) => {
    const { redeem } = identityProviderOf(bank);
    expect(await redeem()).toBe('good');
    bank.answers.set(JWKS, deliver(honest));
    const before = asked();

    later(23 * 3_600);
    expect(await redeem()).toBe('good');
    expect(asked()).toBe(before + 1);
    bank.idToken = UNKNOWN;
    later(61);
    expect(await redeem()).toBe('SIGN_IN_FAILED');
    bank.idToken = {};
    later(3_600);
    expect(await redeem()).toMatch(/^BANK_(UNEXPECTED|UNAVAILABLE)$/);
    bank.answers.clear();
    expect(await redeem()).toBe('good');
  },
);

test('C07 the day begins anew with each good answer', async () => {
  const { redeem } = identityProviderOf(bank);
  for (let day = 0; day < 3; day += 1) {
    bank.answers.clear();
    expect(await redeem()).toBe('good');
    bank.answers.set(JWKS, (request) => void request.socket.destroy());
    later(86_390);
    expect(await redeem()).toBe('good');
  }
});

test('C02 C07 a bank that hangs or drips its keys is given up after five seconds; a copy helps', async () => {
  const upstream = hurried(bank, JWKS);
  const { redeem } = identityProviderOf(bank, upstream);
  const faults = [hang, hangAfterHeaders(), slowDrip(honest, { everyMs: 20 })];
  for (const fault of faults) {
    bank.answers.set(JWKS, fault);
    expect(await redeem()).toBe('BANK_TIMEOUT');
  }
  bank.answers.clear();
  expect(await redeem()).toBe('good');
  for (const fault of faults) {
    bank.answers.set(JWKS, fault);
    later(301);
    expect(await redeem()).toBe('good');
  }
  expect(new Set(upstream.asked.map(({ timeoutMs }) => timeoutMs))).toEqual(new Set([5_000]));
});

test.each(REDIRECTS)(
  'C04 keys are not fetched from another place (%i), not even on the same host',
  async (status) => {
    const elsewhere = await httpPeer(json(JSON.parse(honest)));
    for (const target of [elsewhere.origin + JWKS, `//127.0.0.1:${elsewhere.port}/`, '/elsewhere']) {
      bank.answers.set(JWKS, redirect(status, target));

      expect(await identityProviderOf(bank).redeem()).toBe('BANK_UNEXPECTED');
    }
    expect(elsewhere.requests).toEqual([]);
    expect(bank.requests.filter(({ path }) => path === '/elsewhere')).toEqual([]);
  },
);

test('C07 a hundred sign-ins at once fetch the keys once, be it well or ill', async () => {
  const { redeem, discover } = identityProviderOf(bank);
  await discover();
  for (const answer of [undefined, (request: Parameters<typeof hang>[0]) => void request.socket.destroy()]) {
    if (answer !== undefined) bank.answers.set(JWKS, answer);
    const before = asked();
    const outcomes = await Promise.all(Array.from({ length: 100 }, redeem));
    expect(new Set(outcomes)).toEqual(new Set(['good']));
    expect(asked()).toBeLessThanOrEqual(before + 1);
    later(301);
  }
});
