/** Who is signed in, when a page is shown, and when the bank answers `login_required`. */
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startBank } from './bank.ts';
import { CALLBACK, CARD, HandWrittenClient } from './hand-written-client.ts';
import type { Bank } from './options.ts';
import { personaById } from './personas/all.ts';
import { ScriptedBrowser, type Visited } from './scripted-browser.ts';

const FRAMED = { 'sec-fetch-dest': 'iframe' };
let bank: Bank;
let client: HandWrittenClient;

beforeAll(async () => {
  bank = await startBank({ origin: 'http://localhost:0', clients: [CARD] });
  client = new HandWrittenClient(bank);
});
beforeEach(() => Object.assign(bank.switches, { signedOut: false, sessionCookieSameSite: 'None' }));
afterAll(() => bank.close());

async function subject(visited: Visited) {
  return decodeJwt((await client.redeem(visited)).id_token).sub;
}

function expectLoginRequired({ url }: Visited) {
  expect(Object.fromEntries(url.searchParams)).toMatchObject({
    error: 'login_required',
    state: client.state,
    iss: bank.issuer,
  });
}

function signInAs(browser: ScriptedBrowser, persona: string) {
  return browser.open(`${bank.origin}/sandbox/sign-in`, {
    method: 'POST',
    body: JSON.stringify({ persona }),
    headers: { 'content-type': 'application/json' },
  });
}

test('a plain sign-in needs no page and comes back with code, state and iss', async () => {
  const { url } = await client.begin();
  expect(`${url.origin}${url.pathname}`).toBe(CALLBACK);
  expect([...url.searchParams.keys()].toSorted()).toEqual(['code', 'iss', 'state']);
  expect(url.searchParams.get('state')).toBe(client.state);
  expect(url.searchParams.get('iss')).toBe(bank.issuer);
});

test('login_hint names another persona', async () => {
  expect(await subject(await client.begin({ login_hint: 'many' }))).toBe(personaById('many')?.userId);
});

test('a framed sign-in without a bank session answers login_required', async () => {
  expectLoginRequired(await client.begin({}, new ScriptedBrowser(), FRAMED));
});

test('a framed sign-in with a bank session is silent', async () => {
  const browser = new ScriptedBrowser();
  await signInAs(browser, 'spanish');
  expect(await subject(await client.begin({}, browser, FRAMED))).toBe(personaById('spanish')?.userId);
});

test('prompt=none without a session answers login_required, with one it is silent', async () => {
  const browser = new ScriptedBrowser();
  expectLoginRequired(await client.begin({ prompt: 'none' }, browser));
  await client.begin({}, browser);
  expect((await client.begin({ prompt: 'none' }, browser)).url.searchParams.has('code')).toBe(true);
});

test('two browsers are two customers at once, and one browser can change over', async () => {
  const [first, second] = [new ScriptedBrowser(), new ScriptedBrowser()];
  await signInAs(first, 'many');
  await signInAs(second, 'business');
  expect(await subject(await client.begin({}, first))).toBe(personaById('many')?.userId);
  expect(await subject(await client.begin({}, second))).toBe(personaById('business')?.userId);
  await signInAs(first, 'odd');
  expect(await subject(await client.begin({}, first))).toBe(personaById('odd')?.userId);
});

test('signing out ends the session', async () => {
  const browser = new ScriptedBrowser();
  await signInAs(browser, 'many');
  await browser.open(`${bank.origin}/sandbox/sign-out`, { method: 'POST' });
  expectLoginRequired(await client.begin({}, browser, FRAMED));
});

test('while everybody is signed out no session counts, framed or not; afterwards it counts again', async () => {
  const browser = new ScriptedBrowser();
  await signInAs(browser, 'many');
  bank.switches.signedOut = true;
  expectLoginRequired(await client.begin({}, browser, FRAMED));
  expectLoginRequired(await client.begin({}, browser, FRAMED));
  const page = await client.begin({}, browser);
  expect(page.url.pathname).toMatch(/\/login\//);
  bank.switches.signedOut = false;
  expect(await subject(await client.begin({}, browser, FRAMED))).toBe(personaById('many')?.userId);
});

test('the sign-in page signs in whoever is picked, also in place of somebody else', async () => {
  const browser = new ScriptedBrowser();
  await signInAs(browser, 'many');
  bank.switches.signedOut = true;
  const page = await client.begin({}, browser);
  expect(page.response.status).toBe(200);
  expect(await page.response.text()).toContain('<legend>Who are you?</legend>');
  const done = await browser.submit(page, { persona: 'refunded' }, CALLBACK);
  expect(await subject(done)).toBe(personaById('refunded')?.userId);
});

test('prompt=login asks again in spite of a session', async () => {
  const browser = new ScriptedBrowser();
  await signInAs(browser, 'many');
  const page = await client.begin({ prompt: 'login' }, browser);
  expect(page.url.pathname).toMatch(/\/login\//);
  const done = await browser.submit(page, { persona: 'business' }, CALLBACK);
  expect(await subject(done)).toBe(personaById('business')?.userId);
});

test('a sign-in page without its cookies says that it has expired', async () => {
  const { response } = await new ScriptedBrowser().open(`${bank.issuer}/login/unknown`);
  expect(response.status).toBe(400);
  expect(await response.text()).toContain('expired');
});

test('without automatic sign-in the bank shows its page', async () => {
  const strict = await startBank({ origin: 'http://localhost:0', clients: [CARD], autoSignIn: null });
  const stranger = new HandWrittenClient(strict);
  const browser = new ScriptedBrowser();
  const page = await stranger.begin({ login_hint: 'business' }, browser);
  expect(await page.response.text()).toMatch(/value="business" checked/);
  const done = await browser.submit(page, { persona: 'business' }, CALLBACK);
  expect(done.url.searchParams.has('code')).toBe(true);
  await strict.close();
});

test('the session cookie is SameSite=None and Secure, or Lax when switched', async () => {
  const attributes = async () => {
    const { response } = await new ScriptedBrowser().open(client.authorizationUrl());
    return response.headers.getSetCookie().find((cookie) => cookie.startsWith('banno-session='));
  };
  expect(await attributes()).toMatch(/httponly.*; Secure; SameSite=None$/i);
  bank.switches.sessionCookieSameSite = 'Lax';
  expect(await attributes()).toMatch(/httponly.*; Secure; SameSite=Lax$/i);
  const { response } = await signInAs(new ScriptedBrowser(), 'many');
  expect(response.headers.getSetCookie()[0]).toMatch(/; Secure; SameSite=Lax$/);
});
