/** Whatever a stranger sends as headers: an answer of ours with a code of ours, never a 500, never an account. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HOST, type SignedIn, startTestCard, type TestCard } from '../../support/test-card.ts';

let card: TestCard;
let page: SignedIn;
beforeAll(async () => {
  card = await startTestCard();
  page = await card.signIn();
});
afterAll(() => card.close());

/** What Node's client would send: no line ends, Latin-1. */
const latin = fc
  .array(fc.integer({ min: 0x20, max: 0xff }), { maxLength: 60 })
  .map((codes) => String.fromCharCode(...codes.filter((code) => code !== 0x7f)));
const handle = fc.oneof(
  fc.stringMatching(/^[A-Za-z0-9_-]{43}$/),
  fc.stringMatching(/^[A-Za-z0-9_-]{40,46}$/),
  latin,
);
const value: Record<string, fc.Arbitrary<string>> = {
  authorization: fc.oneof(
    fc
      .tuple(fc.constantFrom('Bearer ', 'bearer ', 'BEARER  ', 'Basic ', 'Bearer\t', ''), handle)
      .map((parts) => parts.join('')),
    latin,
  ),
  cookie: fc.oneof(
    handle.map((text) => `__Host-card=${text}`),
    latin,
  ),
  origin: fc.oneof(
    fc.constantFrom(`http://${HOST}`, 'null', 'https://bank.evil', `http://${HOST}.evil`),
    latin,
  ),
  'content-type': fc.oneof(
    fc.constantFrom('application/json', 'text/plain', 'application/json;', 'multipart/form-data'),
    latin,
  ),
  'content-encoding': fc.constantFrom('gzip', 'identity', ''),
  'accept-language': latin,
  'x-forwarded-for': fc.oneof(fc.ipV4(), fc.ipV6(), latin),
  'x-forwarded-host': latin,
  forwarded: latin,
  'sec-fetch-dest': fc.oneof(fc.constantFrom('iframe', 'document', 'empty', 'script'), latin),
  'sec-fetch-mode': fc.oneof(fc.constantFrom('navigate', 'cors'), latin),
  'sec-fetch-site': fc.oneof(fc.constantFrom('same-origin', 'cross-site', 'none'), latin),
  'sec-purpose': fc.oneof(fc.constantFrom('prefetch', 'prefetch;prerender'), latin),
  'x-request-id': latin,
  traceparent: latin,
  range: latin,
  'if-none-match': latin,
};
const headers = fc.record(value, { requiredKeys: [] });
const method = fc.constantFrom('GET', 'POST', 'DELETE', 'PUT', 'HEAD', 'OPTIONS', 'PATCH');
const path = fc.oneof(
  fc.constantFrom(
    ...[
      '/auth',
      '/expanded',
      '/auth/callback',
      '/card',
      '/api/accounts',
      '/api/accounts/refresh',
      '/api/session',
    ],
    ...[
      '/api/accounts/one/transactions',
      '/assets/x.js',
      '/',
      '//',
      '/%',
      '/%00',
      '/api/accounts/..%2f/transactions',
    ],
  ),
  fc.stringMatching(/^\/[A-Za-z0-9%._~!$&'()*+,;=:@/-]{0,40}$/),
);

test('no headers at all of a stranger bring anything but an answer that is meant', async () => {
  await fc.assert(
    fc.asyncProperty(method, path, headers, async (verb, url, sent) => {
      // Nobody else ends a turn here: all questions in one, and the server takes itself for overloaded.
      await nextTurn();
      const answer = await card.app.inject({ method: verb, url, headers: { host: HOST, ...sent } });

      expect([204, 302, 303, 400, 401, 403, 404, 405, 413, 415, 421, 429, 431]).toContain(answer.statusCode);
      expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
      expect(answer.headers['x-content-type-options']).toBe('nosniff');
      expect(answer.headers['access-control-allow-origin']).toBeUndefined();
      if (verb !== 'HEAD' && answer.headers['content-type']?.includes('problem+json'))
        expect(answer.json()).toMatchObject({
          status: answer.statusCode,
          code: expect.stringMatching(/^[A-Z_]+$/),
        });
    }),
    { numRuns: 200 },
  );
});

test('only the right handle with the right cookie opens a session, whatever else is sent', async () => {
  const [bearer, cookie] = [String(page.authorized['authorization']), page.cookie];
  await fc.assert(
    fc.asyncProperty(headers, fc.boolean(), fc.boolean(), async (sent, hasHandle, hasCookie) => {
      const {
        origin: _,
        'content-type': __,
        'content-encoding': ___,
        'sec-fetch-site': ____,
        ...rest
      } = sent;
      const own = { ...(hasHandle ? { authorization: bearer } : {}), ...(hasCookie ? { cookie } : {}) };
      const answer = await card.get('/api/accounts', { ...rest, ...own });

      expect([hasHandle && hasCookie ? 200 : 401, 429, 431]).toContain(answer.statusCode);
      if (answer.statusCode === 200) expect(hasHandle && hasCookie).toBe(true);
    }),
    { numRuns: 100 },
  );
});
