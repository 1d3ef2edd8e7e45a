/** A document may be framed where it must be; methods it does not have are refused; the log holds no secret. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HOST, startTestCard, type TestCard } from '../../support/test-card.ts';

let card: TestCard;
beforeAll(async () => {
  card = await startTestCard();
});
afterAll(() => card.close());

test('a document may be loaded below an isolated host, and its own style needs the nonce', async () => {
  const { callback } = await card.signIn();

  const nonce = /style-src 'self' 'nonce-([\w-]+)'/.exec(
    String(callback.headers['content-security-policy']),
  )?.[1];
  expect(nonce).toMatch(/^[\w-]{22}$/);
  expect(callback.body).toContain(`<style nonce="${nonce}">`);
  expect(callback.body).not.toMatch(/<script(?! type="(module|application\/json)")/);
  expect(callback.headers).toMatchObject({
    'cross-origin-embedder-policy': 'require-corp',
    'cross-origin-resource-policy': 'cross-origin',
  });
});

test('A27 a form posted to the callback is no callback', async () => {
  const { state, cookie } = await card.begin();
  const before = card.bank.requests.length;

  const response = await card.app.inject({
    method: 'POST',
    url: '/auth/callback',
    headers: { host: HOST, cookie, 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams({ code: 'x', state, iss: card.bank.issuer }).toString(),
  });

  expect([response.statusCode, response.headers['allow']]).toEqual([405, 'GET']);
  expect(card.bank.requests).toHaveLength(before);
});

test('the log says what happened, and no secret', async () => {
  const { state, cookie, boot } = await card.signIn();
  await card.get('/api/accounts', { authorization: `Bearer ${boot.session}`, cookie });

  const all = card.logs.join('');
  expect(all).toContain('"route":"/auth/callback"');
  for (const secret of [
    state,
    cookie.slice(12),
    String(boot.session),
    'access.token.value',
    'code-of-the-bank',
    'test-client-secret',
  ]) {
    expect(all).not.toContain(secret);
  }
});
