/** Paths that lead nowhere: files nobody serves, other spellings of ours, institutions there are not. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FRAMED, HOST } from '../../support/test-card.ts';
import { flawsOf, NOBODY } from './header-set.ts';
import { type ListeningCard, requestBytes, startListeningCard } from './listening-card.ts';

let card: ListeningCard;
let shared: ListeningCard;
beforeAll(async () => {
  card = await startListeningCard();
  shared = await startListeningCard({ PUBLIC_URL: `http://${HOST}/example-fi` });
});
afterAll(async () => {
  await card.close();
  await shared.close();
});

test.each([
  '/.git/config',
  '/.git/',
  '/.env',
  '/%2eenv',
  '/assets',
  '/assets/',
  '/assets/.vite/manifest.json',
  '/assets/../.vite/manifest.json',
  '/assets/..%2f.vite%2fmanifest.json',
  '/assets/%2e%2e/%2e%2e/package.json',
  '/assets/main.js.map',
  '/package.json',
  '/server/main.ts',
  '/livez',
  '/readyz',
  '/metrics',
  '/robots.txt',
  '/..;/auth',
  '//auth',
  '/./auth',
  '/auth/',
  '/auth%2fcallback',
  '/auth%00',
  '/%2561uth',
  '/AUTH',
  `/${'a'.repeat(7_000)}`,
  `/${'a/'.repeat(3_500)}`,
])('F20 there is nothing at %s', async (path) => {
  const answer = await card.answerTo(requestBytes('GET', path, { host: HOST }));

  expect(answer.status).toBe(404);
  expect(JSON.parse(answer.body).code).toBe('NOT_FOUND');
  expect(flawsOf(answer, card.bank.origin)).toEqual([]);
});

test('F20 no source map is named by what we serve, nor served beside it', async () => {
  const { callback } = await card.signIn();
  const assets = [...callback.body.matchAll(/"(\/assets\/[^"]+\.js)"/g)].flatMap(([, path = '']) => path);
  expect(assets).not.toEqual([]);
  for (const path of assets) {
    const { status, body } = await card.answerTo(requestBytes('GET', path, { host: HOST }));
    expect([status, body.includes('sourceMappingURL')]).toEqual([200, false]);
    expect((await card.answerTo(requestBytes('GET', `${path}.map`, { host: HOST }))).status).toBe(404);
  }
});

test.each([
  '/other-fi',
  '/example-fi2',
  '/example-f',
  '/EXAMPLE-FI',
  '/example-fi%00',
  '/example-fi;x',
  '/example%2Dfi',
  '/%65xample-fi',
  '/example-fi%2fauth',
  '/example-fi.',
  '/%D0%B5xample-fi',
  '/example%E2%80%90fi',
  '//example-fi',
  '/./example-fi',
  '/x/../example-fi',
  '/..;/example-fi',
  '/__proto__',
  '/constructor',
  '/hasOwnProperty',
  '/undefined',
  '/null',
  '',
])('F21 there is no institution at %s', async (base) => {
  for (const path of ['/auth', '/auth/callback', '/expanded', '/card', '/api/accounts']) {
    const answer = await shared.answerTo(requestBytes('GET', base + path, { host: HOST, ...FRAMED }));

    expect(answer.status).toBe(404);
    expect(flawsOf(answer, NOBODY)).toEqual([]);
  }
});

test('F21 what is at no path of an institution is still its own to frame', async () => {
  for (const path of ['/example-fi', '/example-fi/', '/example-fi/nothing', '/example-fi/__proto__']) {
    const answer = await shared.answerTo(requestBytes('GET', path, { host: HOST }));

    expect(answer.status).toBe(404);
    expect(flawsOf(answer, shared.bank.origin)).toEqual([]);
  }
});
