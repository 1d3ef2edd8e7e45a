/** A store that is down or slow: 503 soon, nothing kept elsewhere, and well again without a restart. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SessionStore } from '../../../server/session/store.ts';
import { OIDC } from '../../hostile/hostile-bank.ts';
import { bootOf, callbackUrl, FRAMED, HOST, startTestCard, type TestCard } from '../../support/test-card.ts';

let card: TestCard;
/** What the store does instead of its work. */
let fault: Partial<Record<keyof SessionStore, () => Promise<never>>>;
beforeEach(async () => {
  fault = {};
  card = await startTestCard({ OFFLINE_ACCESS: 'true' }, (store) => ({
    useOnce: (key, lifeMs) => fault.useOnce?.() ?? store.useOnce(key, lifeMs),
    add: (...args) => fault.add?.() ?? store.add(...args),
    get: (id) => fault.get?.() ?? store.get(id),
    use: (id, caller) => fault.use?.() ?? store.use(id, caller),
    change: (...args) => fault.change?.() ?? store.change(...args),
    remove: (id) => fault.remove?.() ?? store.remove(id),
    lease: (...args) => fault.lease?.() ?? store.lease(...args),
    release: (...args) => fault.release?.() ?? store.release(...args),
    count: () => store.count(),
    close: () => store.close(),
  }));
});
afterEach(() => card.close());

const fail = () => Promise.reject(new Error('ECONNREFUSED secret-of-the-store'));
const hang = () => new Promise<never>(() => undefined);

test.each([
  ['is down', fail],
  ['says nothing', hang],
])(
  'H09 H10 a callback while the store %s is a page of 503, and the attempt works later',
  async (_name, how) => {
    const { state, cookie } = await card.begin();
    fault.useOnce = how;

    const response = await card.get(callbackUrl(state, card.bank), { ...FRAMED, cookie });

    expect(response.statusCode).toBe(503);
    expect(response.headers['retry-after']).toMatch(/^\d+$/);
    expect(bootOf(response).problem).toMatchObject({ code: 'TEMPORARILY_UNAVAILABLE', status: 503 });
    expect(card.bank.requests.filter(({ path }) => path === `${OIDC}/token`)).toEqual([]);
    fault = {};
    const again = await card.get(callbackUrl(state, card.bank), { ...FRAMED, cookie });
    expect(bootOf(again).session).toBeDefined();
  },
);

test('H09 an API call while the store is down is 503 with Retry-After, and the session is there later', async () => {
  const { authorized } = await card.signIn();
  const end = () =>
    card.app.inject({ method: 'DELETE', url: '/api/session', headers: { host: HOST, ...authorized } });
  fault = { get: fail, use: fail };

  for (const response of [await card.get('/api/accounts', authorized), await end()]) {
    expect(response.statusCode).toBe(503);
    expect(response.headers['retry-after']).toMatch(/^\d+$/);
    expect(response.json()).toMatchObject({ code: 'TEMPORARILY_UNAVAILABLE', status: 503 });
  }
  expect(card.logs.join('')).not.toContain('secret-of-the-store');
  fault = {};
  expect((await card.get('/api/accounts', authorized)).statusCode).toBe(200);
});

test('a logout that the store did not take is not called one', async () => {
  const { authorized } = await card.signIn();
  fault.remove = fail;

  const response = await card.app.inject({
    method: 'DELETE',
    url: '/api/session',
    headers: { host: HOST, ...authorized },
  });

  expect(response.statusCode).toBe(503);
});

test.each([
  ['refresh token', { refresh_token: 'refresh-1' }, 'refresh-1'],
  ['access token when there is no other', {}, 'access.token.value'],
])(
  'D15 a session that cannot be kept gives no handle, and its %s is revoked',
  async (_name, answer, token) => {
    card.bank.tokenAnswer = answer;
    fault.add = fail;

    const { boot } = await card.signIn();

    expect(boot.session).toBeUndefined();
    expect(boot.problem).toMatchObject({ code: 'TEMPORARILY_UNAVAILABLE' });
    const revocations = () => card.bank.requests.filter(({ path }) => path === `${OIDC}/token/revocation`);
    await expect
      .poll(() => revocations().map(({ body }) => new URLSearchParams(body).get('token')))
      .toEqual([token]);
  },
);
