/** The institution, its themes, and the customer's profile. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startBank } from './bank.ts';
import { API_PATH } from './bank-state.ts';
import { CARD, HandWrittenClient, SCOPE_PREFIX } from './hand-written-client.ts';
import type { Bank } from './options.ts';
import { business } from './personas/others.ts';

let bank: Bank;
let client: HandWrittenClient;
let token: string;

beforeAll(async () => {
  bank = await startBank({ origin: 'http://localhost:0', clients: [CARD] });
  client = new HandWrittenClient(bank);
  const scope = `openid ${SCOPE_PREFIX}user.profile.readonly`;
  token = (await client.signIn({ scope, login_hint: 'business' })).access_token;
});
afterAll(() => bank.close());

const get = (path: string) => fetch(`${bank.origin}${API_PATH}${path}`);

test('themes need no token and are light and dark, with colours as #RRGGBBAA', async () => {
  const response = await get(`/institutions/${bank.institutionId}/themes`);
  expect(response.status).toBe(200);
  const themes = (await response.json()) as {
    default: Record<'light' | 'dark', Record<string, unknown>>;
    additionalThemes: unknown[];
  };
  expect(Object.keys(themes).toSorted()).toEqual(['additionalThemes', 'default']);
  expect(Array.isArray(themes.additionalThemes)).toBe(true);
  for (const scheme of ['light', 'dark'] as const) {
    const theme = themes.default[scheme];
    for (const key of [
      'primaryContentBackgroundColor',
      'bodyTextPrimaryColor',
      'bodyTextThemeColor',
      'primaryButtonColor',
      'primaryButtonTextColor',
    ]) {
      expect(theme[key]).toMatch(/^#[\da-f]{8}$/);
    }
    // Gradients, radii and shadows live beside the colours.
    expect(Object.values(theme).some(Array.isArray)).toBe(true);
    expect(Object.values(theme).some((value) => typeof value === 'number')).toBe(true);
  }
});

test('the institution is public, and another one is not found', async () => {
  expect(await (await get(`/institutions/${bank.institutionId}`)).json()).toMatchObject({
    id: bank.institutionId,
    name: expect.any(String),
  });
  for (const path of ['/institutions/unknown', '/institutions/unknown/themes']) {
    expect((await get(path)).status).toBe(404);
  }
});

test("the customer's institution says which balances to show and what is possible", async () => {
  const path = `/users/${business.userId}/institutions/${bank.institutionId}`;
  expect((await get(path)).status).toBe(401);
  expect(await (await client.api(path, token)).json()).toMatchObject({
    id: bank.institutionId,
    name: expect.any(String),
    localTimezone: expect.any(String),
    balanceDisplaySettings: [
      { type: 'availableBalance', label: 'Available', visible: true, primary: true },
      { type: 'balance', label: 'Current', visible: true, primary: false },
    ],
    abilities: { sessionExpirationTimeoutMinutes: 20 },
    isCashManagement: true,
  });
  expect((await client.api(`/users/${business.userId}/institutions/unknown`, token)).status).toBe(404);
});

test("the customer's profile", async () => {
  expect(await (await client.api(`/users/${business.userId}`, token)).json()).toMatchObject({
    userId: business.userId,
    id: business.userId,
    firstName: business.givenName,
    lastName: business.familyName,
    userType: 'Business',
    institutionId: bank.institutionId,
    username: business.username,
    userVerified: true,
  });
});
