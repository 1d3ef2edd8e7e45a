/** "User consent required": a page with Allow and Deny, for all clients by a switch or for one by its settings. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startBank } from './bank.ts';
import { CALLBACK, CARD, HandWrittenClient } from './hand-written-client.ts';
import type { Bank } from './options.ts';
import { ScriptedBrowser } from './scripted-browser.ts';

const ASKING = { ...CARD, clientId: 'asking', consentRequired: true };
let bank: Bank;
let client: HandWrittenClient;

beforeAll(async () => {
  bank = await startBank({ origin: 'http://localhost:0', clients: [CARD, ASKING] });
  client = new HandWrittenClient(bank);
});
beforeEach(() => Object.assign(bank.switches, { consentRequired: true }));
afterAll(() => bank.close());

test('allowing goes on, and is remembered for the session', async () => {
  const browser = new ScriptedBrowser();
  const page = await client.begin({}, browser);
  expect(page.url.pathname).toMatch(/\/consent\//);
  const html = await page.response.text();
  expect(html).toContain('Allow</button>');
  expect(html).toContain('accounts.readonly');
  expect(page.response.headers.get('content-security-policy')).toContain("frame-ancestors 'self'");
  const { url } = await browser.submit(page, { decision: 'allow' }, CALLBACK);
  expect(url.searchParams.has('code')).toBe(true);
  expect((await client.begin({}, browser)).url.searchParams.has('code')).toBe(true);
});

test('denying answers access_denied', async () => {
  const browser = new ScriptedBrowser();
  const page = await client.begin({}, browser);
  const { url } = await browser.submit(page, { decision: 'deny' }, CALLBACK);
  expect(Object.fromEntries(url.searchParams)).toMatchObject({
    error: 'access_denied',
    state: client.state,
    iss: bank.issuer,
  });
});

test('prompt=none answers consent_required', async () => {
  const browser = new ScriptedBrowser();
  bank.switches.consentRequired = false;
  await client.begin({}, browser);
  bank.switches.consentRequired = true;
  const { url } = await client.begin({ prompt: 'none' }, browser);
  expect(url.searchParams.get('error')).toBe('consent_required');
});

test('one client may require it while the others do not', async () => {
  bank.switches.consentRequired = false;
  expect((await client.begin()).url.searchParams.has('code')).toBe(true);
  expect((await new HandWrittenClient(bank, ASKING).begin()).url.pathname).toMatch(/\/consent\//);
});

test('turning the switch on asks again in a browser that has agreed before', async () => {
  const browser = new ScriptedBrowser();
  const page = await client.begin({}, browser);
  await browser.submit(page, { decision: 'allow' }, CALLBACK);
  await fetch(`${bank.origin}/sandbox/switches`, {
    method: 'PATCH',
    body: JSON.stringify({ consentRequired: true }),
    headers: { 'content-type': 'application/json' },
  });
  expect((await client.begin({}, browser)).url.pathname).toMatch(/\/consent\//);
});
