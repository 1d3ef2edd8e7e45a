/** The answer to a code exchange on its way: asked for once, used only when it arrives whole, in time and as JSON. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { hang, hangAfterHeaders, REDIRECTS, redirect, slowDrip } from '../../hostile/faults.ts';
import { type Answer, type HostileBank, OIDC, startHostileBank } from '../../hostile/hostile-bank.ts';
import { UNUSABLE, USABLE } from '../../hostile/unusable-answers.ts';
import { hurried, identityProviderOf } from '../../support/identity-provider-of.ts';
import { deadOrigin, json } from '../../support/loopback-peer.ts';
import { httpPeer, upstreamOf } from '../../support/loopback-upstream.ts';

const TOKEN = `${OIDC}/token`;
let bank: HostileBank;
beforeAll(async () => {
  bank = await startHostileBank();
});
afterAll(() => bank.close());
beforeEach(() => bank.answers.clear());

const exchanges = () => bank.requests.filter(({ path }) => path === TOKEN).length;

/** The honest answer of the next exchange, delivered so. */
function delivered(deliver: (honest: string) => Answer): Answer {
  return async (request, response, body) => {
    const honest = {
      access_token: 'access.token.value',
      token_type: 'Bearer',
      expires_in: 600,
      id_token: await bank.signIdToken(),
    };
    return deliver(JSON.stringify(honest))(request, response, body);
  };
}

test.each(UNUSABLE)(
  'D03 D05 a token answer that comes %s signs nobody in, and is not asked for again',
  async (_name, deliver) => {
    const { redeem } = identityProviderOf(bank);
    bank.answers.set(TOKEN, delivered(deliver));
    const before = exchanges();

    // A body of JSON that says nothing of OAuth is the only failure of the sign-in's own.
    expect(await redeem()).toMatch(/^BANK_(UNEXPECTED|UNAVAILABLE)$|^SIGN_IN_FAILED$/);

    expect(exchanges()).toBe(before + 1);
    bank.answers.clear();
    expect(await redeem()).toBe('good');
  },
);

test.each(USABLE)('a token answer that comes %s signs in', async (_name, deliver) => {
  bank.answers.set(TOKEN, delivered(deliver));

  expect(await identityProviderOf(bank).redeem()).toBe('good');
});

test('D01 D02 D16 a bank that hangs or drips is given up after five seconds in all, and asked once', async () => {
  const drip =
    (bytes: string, start: string): Answer =>
    ({ socket }) => {
      socket.write(start);
      const timer = setInterval(() => socket.write(bytes), 5);
      socket.once('close', () => clearInterval(timer));
    };
  const faults: Record<string, Answer> = {
    'nothing at all': hang,
    'half a status line': ({ socket }) => void socket.write('HTTP/1.1 20'),
    'a head without an end': drip('x', 'HTTP/1.1 200 OK\r\nX: '),
    'informational answers for ever': drip('HTTP/1.1 103 Early Hints\r\n\r\n'.repeat(20), ''),
    'the head alone': hangAfterHeaders(),
    'a byte now and then': delivered((honest) => slowDrip(honest, { everyMs: 10 })),
    'blanks for ever': slowDrip(' '.repeat(60_000), { everyMs: 10 }),
  };
  for (const [name, fault] of Object.entries(faults)) {
    const upstream = hurried(bank, TOKEN);
    const { redeem } = identityProviderOf(bank, upstream);
    bank.answers.set(TOKEN, fault);
    const before = exchanges();

    expect([name, await redeem()]).toEqual([name, 'BANK_TIMEOUT']);

    expect(upstream.asked.filter(({ method }) => method === 'POST')).toMatchObject([{ timeoutMs: 5_000 }]);
    expect(exchanges()).toBe(before + 1);
  }
});

const gone: [string, () => string | Promise<string>][] = [
  ['refuses the connection', deadOrigin],
  // Longer than a label may be: no resolver need be asked.
  ['has lost its name', () => `http://${'a'.repeat(64)}.invalid`],
];
test.each(gone)(
  'D03 a bank that %s at the token endpoint is out of reach, and asked once',
  async (_name, originOf) => {
    const [live, lost] = [upstreamOf(bank.origin), upstreamOf(await originOf())];
    let asked = 0;
    const { redeem } = identityProviderOf(bank, {
      request: (request) => {
        if (request.method === 'GET') return live.request(request);
        asked += 1;
        return lost.request(request);
      },
    });

    expect(await redeem()).toBe('BANK_UNAVAILABLE');
    expect(asked).toBe(1);
  },
);

test.each(REDIRECTS)('a code and its secret are not sent on to another place (%i)', async (status) => {
  const elsewhere = await httpPeer(json({ access_token: 'a', token_type: 'Bearer' }));
  for (const target of [`${elsewhere.origin}/token`, `//127.0.0.1:${elsewhere.port}/`, '/elsewhere']) {
    bank.answers.set(TOKEN, redirect(status, target));

    expect(await identityProviderOf(bank).redeem()).toBe('BANK_UNEXPECTED');
  }
  expect(elsewhere.requests).toEqual([]);
  expect(bank.requests.filter(({ path }) => path === '/elsewhere')).toEqual([]);
});
