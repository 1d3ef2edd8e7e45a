/** Every `Set-Cookie` that the server ever sends: one cookie, from an entry alone, with what the browser's tier asks for. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import cookie from '@fastify/cookie';
import rateLimit from '@fastify/rate-limit';
import Fastify, { type LightMyRequestResponse } from 'fastify';
import { expect, onTestFinished, test } from 'vitest';
import { createAskBanks } from '../../../server/ask-banks.ts';
import { createBanks } from '../../../server/banks.ts';
import { readCardAssets } from '../../../server/card-page/assets.ts';
import { createCardPage } from '../../../server/card-page/card-page.ts';
import { createDirectory } from '../../../server/directory.ts';
import { createUrlRewriter, registerAddressing } from '../../../server/http/addressing.ts';
import { signInLimit } from '../../../server/http/rate-limits.ts';
import type { Institution } from '../../../server/institution.ts';
import { createMetrics } from '../../../server/metrics.ts';
import { createMemoryStore } from '../../../server/session/memory-store.ts';
import { createSessions } from '../../../server/session/session.ts';
import { registerSignIn } from '../../../server/sign-in/routes.ts';
import { createVault } from '../../../server/vault.ts';
import { fixed, OIDC } from '../../hostile/hostile-bank.ts';
import { institutionWith } from '../../support/institution.ts';
import { callbackUrl, FRAMED, HOST, startTestCard } from '../../support/test-card.ts';

/**
 * The sign-in routes of these institutions, with the one answer of a bank that an entry needs: loopback names never
 * count as the bank's own site, and nobody else can be reached.
 */
async function signInOf(institutions: Institution[]) {
  const directory = createDirectory(institutions);
  const app = Fastify({ rewriteUrl: createUrlRewriter(directory) });
  const [vault, store, banks] = [
    createVault([randomBytes(32)]),
    createMemoryStore(),
    createBanks(app.log, createMetrics(), Date.now),
  ];
  onTestFinished(async () => {
    await app.close();
    await banks.close();
    await store.close();
  });
  registerAddressing(app, directory);
  await app.register(cookie);
  await app.register(rateLimit, { global: false });
  const { themes, readSummary, identityProvider } = createAskBanks(banks);
  const assets = readCardAssets(join(import.meta.dirname, '../../../dist/card'));
  registerSignIn(app, {
    ...{ directory, vault, store, themes, readSummary, rateLimit: signInLimit, now: Date.now },
    sessions: createSessions(store, vault),
    page: await createCardPage(app, assets, themes),
    identityProvider: (institution, view) => ({
      ...identityProvider(institution, view),
      authorizationUrl: async () => `${institution.issuer}/auth`,
    }),
  });
  return app;
}

const HOME = institutionWith({ id: 'home', publicUrl: 'https://cards.example-fi.com/home' });
const PARTITIONED = ['HttpOnly', 'Partitioned', 'Path=/', 'SameSite=None', 'Secure'];
const LAX = ['HttpOnly', 'Path=/', 'SameSite=Lax', 'Secure'];
const tiers: [string, Institution[], string[]][] = [
  ['the bank’s own site', [HOME], LAX],
  [
    'another site',
    [institutionWith({ id: 'home', publicUrl: 'https://cards.example.com/home' })],
    PARTITIONED,
  ],
  [
    'the bank’s site, with a frame of another',
    [{ ...HOME, frameOrigins: ['https://x.example'] }],
    PARTITIONED,
  ],
  [
    'the bank’s site, on a host that is another bank’s card as well',
    [
      HOME,
      institutionWith({
        id: 'guest',
        publicUrl: 'https://cards.example-fi.com/guest',
        bankOrigin: 'https://banno.guest.example',
      }),
    ],
    PARTITIONED,
  ],
];
test.each(tiers)('G11 on %s every entry sets the cookie that fits', async (_name, institutions, expected) => {
  const app = await signInOf(institutions);
  for (const institution of institutions) {
    for (const entry of ['/auth', '/expanded', '/auth?again=forged']) {
      const headers = { host: new URL(institution.origin).host, ...FRAMED };
      const answer = await app.inject({ url: institution.basePath + entry, headers });
      expect(answer.statusCode).toBe(302);
      const [value, ...attributes] = String(answer.headers['set-cookie']).split('; ');
      expect(value).toMatch(/^__Host-card=[\w-]{43}$/);
      expect(attributes.toSorted()).toEqual(expected);
    }
  }
});

