/** One deployment on a shared host: each institution lives below its own path, and nothing else is there. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bootOf, callbackUrl, FRAMED, HOST, startTestCard, type TestCard } from '../../support/test-card.ts';

const BASE = '/example-fi';

let card: TestCard;
beforeAll(async () => {
  card = await startTestCard({ PUBLIC_URL: `http://${HOST}${BASE}` });
});
afterAll(() => card.close());

test('signs in, serves assets and answers the API below the path', async () => {
  const { url, state, cookie } = await card.begin(FRAMED, `${BASE}/auth`);
  expect(url.searchParams.get('redirect_uri')).toBe(`http://${HOST}${BASE}/auth/callback`);

  const callback = await card.get(BASE + callbackUrl(state, card.bank), { ...FRAMED, cookie });

  const boot = bootOf(callback);
  expect(boot.links.expanded).toBe(`http://${HOST}${BASE}/expanded`);
  expect(boot.again).toMatch(`http://${HOST}${BASE}/auth?again=`);
  const script = /src="([^"]+)"/.exec(callback.body)?.[1] ?? '';
  expect(script).toMatch(/^\/example-fi\/assets\//);
  expect((await card.get(script)).statusCode).toBe(200);
  const authorized = { authorization: `Bearer ${boot.session}`, cookie };
  expect((await card.get(`${BASE}/api/accounts`, authorized)).statusCode).toBe(200);
});

test.each(['/auth', '/example-fi2/auth', '/EXAMPLE-FI/auth', '//example-fi/auth', '/'])(
  'F21 nothing is at %s',
  async (path) => {
    const response = await card.get(path, FRAMED);

    expect(response.statusCode).toBe(404);
    expect(response.headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(response.headers['set-cookie']).toBeUndefined();
  },
);
