/** The discovery document on its way: used only when it arrives whole, as JSON, from where it was asked for. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hang, hangAfterHeaders, REDIRECTS, redirect, slowDrip } from '../../hostile/faults.ts';
import { type HostileBank, metadata, OIDC, startHostileBank } from '../../hostile/hostile-bank.ts';
import { UNUSABLE, USABLE } from '../../hostile/unusable-answers.ts';
import { hurried, identityProviderOf } from '../../support/identity-provider-of.ts';
import { json } from '../../support/loopback-peer.ts';
import { httpPeer } from '../../support/loopback-upstream.ts';

const DISCOVERY = `${OIDC}/.well-known/openid-configuration`;
let bank: HostileBank;
let honest: string;
beforeAll(async () => {
  bank = await startHostileBank();
  honest = JSON.stringify(metadata(bank.issuer));
});
afterAll(() => bank.close());

const asked = () => bank.requests.filter(({ path }) => path === DISCOVERY).length;

test.each(UNUSABLE)(
  'C02 a discovery document that comes %s is not used, and the next one is',
  async (_name, deliver) => {
    let now = Date.now();
    const { discover } = identityProviderOf(bank, undefined, () => now);
    bank.answers.set(DISCOVERY, deliver(honest));
    const before = asked();

    expect(await discover()).toMatch(/^BANK_(UNEXPECTED|UNAVAILABLE)$/);

    expect(asked()).toBe(before + 1);
    bank.answers.clear();
    now += 1_000;
    expect(await discover()).toBe('good');
  },
);

test.each(USABLE)('a discovery document that comes %s is used', async (_name, deliver) => {
  bank.answers.set(DISCOVERY, deliver(honest));

  expect(await identityProviderOf(bank).discover()).toBe('good');
});

test('C02 a bank that hangs or drips is given up after five seconds in all', async () => {
  const early = 'HTTP/1.1 103 Early Hints\r\n\r\n';
  const faults = {
    'nothing at all': hang,
    'the head alone': hangAfterHeaders(),
    'a byte now and then': slowDrip(honest, { everyMs: 10 }),
    'blanks for ever': slowDrip(' '.repeat(60_000), { everyMs: 10 }),
    'a head without an end': (request: Parameters<typeof hang>[0]) =>
      drip(request, 'X', 'HTTP/1.1 200 OK\r\nX: '),
    'informational answers for ever': (request: Parameters<typeof hang>[0]) => drip(request, early),
  };
  for (const [name, fault] of Object.entries(faults)) {
    bank.answers.set(DISCOVERY, fault);
    const upstream = hurried(bank, DISCOVERY);

    expect([name, await identityProviderOf(bank, upstream).discover()]).toEqual([name, 'BANK_TIMEOUT']);

    expect(upstream.asked).toMatchObject([{ timeoutMs: 5_000, maxBytes: 65_536 }]);
  }
});

/** Writes the same bytes for as long as anybody listens. */
function drip({ socket }: Parameters<typeof hang>[0], bytes: string, start = ''): void {
  socket.write(start);
  const timer = setInterval(() => socket.write(bytes.repeat(20)), 5);
  socket.once('close', () => clearInterval(timer));
}

test.each(REDIRECTS)(
  'C04 discovery is not followed to another place (%i), not even on the same host',
  async (status) => {
    const elsewhere = await httpPeer(json(metadata(bank.issuer)));
    const targets = [
      elsewhere.origin + DISCOVERY,
      elsewhere.origin.replace('http:', ''),
      `${bank.origin}/elsewhere`,
      './other-configuration',
    ];
    for (const target of targets) {
      bank.answers.set(DISCOVERY, redirect(status, target));
      const before = bank.requests.length;

      expect(await identityProviderOf(bank).discover()).toBe('BANK_UNEXPECTED');

      expect(bank.requests).toHaveLength(before + 1);
    }
    expect(elsewhere.requests).toEqual([]);
  },
);
