/** A bank that answers with a refusal or a failure: what the customer gets, what the bank is asked, and that nothing loops. */
import { expect, test } from 'vitest';
import { answered, oneByOne, REDIRECTS, redirect } from '../../hostile/faults.ts';
import { ACCOUNTS_PATH, json, OIDC } from '../../hostile/hostile-bank.ts';
import { startCard } from '../../support/account-wire.ts';
import { text } from '../../support/loopback-peer.ts';
import { httpPeer } from '../../support/loopback-upstream.ts';
import type { TestCard } from '../../support/test-card.ts';

function asked({ bank }: TestCard, path: string): number {
  return bank.requests.filter((request) => request.path === path).length;
}

const NO_ACCOUNTS = { groups: [], order: [], headline: null, assets: null, owed: null, net: null };

test('E01 the bank’s 401 ends a session that nobody can renew: asked once, and no more', async () => {
  const card = await startCard();
  const { authorized } = await card.signIn();
  card.bank.answers.set(ACCOUNTS_PATH, answered(401, '{}'));
  const before = asked(card, ACCOUNTS_PATH);

  for (let call = 0; call < 3; call += 1) {
    const response = await card.get('/api/accounts', authorized);
    expect([response.statusCode, response.json().code]).toEqual([401, 'SIGN_IN_REQUIRED']);
  }

  expect(asked(card, ACCOUNTS_PATH) - before).toBe(1);
});

test('E01 the bank’s 401 is met by one refresh, and a second 401 by none: no loop', async () => {
  const card = await startCard({ OFFLINE_ACCESS: 'true' });
  card.bank.tokenAnswer = { refresh_token: 'refresh-1' };
  const { authorized } = await card.signIn();
  card.bank.tokenAnswer = { refresh_token: 'refresh-2', id_token: undefined };
  card.bank.answers.set(ACCOUNTS_PATH, answered(401, '{}'));
  const before = [asked(card, ACCOUNTS_PATH), asked(card, `${OIDC}/token`)] as const;

  const statuses: number[] = [];
  for (let call = 0; call < 3; call += 1)
    statuses.push((await card.get('/api/accounts', authorized)).statusCode);

  expect(statuses).toEqual([401, 401, 401]);
  expect(asked(card, ACCOUNTS_PATH) - before[0]).toBe(2);
  expect(asked(card, `${OIDC}/token`) - before[1]).toBe(1);
});

test('E02 the bank’s 403 is a message, and the session is kept', async () => {
  const card = await startCard();
  const { authorized } = await card.signIn();
  card.bank.answers.set(ACCOUNTS_PATH, answered(403, '{}'));

  const response = await card.get('/api/accounts', authorized);

  expect([response.statusCode, response.json().code]).toEqual([403, 'NOT_PERMITTED']);
  expect((await card.signIn()).boot.problem).toMatchObject({ code: 'NOT_PERMITTED', status: 403 });
  card.bank.answers.clear();
  expect((await card.get('/api/accounts', authorized)).statusCode).toBe(200);
});

test.each([
  ['404', answered(404, '<h1>Not found</h1>')],
  ['an empty list', answered(200, '{"accounts":[],"inactivatedAccountIds":[]}')],
])('E03 %s is a customer without accounts, in the page and in the API', async (_name, answer) => {
  const card = await startCard();
  card.bank.answers.set(ACCOUNTS_PATH, answer);

  const { boot, authorized } = await card.signIn();

  expect(boot.problem).toBeUndefined();
  expect(boot.summary).toMatchObject({ ...NO_ACCOUNTS, unreadableCount: 0 });
  const response = await card.get('/api/accounts', authorized);
  expect([response.statusCode, response.json()]).toMatchObject([200, NO_ACCOUNTS]);
});

test.each([
  ['nothing', undefined, undefined],
  ['seconds', '30', 30],
  ['a date', () => new Date(Date.now() + 30_000).toUTCString(), 30],
  ['a date long past', 'Thu, 01 Jan 1970 00:00:00 GMT', 1],
  ['garbage', 'soon', undefined],
  ['1e9 as it is', '1e9', undefined],
  ['1e9 written out', '1000000000', 60],
  ['a number below nothing', '-5', undefined],
])(
  'E04 429 with %s: not asked again, and the client learns how long to stay away',
  async (_name, header, seconds) => {
    const card = await startCard();
    const { authorized } = await card.signIn();
    const headers = () => {
      const value = typeof header === 'function' ? header() : header;
      return value === undefined ? {} : { 'retry-after': value };
    };
    card.bank.answers.set(
      ACCOUNTS_PATH,
      (_request, response) => void response.writeHead(429, headers()).end(),
    );
    const before = asked(card, ACCOUNTS_PATH);

    const response = await card.get('/api/accounts', authorized);

    const { code, retryAfterSeconds } = response.json();
    expect([response.statusCode, code, asked(card, ACCOUNTS_PATH) - before]).toEqual([
      429,
      'TOO_MANY_REQUESTS',
      1,
    ]);
    // A date has whole seconds: one may have gone by.
    expect(Math.abs((retryAfterSeconds ?? 0) - (seconds ?? 0))).toBeLessThanOrEqual(
      header instanceof Function ? 1 : 0,
    );
    expect(response.headers['retry-after']).toBe(seconds === undefined ? undefined : `${retryAfterSeconds}`);
  },
);

test.each([500, 502, 503, 504])(
  'E05 after %i the bank is asked once more, and that may be all that it took',
  async (status) => {
    const card = await startCard();
    const { authorized } = await card.signIn();
    const before = asked(card, ACCOUNTS_PATH);
    card.bank.answers.set(
      ACCOUNTS_PATH,
      oneByOne(answered(status, '<h1>Oops</h1>'), (_request, response) => json(response, card.bank.accounts)),
    );

    expect((await card.get('/api/accounts', authorized)).statusCode).toBe(200);
    expect(asked(card, ACCOUNTS_PATH) - before).toBe(2);
  },
);

test.each([500, 502, 503, 504])(
  'E05 a second %i is the end: a problem for the card, and the session stays',
  async (status) => {
    const card = await startCard();
    const { authorized } = await card.signIn();
    const before = asked(card, ACCOUNTS_PATH);
    card.bank.answers.set(ACCOUNTS_PATH, answered(status, '<h1>Oops</h1>'));

    const response = await card.get('/api/accounts', authorized);

    expect([response.statusCode, response.json().code]).toEqual([502, 'BANK_UNAVAILABLE']);
    expect(asked(card, ACCOUNTS_PATH) - before).toBe(2);
    expect((await card.signIn()).boot.problem).toMatchObject({ code: 'BANK_UNAVAILABLE', status: 502 });
    card.bank.answers.clear();
    expect((await card.get('/api/accounts', authorized)).statusCode).toBe(200);
  },
);

test.each(REDIRECTS)(
  'E14 a redirect (%i) to another host is not followed, and the token goes nowhere',
  async (status) => {
    const card = await startCard();
    const elsewhere = await httpPeer(text('{"accounts":[]}'));
    const { authorized } = await card.signIn();
    card.bank.answers.set(ACCOUNTS_PATH, redirect(status, `${elsewhere.origin}/accounts`));

    const response = await card.get('/api/accounts', authorized);

    expect([response.statusCode, response.json().code]).toEqual([502, 'BANK_UNEXPECTED']);
    expect(response.headers['location']).toBeUndefined();
    expect((await card.signIn()).boot.problem?.code).toBe('BANK_UNEXPECTED');
    expect(elsewhere.requests).toEqual([]);
  },
);
