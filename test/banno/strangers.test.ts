/** Clients we did not write sign in, read accounts, refresh and list transactions by configuration alone. */
import * as client6 from 'openid-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startBank } from './bank.ts';
import {
  CALLBACK,
  CARD,
  CARD_SCOPES,
  CLAIM_PREFIX,
  HandWrittenClient,
  SCOPE_PREFIX,
} from './hand-written-client.ts';
import type { Bank } from './options.ts';
import { startPassportApp } from './passport-app.ts';
import { everyday } from './personas/everyday.ts';
import { ScriptedBrowser } from './scripted-browser.ts';

const SCOPE = `${CARD_SCOPES} ${SCOPE_PREFIX}transactions.detail.readonly ${SCOPE_PREFIX}offline_access`;
let bank: Bank;

beforeAll(async () => {
  bank = await startBank({ origin: 'http://localhost:0', clients: [CARD] });
});
afterAll(() => bank.close());

/** What Banno's guides do next: accounts, `PUT fetch`, its task, transactions. */
async function useApi(accessToken: string, userId: string): Promise<void> {
  const call = async (path: string, method = 'GET') => {
    const url = `${bank.origin}/a/consumer/api/v0/users/${userId}${path}`;
    const response = await fetch(url, { method, headers: { authorization: `Bearer ${accessToken}` } });
    expect(response.status).toBe(200);
    return (await response.json()) as Record<string, unknown>;
  };
  const { accounts } = (await call('/accounts')) as { accounts: { id: string }[] };
  expect(accounts).toHaveLength(4);
  const { taskId } = await call('/fetch', 'PUT');
  let version = 0;
  for (let isEnded = false; !isEnded; ) {
    const answer = await call(`/tasks/${taskId}?sinceVersion=${version}`);
    version = Number(answer['version']);
    isEnded = (answer['events'] as { type: string }[]).some(({ type }) => type === 'TaskEnded');
  }
  const { transactions } = await call(`/accounts/${accounts[0]?.id}/transactions?limit=5`);
  expect(transactions).toHaveLength(5);
}

test("openid-client 5 with Passport, as in Banno's own example", async () => {
  const app = await startPassportApp(bank, SCOPE);
  const browser = new ScriptedBrowser();
  const { response } = await browser.follow(`${app.origin}/login`, 'nowhere:');
  expect(response.status).toBe(200);
  const user = (await response.json()) as { access_token: string; sub: string; institutionId: string };
  expect(user).toMatchObject({ sub: everyday.userId, institutionId: bank.institutionId });
  await useApi(user.access_token, user.sub);
  await app.close();
});

test('a hand-written client without discovery', async () => {
  const answer = await new HandWrittenClient(bank).signIn({ scope: SCOPE });
  // Banno's plugin example only decodes it.
  const [, payload = ''] = answer.id_token.split('.');
  const { sub } = JSON.parse(Buffer.from(payload, 'base64').toString()) as { sub: string };
  await useApi(answer.access_token, sub);
});

test('openid-client 6', async () => {
  const configuration = await client6.discovery(
    new URL(bank.issuer),
    CARD.clientId,
    CARD.clientSecret,
    undefined,
    {
      execute: [client6.allowInsecureRequests],
    },
  );
  client6.enableNonRepudiationChecks(configuration);
  const verifier = client6.randomPKCECodeVerifier();
  const expectedState = client6.randomState();
  const expectedNonce = client6.randomNonce();
  const authorizationUrl = client6.buildAuthorizationUrl(configuration, {
    redirect_uri: CALLBACK,
    scope: SCOPE,
    code_challenge: await client6.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state: expectedState,
    nonce: expectedNonce,
    claims: JSON.stringify({ id_token: { [`${CLAIM_PREFIX}institution_id`]: null } }),
  });
  const { url } = await new ScriptedBrowser().follow(authorizationUrl, CALLBACK);
  const tokens = await client6.authorizationCodeGrant(configuration, url, {
    pkceCodeVerifier: verifier,
    expectedState,
    expectedNonce,
  });
  const claims = tokens.claims();
  expect(claims?.[`${CLAIM_PREFIX}institution_id`]).toBe(bank.institutionId);
  const userinfo = await client6.fetchUserInfo(configuration, tokens.access_token, claims?.sub ?? '');
  expect(userinfo.given_name).toBe('Avery');
  await useApi(tokens.access_token, claims?.sub ?? '');
  const renewed = await client6.refreshTokenGrant(configuration, tokens.refresh_token ?? '');
  expect(renewed.refresh_token).not.toBe(tokens.refresh_token);
  await client6.tokenRevocation(configuration, renewed.refresh_token ?? '');
  const introspected = await client6.tokenIntrospection(configuration, renewed.refresh_token ?? '');
  expect(introspected.active).toBe(false);
});
