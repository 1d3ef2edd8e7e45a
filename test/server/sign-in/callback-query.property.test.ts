/** The callback's query, however it is written: an answer with a code of ours, nothing redeemed that is not whole, never a 500. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { fixed, OIDC } from '../../hostile/hostile-bank.ts';
import { nastySign } from '../../support/nasty-signs.ts';
import { bootOf, callbackUrl, FRAMED, startTestCard, type TestCard } from '../../support/test-card.ts';

let card: TestCard;
beforeAll(async () => {
  card = await startTestCard();
});
afterAll(() => card.close());
beforeEach(() => {
  card.bank.requests.length = 0;
  // What becomes of a code is not the matter here: the bank refuses every one.
  const refusal = fixed(400, '{"error":"invalid_grant"}', { 'content-type': 'application/json' });
  card.bank.answers.set(`${OIDC}/token`, refusal);
});

const redeemed = () => card.bank.requests.filter(({ path }) => path.endsWith('/token')).length;

const name = fc.constantFrom(
  ...[
    'code',
    'state',
    'iss',
    'error',
    'error_description',
    'error_uri',
    'session_state',
    'again',
    'returnTo',
    'url',
  ],
  ...['code[]', 'state[0]', 'CODE', '__proto__', 'constructor', ''],
);
/** As a browser or a program sends it: percent-encoded, half-encoded, or raw. */
const piece = fc.oneof(
  fc.string({ maxLength: 30 }).map(encodeURIComponent),
  fc.string({ unit: 'grapheme', maxLength: 10 }).map(encodeURIComponent),
  fc.stringMatching(/^[A-Za-z0-9%+=&;:/?@!$'()*,._~-]{0,30}$/),
  fc.constantFrom(
    'login_required',
    'access_denied',
    'server_error',
    '%00',
    '%0d%0aset-cookie:x=y',
    '%',
    '%zz',
    '%c3',
  ),
);
const query = fc
  .array(fc.tuple(name, piece), { maxLength: 25 })
  .map((pairs) => pairs.map(([key, value]) => `${encodeURIComponent(key)}=${value}`).join('&'));

function expectOurs({ statusCode, headers, body }: Awaited<ReturnType<TestCard['get']>>): void {
  expect([303, 400, 401, 403, 502]).toContain(statusCode);
  expect(headers['cache-control']).toBe('no-store');
  expect(headers['set-cookie']).toBeUndefined();
  if (statusCode === 303)
    expect(headers['location']).toMatch(/^http:\/\/card\.localhost\/(auth|expanded)\?again=[\w-]+$/);
  else expect(bootOf({ body }).problem?.status).toBe(statusCode);
}

test('a query without a state of ours reaches no bank and is one calm page', async () => {
  await fc.assert(
    fc.asyncProperty(query, async (text) => {
      // Nobody else ends a turn here: a hundred questions in one, and the server takes itself for overloaded.
      await nextTurn();
      const answer = await card.get(`/auth/callback?${text}`, FRAMED);
      expectOurs(answer);
      expect(answer.statusCode).toBe(400);
    }),
    { numRuns: 100 },
  );
  expect(redeemed()).toBe(0);
});

test('a right state with anything more in the query is redeemed only as one whole code of visible characters', async () => {
  await fc.assert(
    fc.asyncProperty(query, async (text) => {
      const { state, cookie } = await card.begin();
      const before = redeemed();
      const url = `${callbackUrl(state, card.bank)}&${text}`;

      const answer = await card.get(url, { ...FRAMED, cookie });

      const added = [...new URLSearchParams(text).keys()];
      // A description without an error says nothing; twice it says that somebody else wrote here.
      const words = added.filter((key) => key === 'error_description');
      const others = added.filter((key) => /^(code|state|iss|error)$|^(code|state)\[/.test(key));
      const isWhole = others.length === 0 && words.length < 2 && added.length + 3 <= 20;
      expect(redeemed() - before).toBe(isWhole ? 1 : 0);
      if (isWhole) expect(bootOf(answer).problem?.code).toBe('SIGN_IN_FAILED');
      else expectOurs(answer);
    }),
    { numRuns: 60 },
  );
});

test('any code at all: asked of the bank as it is, or refused before', async () => {
  const code = fc.oneof(
    fc.string({ minLength: 1, maxLength: 40 }),
    fc.string({ unit: nastySign, minLength: 1, maxLength: 20 }),
    fc.nat({ max: 5_000 }).map((length) => 'c'.repeat(length + 1)),
  );
  await fc.assert(
    fc.asyncProperty(code, async (sent) => {
      const { state, cookie } = await card.begin();
      const before = redeemed();

      const answer = await card.get(callbackUrl(state, card.bank, { code: sent }), { ...FRAMED, cookie });

      const isVisible = /^[\x20-\x7e]{1,4096}$/.test(sent);
      expect(redeemed() - before).toBe(isVisible ? 1 : 0);
      if (!isVisible) return expectOurs(answer);
      const asked = card.bank.requests.findLast(({ path }) => path.endsWith('/token'));
      expect(new URLSearchParams(asked?.body).get('code')).toBe(sent);
    }),
    { numRuns: 60 },
  );
});