test('G12 no answer sets a cookie but an entry that begins a sign-in, and none sets another than the binding cookie', async () => {
  const card = await startTestCard({ OFFLINE_ACCESS: 'true', TRANSACTIONS: 'true' });
  onTestFinished(() => card.close());
  const seen: LightMyRequestResponse[] = [];
  const ask = async (method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'HEAD', url: string, headers = {}) => {
    const own = { host: HOST, ...(method === 'POST' ? { origin: `http://${HOST}` } : {}) };
    const answer = await card.app.inject({ method, url, headers: { ...own, ...headers } });
    seen.push(answer);
    return answer;
  };
  const { callback, authorized, state, cookie: own } = await card.signIn();
  seen.push(callback);
  const script = /src="([^"]+\.js)"/.exec(callback.body)?.[1] ?? '';
  const attempts = [state, (await card.begin({ ...FRAMED, cookie: own })).state, 'forged'];
  for (const headers of [{}, authorized, { ...FRAMED, cookie: own }]) {
    for (const url of [
      '/card',
      '/',
      '/nothing',
      '/assets/nothing.js',
      new URL(script, `http://${HOST}`).pathname,
    ])
      await ask('GET', url, headers);
    for (const attempt of attempts)
      for (const changes of [
        { error: 'login_required', code: undefined },
        { iss: 'https://evil.example' },
        {},
      ])
        await ask('GET', callbackUrl(attempt, card.bank, changes), headers);
    for (const url of ['/auth', '/expanded', '/auth/callback', '/card', '/api/accounts'])
      for (const method of ['HEAD', 'POST', 'PUT'] as const) await ask(method, url, headers);
    for (const url of ['/api/accounts', '/api/accounts/one/transactions']) await ask('GET', url, headers);
    await ask('POST', '/api/accounts/refresh', headers);
    await ask('GET', '/auth', { ...headers, 'sec-fetch-dest': 'image' });
    await ask('GET', '/auth', { ...headers, 'sec-purpose': 'prefetch' });
    await ask('GET', '/auth', { ...headers, host: 'evil.example' });
  }
  await ask('DELETE', '/api/session', authorized);
  for (let round = 0, url = '/auth'; round < 4; round += 1) {
    const { headers } = await ask('GET', url, FRAMED);
    const restarted = new URL(String(headers.location ?? `http://${HOST}`)).searchParams.get('state') ?? '';
    const lost = await ask('GET', callbackUrl(restarted, card.bank), {
      ...FRAMED,
      cookie: 'x; __Host-card=x',
    });
    url = String(lost.headers.location ?? '/card');
  }
  expect(new Set(seen.map(({ statusCode }) => statusCode))).toEqual(
    new Set([200, 204, 302, 303, 400, 401, 403, 404, 405, 421]),
  );
  for (const { statusCode, headers } of seen) {
    const cookies = [headers['set-cookie'] ?? []].flat();
    expect(cookies).toHaveLength(statusCode === 302 ? 1 : 0);
    for (const text of cookies) expect(text).toMatch(/^__Host-card=[\w-]{43}; Path=\/; HttpOnly; Secure; /);
  }
});

test('G12 no failure of the bank or the store sets a cookie', async () => {
  const down = () => Promise.reject(new Error('down'));
  const card = await startTestCard({}, (store) => ({ ...store, useOnce: down }));
  onTestFinished(() => card.close());
  const { state, cookie: own } = await card.begin();
  const callback = await card.get(callbackUrl(state, card.bank), { ...FRAMED, cookie: own });
  const other = await startTestCard();
  onTestFinished(() => other.close());
  other.bank.answers.set(`${OIDC}/.well-known/openid-configuration`, fixed(503));
  const entries = [await other.get('/auth', FRAMED), await other.get('/expanded', FRAMED)];

  expect([callback, ...entries].map(({ statusCode }) => statusCode)).toEqual([503, 502, 502]);
  for (const { headers } of [callback, ...entries]) expect(headers['set-cookie']).toBeUndefined();
});
