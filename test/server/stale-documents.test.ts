/** What is kept of a bank and has grown old is used at once and renewed behind, also while the bank says nothing. */
import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { json, metadata, OIDC } from '../hostile/hostile-bank.ts';
import { startTestCard, type TestCard } from '../support/test-card.ts';

const INSTITUTION = 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee';
const DISCOVERY = `${OIDC}/.well-known/openid-configuration`;
const THEMES = `/a/consumer/api/v0/institutions/${INSTITUTION}/themes`;
const themeOf = (background: string) => ({
  default: { light: { primaryContentBackgroundColor: background, bodyTextPrimaryColor: '#101010ff' } },
});

const CLAIMS = { 'https://api.banno.com/consumer/claim/institution_id': INSTITUTION };

let card: TestCard;
beforeEach(async () => {
  card = await startTestCard();
  card.bank.idToken = { claims: CLAIMS };
});
afterEach(() => card.close());

/** The bank holds every request for this path from now on. */
function hold(path: string): ServerResponse[] {
  const held: ServerResponse[] = [];
  card.bank.answers.set(path, (_request, response) => void held.push(response));
  return held;
}

test('an old discovery document holds up no sign-in, and one call renews it', async () => {
  await card.signIn();
  card.clock.aheadMs = 3_600_001;
  const held = hold(DISCOVERY);

  const { url } = await card.begin();
  const again = await card.begin();

  expect([url.pathname, again.url.pathname]).toEqual([`${OIDC}/auth`, `${OIDC}/auth`]);
  await expect.poll(() => held.length).toBe(1);
  const moved = { ...metadata(card.bank.issuer), authorization_endpoint: `${card.bank.issuer}/moved` };
  for (const response of held) json(response, moved);
  await expect.poll(async () => (await card.begin()).url.pathname).toBe(`${OIDC}/moved`);
});

test('an old theme stays in the head while one call renews it', async () => {
  card.bank.answers.set(THEMES, (_request, response) => json(response, themeOf('#fafafaff')));
  const headOf = (body: string) => body.slice(0, body.indexOf('</head>'));
  const page = async () => headOf((await card.signIn()).callback.body);
  await expect.poll(page).toContain('#fafafa');
  card.clock.aheadMs = 600_001;
  card.bank.idToken = { claims: { ...CLAIMS, iat: Math.floor(Date.now() / 1_000) + 600 } };
  const held = hold(THEMES);

  expect([await page(), await page()]).toEqual(Array(2).fill(expect.stringContaining('#fafafa')));

  await expect.poll(() => held.length).toBe(1);
  for (const response of held) json(response, themeOf('#f0f0f0ff'));
  await expect.poll(page).toContain('#f0f0f0');
});
