/** Authorization requests a bank must refuse, and those it must take in whatever form they come. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startBank } from './bank.ts';
import { CALLBACK, CARD, CARD_SCOPES, CLAIM_PREFIX, HandWrittenClient } from './hand-written-client.ts';
import type { Bank } from './options.ts';
import { ScriptedBrowser } from './scripted-browser.ts';

let bank: Bank;
let client: HandWrittenClient;

beforeAll(async () => {
  bank = await startBank({ origin: 'http://localhost:0', clients: [CARD] });
  client = new HandWrittenClient(bank);
});
afterAll(() => bank.close());

test('a request without PKCE is refused by policy', async () => {
  const { url } = await client.begin({ code_challenge: '', code_challenge_method: '' });
  expect(url.searchParams.get('error')).toBe('invalid_request');
  expect(url.searchParams.get('error_description')).toMatch(/requires PKCE/);
});

test('plain is no challenge method', async () => {
  const { url } = await client.begin({ code_challenge_method: 'plain' });
  expect(url.searchParams.get('error')).toBe('invalid_request');
});

test.each([
  ['a trailing slash', `${CALLBACK}/`],
  ['another case', CALLBACK.replace('callback', 'Callback')],
  ['a query', `${CALLBACK}?a=b`],
  ['another port', CALLBACK.replace('8080', '8081')],
])('a Redirect URI with %s gets a page, never a redirect', async (_what, redirectUri) => {
  const { response } = await new ScriptedBrowser().open(
    client.authorizationUrl({ redirect_uri: redirectUri }),
  );
  expect(response.status).toBe(400);
  expect(response.headers.get('location')).toBeNull();
  expect(response.headers.get('x-request-id')).toBeTruthy();
  expect(await response.text()).toContain('redirect_uri');
});

test('an unknown client, and a missing Redirect URI, get a page', async () => {
  for (const overrides of [{ client_id: 'nobody' }, { redirect_uri: '' }]) {
    const { response } = await new ScriptedBrowser().open(client.authorizationUrl(overrides));
    expect(response.status).toBe(400);
    expect(response.headers.get('content-type')).toMatch(/^text\/html/);
  }
});

test('request objects are refused', async () => {
  const { url } = await client.begin({ request: 'e30.e30.' });
  expect(url.searchParams.get('error')).toBe('request_not_supported');
});

test('a resource other than the Consumer API is an invalid target', async () => {
  const { url } = await client.begin({ resource: 'https://elsewhere.example' });
  expect(url.searchParams.get('error')).toBe('invalid_target');
});

test('a code is good once, with its verifier, for its Redirect URI', async () => {
  const redeem = (code: string | null, overrides: Record<string, string> = {}) =>
    client.token({
      grant_type: 'authorization_code',
      code: String(code),
      redirect_uri: CALLBACK,
      ...overrides,
    });
  const fresh = async () => (await client.begin()).url.searchParams.get('code');
  const wrong = [
    await redeem(await fresh(), { code_verifier: 'x'.repeat(43) }),
    await redeem(await fresh(), { redirect_uri: 'http://localhost:8080/auth' }),
  ];
  const code = await fresh();
  expect((await redeem(code)).status).toBe(200);
  for (const response of [...wrong, await redeem(code)]) {
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({
      error: 'invalid_grant',
      error_description: 'grant request is invalid',
    });
  }
});

test('a hand-made address with %20 and a claims parameter is understood', async () => {
  const claims = JSON.stringify({ id_token: { [`${CLAIM_PREFIX}institution_id`]: null } });
  const url = client.authorizationUrl();
  url.search = '';
  const { search } = client.authorizationUrl({ scope: '' });
  const handMade = `${url.href}?scope=${CARD_SCOPES.replaceAll(' ', '%20')}&${search.slice(1)}&claims=${encodeURIComponent(claims)}&unknown=1`;
  const { url: callback } = await new ScriptedBrowser().follow(handMade, CALLBACK);
  expect(callback.searchParams.has('code')).toBe(true);
});

test('form_post delivers the answer as a form', async () => {
  const { response } = await client.begin({ response_mode: 'form_post' });
  const html = await response.text();
  expect(html).toContain(`action="${CALLBACK}"`);
  expect(html).toContain('name="code"');
});

test('a pushed request is taken, also framed and with a hint', async () => {
  const parameters = Object.fromEntries(client.authorizationUrl({ login_hint: 'many' }).searchParams);
  const pushed = await client.post('/request', { ...parameters, client_secret: CARD.clientSecret });
  expect(pushed.status).toBe(201);
  const { request_uri: requestUri } = (await pushed.json()) as { request_uri: string };
  const url = new URL(`${bank.issuer}/auth`);
  url.search = new URLSearchParams({ client_id: CARD.clientId, request_uri: requestUri }).toString();
  const framed = await new ScriptedBrowser().follow(url, CALLBACK, { 'sec-fetch-dest': 'iframe' });
  expect(framed.url.searchParams.get('error')).toBe('login_required');
  const { url: callback } = await new ScriptedBrowser().follow(url, CALLBACK);
  expect(callback.searchParams.has('code')).toBe(true);
});

test('the end-session endpoint asks, signs out, and returns to a registered address', async () => {
  const browser = new ScriptedBrowser();
  await client.begin({}, browser);
  const address = new URL(`${bank.issuer}/logout`);
  address.search = new URLSearchParams({
    client_id: CARD.clientId,
    post_logout_redirect_uri: CALLBACK,
    state: 'bye',
  }).toString();
  const page = await browser.follow(address, CALLBACK);
  const html = await page.response.text();
  const xsrf = /name="xsrf" value="([^"]+)"/.exec(html)?.[1] ?? '';
  const confirm = { ...page, url: new URL(`${bank.issuer}/logout/confirm`) };
  const { url } = await browser.submit(confirm, { xsrf, logout: 'yes' }, CALLBACK);
  expect(url.href).toBe(`${CALLBACK}?state=bye`);
  const again = await client.begin({ prompt: 'none' }, browser);
  expect(again.url.searchParams.get('error')).toBe('login_required');
});
