/** The bank's signing keys change between a sign-in and its renewal. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { forge } from '../../hostile/forge.ts';
import { json, OIDC } from '../../hostile/hostile-bank.ts';
import { createKeyring, signature } from '../../hostile/signing-keys.ts';
import { startTestCard, type TestCard } from '../../support/test-card.ts';

let card: TestCard;
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  card = await startTestCard({ OFFLINE_ACCESS: 'true' });
});
afterEach(async () => {
  vi.useRealTimers();
  await card.close();
});

const JWKS = `${OIDC}/jwks`;
const asked = () => card.bank.requests.filter(({ path }) => path === JWKS).length;
const later = (seconds: number) => vi.setSystemTime(Date.now() + seconds * 1_000);

/** From now on the bank signs with a new key alone, and publishes no other. */
function rotate(): void {
  const { kid, jwk, privateKey } = createKeyring('next-key').of('ES256');
  card.bank.answers.set(JWKS, (_request, response) => json(response, { keys: [jwk] }));
  card.bank.forgery = ({ claims }) =>
    forge({
      header: { alg: 'ES256', kid },
      payload: claims,
      signature: (input) => signature('ES256', input, privateKey),
    });
}

test.each([100, 600])(
  'B11 B12 a key rotated before a renewal is accepted after one fetch (%s s)',
  async (life) => {
    card.bank.tokenAnswer = { refresh_token: 'refresh-1', expires_in: life };
    const { authorized } = await card.signIn();
    const before = asked();
    later(life * 0.9);
    rotate();

    expect((await card.get('/api/accounts', authorized)).statusCode).toBe(200);
    expect(asked()).toBe(before + 1);
  },
);

test('B12 within the cool-down a new key ends the session without a fetch; a fresh sign-in later succeeds', async () => {
  card.bank.tokenAnswer = { refresh_token: 'refresh-1', expires_in: 50 };
  const { authorized, boot } = await card.signIn();
  const before = asked();
  later(45);
  rotate();

  expect((await card.get('/api/accounts', authorized)).statusCode).toBe(401);
  expect(asked()).toBe(before);
  later(20);
  expect((await card.signIn({ entry: boot.again })).boot.session).toBeDefined();
});
