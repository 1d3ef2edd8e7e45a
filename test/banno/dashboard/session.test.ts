/** The dashboard shows whose the browser's bank session is, however it came to be. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startBank } from '../bank.ts';
import { CARD, HandWrittenClient } from '../hand-written-client.ts';
import type { Bank } from '../options.ts';
import { ScriptedBrowser } from '../scripted-browser.ts';

let bank: Bank;
beforeAll(async () => {
  bank = await startBank({ origin: 'http://localhost:0', clients: [CARD], persona: 'many' });
});
afterAll(() => bank.close());

async function shown(browser: ScriptedBrowser, path: string) {
  const { response } = await browser.open(bank.origin + path);
  const place = path === '/accounts' ? 'own-card-title' : 'customer';
  return new RegExp(`id="${place}">([^<]+)<`).exec(await response.text())?.[1];
}

const post = (browser: ScriptedBrowser, path: string, body: object) =>
  browser.open(`${bank.origin}/sandbox/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

test('a browser without a session gets the persona of the switches', async () => {
  const browser = new ScriptedBrowser();
  expect(await shown(browser, '/accounts')).toBe('Nobody is signed in');
  expect(await shown(browser, '/')).toBe('Morgan Fields');
  expect(await shown(browser, '/accounts')).toBe('Morgan Fields');
});

test('a session that began elsewhere is kept', async () => {
  const browser = new ScriptedBrowser();
  await new HandWrittenClient(bank).begin({ login_hint: 'spanish' }, browser);
  expect(await shown(browser, '/')).toBe('Inés Robledo');
  await post(browser, 'sign-in', { persona: 'refunded' });
  expect(await shown(browser, '/')).toBe('Remy Castell');
  expect(await shown(browser, '/accounts')).toBe('Remy Castell');
});

test('the address changes the customer of this browser, and of no other', async () => {
  const [first, second] = [new ScriptedBrowser(), new ScriptedBrowser()];
  expect(await shown(first, '/?persona=business')).toBe('Blair Coombs');
  expect(await shown(second, '/?persona=everyday')).toBe('Avery Quill');
  expect(await shown(first, '/')).toBe('Blair Coombs');
  expect(await shown(second, '/accounts')).toBe('Avery Quill');
});

test('after signing out nobody is left', async () => {
  const browser = new ScriptedBrowser();
  await shown(browser, '/?persona=business');
  await post(browser, 'sign-out', {});
  expect(await shown(browser, '/accounts')).toBe('Nobody is signed in');
});

test('/logout leads to the page that asks about signing out', async () => {
  const { url, response } = await new ScriptedBrowser().follow(`${bank.origin}/logout`, 'nowhere:');
  expect(url.href).toBe(`${bank.issuer}/logout`);
  expect(response.status).toBe(200);
});
