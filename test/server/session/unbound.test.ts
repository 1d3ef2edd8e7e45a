/** Sign-ins that nothing, or the wrong thing, ties to a browser: refused, not used up, never for ever, and told apart. */
import { randomBytes } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { buildApp } from '../../../server/app.ts';
import { readCardAssets } from '../../../server/card-page/assets.ts';
import { createMemoryStore } from '../../../server/session/memory-store.ts';
import { type Attempt, sealAttempt } from '../../../server/sign-in/attempt.ts';
import { createVault } from '../../../server/vault.ts';
import { institutionWith } from '../../support/institution.ts';
import { bootOf, callbackUrl, FRAMED, HOST, startTestCard, type TestCard } from '../../support/test-card.ts';
import { startStage } from '../setup/doctor/stage.ts';

let card: TestCard;
beforeEach(async () => {
  card = await startTestCard();
});
afterEach(() => card.close());

const redeemed = () => card.bank.requests.filter(({ path }) => path.endsWith('/token')).length;
const lastLine = () => JSON.parse(card.logs.at(-1) ?? '');

/** A sealed attempt of a card on its bank's own site, where no sign-in can be begun for real: the bank has no server. */
async function onBankSite(attempt: Partial<Attempt>) {
  const [institution, key] = [institutionWith(), randomBytes(32)];
  const { issuer, clientId } = institution;
  const honest: Attempt = {
    ...{ view: 'face', issuer, clientId, nonce: 'n'.repeat(43), codeVerifier: 'v'.repeat(43) },
    ...{ startedAtMs: Date.now(), bindingHash: 'h'.repeat(43), sawCookie: false, restarts: 0 },
    startedByCard: false,
  };
  const app = await buildApp(
    { institutions: [institution], sessionKeys: [key] },
    {
      assets: readCardAssets(join(import.meta.dirname, '../../../dist/card')),
      store: createMemoryStore(),
      logger: false,
    },
  );
  onTestFinished(() => app.close());
  const state = sealAttempt(createVault([key]), institution, { ...honest, ...attempt });
  const url = `/auth/callback?${new URLSearchParams({ state, code: 'code', iss: issuer })}`;
  return app.inject({ url, headers: { host: new URL(institution.origin).host, ...FRAMED } });
}

test('K01 on the bank’s own site an unbound callback is refused, whatever Fetch Metadata it claims', async () => {
  const response = await onBankSite({});

  expect(response.statusCode).toBe(400);
  expect(bootOf(response).problem?.code).toBe('SIGN_IN_FAILED');
});

test('K01 on a foreign site a callback without its cookie is refused when the start saw one', async () => {
  const { cookie } = await card.begin();
  const { state } = await card.begin({ ...FRAMED, cookie });

  const response = await card.get(callbackUrl(state, card.bank), FRAMED);

  expect(response.statusCode).toBe(303);
  expect(lastLine()).toMatchObject({ code: 'SIGN_IN_FAILED', reason: 'binding lost' });
  expect(redeemed()).toBe(0);
});

test('K01 on a foreign site an unbound callback works in its first minute, once, and never after it', async () => {
  const [early, late] = [await card.begin(), await card.begin()];
  card.clock.aheadMs = 58_000;
  card.bank.nonce = early.url.searchParams.get('nonce') ?? '';
  const once = [
    await card.get(callbackUrl(early.state, card.bank), FRAMED),
    await card.get(callbackUrl(early.state, card.bank), FRAMED),
  ];
  expect(once.map(({ statusCode }) => statusCode)).toEqual([200, 303]);
  expect(redeemed()).toBe(1);

  card.clock.aheadMs = 61_000;
  const response = await card.get(callbackUrl(late.state, card.bank), FRAMED);
  expect(response.statusCode).toBe(400);
  expect(lastLine()).toMatchObject({ reason: 'unbound too late' });
  expect(redeemed()).toBe(1);
});

const notFramed: [string, Record<string, string>][] = [
  ['a top-level page', { ...FRAMED, 'sec-fetch-dest': 'document' }],
  ['a frame that nobody navigated', { ...FRAMED, 'sec-fetch-mode': 'no-cors' }],
  ['a mode alone', { 'sec-fetch-mode': 'navigate' }],
  ['a destination alone', { 'sec-fetch-dest': 'iframe' }],
];
test.each(notFramed)('K01 K02 %s is no unbound frame, and uses nothing up', async (_name, headers) => {
  const { state, cookie } = await card.begin();

  expect((await card.get(callbackUrl(state, card.bank), headers)).statusCode).toBe(400);
  expect(redeemed()).toBe(0);
  const right = await card.get(callbackUrl(state, card.bank), { ...FRAMED, cookie });
  expect(bootOf(right).session).toBeDefined();
});

