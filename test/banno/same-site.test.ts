/** In a real browser, inside a foreign-site frame: when a SameSite=Lax bank cookie travels, and how consent is asked. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Browser, chromium } from 'playwright';
import { afterAll, beforeAll, test } from 'vitest';
import { findChromium } from '../support/chromium.ts';
import { startBank } from './bank.ts';
import { CARD, HandWrittenClient } from './hand-written-client.ts';
import type { Bank } from './options.ts';

// The dashboard covers a card until it says that it is ready.
const READY = '<script>parent.postMessage({ type: "ready" }, "*")</script>';

let bank: Bank;
let browser: Browser;
let card: ReturnType<typeof createServer>;
let cardOrigin: string;

beforeAll(async () => {
  const { executablePath, args } = await findChromium();
  browser = await chromium.launch({ executablePath, args });
  bank = await startBank({ origin: 'http://bank.localhost:0', clients: [] });
  // A card that starts a sign-in at its entry, and shows what came back with a link that starts another.
  card = createServer((request, response) => {
    const url = new URL(request.url ?? '/', cardOrigin);
    if (url.pathname === '/auth') return response.writeHead(302, { location: signInUrl() }).end();
    const outcome = url.searchParams.has('code') ? 'signed in' : url.searchParams.get('error');
    return response
      .writeHead(200, { 'content-type': 'text/html' })
      .end(`<p>${outcome}</p><a href="/auth">again</a>${READY}`);
  });
  await new Promise<void>((resolve) => card.listen(0, '127.0.0.1', resolve));
  cardOrigin = `http://card.localhost:${(card.address() as AddressInfo).port}`;
  bank.addClient({ ...CARD, redirectUris: [`${cardOrigin}/auth`, `${cardOrigin}/callback`] });
  bank.addCard({ title: 'Card', url: `${cardOrigin}/auth`, initialHeight: 300 });
});
afterAll(async () => {
  await browser.close();
  await bank.close();
  card.closeAllConnections();
  card.close();
});

function signInUrl(): string {
  return new HandWrittenClient(bank).authorizationUrl({ redirect_uri: `${cardOrigin}/callback` }).href;
}

test.each([
  ['None', 'signed in'],
  ['Lax', 'login_required'],
] as const)(
  "SameSite=%s: the host's load is signed in, the frame's own new sign-in is %s",
  async (sameSite, again) => {
    bank.switches.sessionCookieSameSite = sameSite;
    const page = await browser.newPage();
    await page.goto(bank.origin);
    const frame = page.frameLocator('iframe');
    await frame.getByText('signed in').waitFor();
    await frame.getByRole('link', { name: 'again' }).click();
    await frame.getByText(again).waitFor();
    await page.close();
  },
);

test('consent is asked for inside the frame, in sight, and allowing it signs the card in', async () => {
  Object.assign(bank.switches, { consentRequired: true, sessionCookieSameSite: 'None' });
  const page = await browser.newPage();
  await page.goto(bank.origin);
  const frame = page.frameLocator('iframe');
  await frame.getByRole('heading', { name: 'Allow access?' }).waitFor();
  // Playwright refuses to click what the dashboard's veil covers.
  await frame.getByRole('button', { name: 'Allow' }).click();
  await frame.getByText('signed in').waitFor();
  await page.close();
});