const mismatches: [string, (own: string, other: string) => string][] = [
  ['another browser’s cookie', (_own, other) => other],
  ['K09 two cookies', (own, other) => `${own}; ${other}`],
  ['K09 its own cookie twice', (own) => `${own}; ${own}`],
  ['K09 its own cookie behind a no-break space', (own) => `\xA0${own}`],
  ['no cookie although it sent one before', () => 'a=b'],
];
test.each(mismatches)(
  'K02 a callback with %s first, then the right one: nothing was burnt',
  async (_name, cookieOf) => {
    const [own, other] = [(await card.begin()).cookie, (await card.begin()).cookie];
    const { state } = await card.begin({ ...FRAMED, cookie: own });

    for (let attempt = 0; attempt < 3; attempt += 1) {
      const wrong = await card.get(callbackUrl(state, card.bank), {
        ...FRAMED,
        cookie: cookieOf(own, other),
      });
      expect(wrong.statusCode).toBe(303);
      expect(wrong.headers.location).toMatch(/^http:\/\/card\.localhost\/auth\?again=/);
    }
    expect(redeemed()).toBe(0);
    const right = await card.get(callbackUrl(state, card.bank), { ...FRAMED, cookie: own });
    expect(bootOf(right).session).toBeDefined();
  },
);

test('K05 a cookie that is lost after every callback: two automatic sign-ins, then a message with a button', async () => {
  let url = '/auth';
  const signIns: string[] = [];
  for (let round = 0; round < 6; round += 1) {
    const entry = await card.get(url, FRAMED);
    if (entry.statusCode !== 302) {
      expect([entry.statusCode, bootOf(entry).problem?.code]).toEqual([401, 'SIGN_IN_REQUIRED']);
      break;
    }
    const authorization = new URL(String(entry.headers.location)).searchParams;
    card.bank.nonce = authorization.get('nonce') ?? '';
    const cookie = String(entry.headers['set-cookie']).split(';')[0] ?? '';
    const state = authorization.get('state') ?? '';
    const boot = bootOf(await card.get(callbackUrl(state, card.bank), { ...FRAMED, cookie }));
    signIns.push(String(boot.session));
    const answer = await card.get('/api/accounts', { authorization: `Bearer ${boot.session}` });
    expect(answer.statusCode).toBe(401);
    url = boot.again;
  }

  expect(signIns).toHaveLength(3);
});

test('K09 two Cookie lines of one request are two cookies, on the wire', async () => {
  await card.app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = card.app.server.address() as AddressInfo;
  const { authorized, cookie } = await card.signIn();
  const statusOf = async (...cookies: string[]) => {
    const headers = { host: HOST, authorization: String(authorized['authorization']), cookie: cookies };
    const answered = Promise.withResolvers<number | undefined>();
    httpRequest({ host: '127.0.0.1', port, path: '/api/accounts', headers }, (response) => {
      response.resume();
      answered.resolve(response.statusCode);
    }).end();
    return answered.promise;
  };

  expect(await statusOf(cookie)).toBe(200);
  expect(await statusOf('a=b', cookie)).toBe(200);
  // Under a name of its own it is no cookie of ours, before ours or after it.
  expect(await statusOf(`\xA0${cookie}`, cookie)).toBe(200);
  expect(await statusOf(`\xA0${cookie}`)).toBe(401);
  expect(await statusOf(cookie, cookie)).toBe(401);
  expect(await statusOf(cookie, '__Host-card=another')).toBe(401);
});

test('K10 neither cookie nor Fetch Metadata: a code of its own in page, log and metric, nothing redeemed, no restart', async () => {
  const { state, cookie } = await card.begin({});

  const response = await card.get(callbackUrl(state, card.bank));

  expect(response.statusCode).toBe(400);
  expect(bootOf(response).problem).toMatchObject({ code: 'SIGN_IN_UNBOUND', status: 400 });
  expect(lastLine()).toMatchObject({
    ...{ msg: 'request', route: '/auth/callback', status: 400, code: 'SIGN_IN_UNBOUND' },
    reason: 'neither cookie nor Fetch Metadata',
  });
  expect(await card.metrics.text()).toMatch(/sign_ins_total\{.*outcome="SIGN_IN_UNBOUND"\} 1$/m);
  expect(redeemed()).toBe(0);
  const right = await card.get(callbackUrl(state, card.bank), { cookie });
  expect(bootOf(right).session).toBeDefined();
});

test('K10 the doctor finds the proxy that takes both away', async () => {
  const stage = await startStage();
  onTestFinished(() => stage.close());
  stage.front.changeRequest = (headers) => {
    for (const name of Object.keys(headers))
      if (name === 'cookie' || name.startsWith('sec-fetch-')) Reflect.deleteProperty(headers, name);
  };

  expect(await stage.line('request-headers')).toMatch(
    /^fail: Sec-Fetch-Dest and Cookie do not reach the card, .*SIGN_IN_UNBOUND.* Let the proxy or CDN/,
  );
});
