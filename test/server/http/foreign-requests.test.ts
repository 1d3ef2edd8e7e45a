/** Requests that no page of ours makes: other methods, other origins, other destinations; and peers that claim to be somebody. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { FRAMED, HOST } from '../../support/test-card.ts';
import { flawsOf } from './header-set.ts';
import { type ListeningCard, requestBytes, startListeningCard } from './listening-card.ts';

const OWN = `http://${HOST}`;
const API: [string, string][] = [
  ['GET', '/api/accounts'],
  ['GET', '/api/accounts/account-1/transactions'],
  ['POST', '/api/accounts/refresh'],
  ['DELETE', '/api/session'],
];
const DOCUMENTS = ['/auth', '/auth/callback', '/expanded', '/card'];

let card: ListeningCard;
let session: Record<string, string>;
beforeAll(async () => {
  card = await startListeningCard();
});
beforeEach(async () => {
  const { authorized } = await card.signIn();
  session = { host: HOST, ...authorized };
});
afterAll(() => card.close());

/** The status; whatever else is wrong with the answer fails the test here. */
async function statusOf(method: string, path: string, headers: Record<string, string>): Promise<number> {
  const answer = await card.answerTo(requestBytes(method, path, headers));
  expect(flawsOf(answer, card.bank.origin)).toEqual([]);
  return answer.status;
}

test.each([
  'TRACE',
  'OPTIONS',
  'PUT',
  'PATCH',
  'HEAD',
  'PROPFIND',
  'LINK',
  'SEARCH',
  'QUERY',
  'M-SEARCH',
  'PURGE',
])('F10 %s on the API: 405, and never a CORS header', async (method) => {
  const preflight = {
    origin: 'https://bank.evil',
    'access-control-request-method': 'GET',
    'access-control-request-headers': 'authorization',
  };
  for (const [, path] of API) expect(await statusOf(method, path, { ...session, ...preflight })).toBe(405);
});

test('F10 CONNECT: 405', async () => {
  const answer = await card.answerTo(`CONNECT ${HOST}:80 HTTP/1.1\r\nHost: ${HOST}\r\n\r\n`);

  expect([answer.status, answer.headers['allow']]).toEqual([405, '']);
});

test.each(['null', 'https://bank.evil', `${OWN}:81`, `https://${HOST}`, `${OWN}.evil`, `${OWN}, ${OWN}`, ''])(
  'F14 the Origin %j is refused by the API, with a good handle and its cookie',
  async (origin) => {
    for (const [method, path] of API) expect(await statusOf(method, path, { ...session, origin })).toBe(403);
  },
);

test('F14 a POST without an Origin is refused; a GET may have none', async () => {
  expect(await statusOf('POST', '/api/accounts/refresh', session)).toBe(403);
  expect(await statusOf('GET', '/api/accounts', session)).toBe(200);
  expect(await statusOf('GET', '/api/accounts', { ...session, origin: OWN })).toBe(200);
});

test.each(['cross-site', 'same-site', 'none', 'SAME-ORIGIN', 'same-origin, same-origin', ''])(
  'F15 Sec-Fetch-Site: %j is refused by the API',
  async (site) => {
    for (const [method, path] of API)
      expect(await statusOf(method, path, { ...session, origin: OWN, 'sec-fetch-site': site })).toBe(403);
  },
);

test.each([
  'script',
  'image',
  'style',
  'object',
  'embed',
  'frame',
  'empty',
  'worker',
  'IFRAME',
  'iframe, iframe',
  '',
])('F16 a document as %j: 403, before anything is used', async (destination) => {
  const { state, cookie, url } = await card.begin();
  const callback = `/auth/callback?code=x&state=${state}&iss=${encodeURIComponent(card.bank.issuer)}`;
  const before = card.bank.requests.length;

  for (const path of [...DOCUMENTS, callback]) {
    const headers = { ...FRAMED, host: HOST, cookie, 'sec-fetch-dest': destination };
    expect(await statusOf('GET', path, headers)).toBe(403);
  }

  expect(card.bank.requests).toHaveLength(before);
  card.bank.nonce = url.searchParams.get('nonce') ?? '';
  expect(await statusOf('GET', callback, { ...FRAMED, host: HOST, cookie })).toBe(200);
});

test.each([
  { 'sec-purpose': 'prefetch' },
  { 'sec-purpose': 'prefetch;prerender' },
  { 'sec-purpose': 'Prefetch' },
  { purpose: 'prefetch' },
])(
  'F16 a document asked for ahead of time ($sec-purpose$purpose) is refused, and so is HEAD',
  async (ahead) => {
    const { state, cookie, url } = await card.begin();
    const callback = `/auth/callback?code=x&state=${state}&iss=${encodeURIComponent(card.bank.issuer)}`;
    const headers = { ...FRAMED, host: HOST, cookie };

    for (const path of [...DOCUMENTS, callback]) {
      expect(await statusOf('GET', path, { ...headers, ...ahead } as Record<string, string>)).toBe(403);
      expect(await statusOf('HEAD', path, headers)).toBe(405);
    }

    card.bank.nonce = url.searchParams.get('nonce') ?? '';
    expect(await statusOf('GET', callback, headers)).toBe(200);
  },
);

test.each([
  'kube-probe/1.34',
  'ELB-HealthChecker/2.0',
  'GoogleHC/1.0',
  'Consul Health Check',
  'HealthCheck/1.0',
])('F24 to %s a protected route is as closed as to anybody', async (agent) => {
  const headers = { host: HOST, 'user-agent': agent };
  expect(await statusOf('GET', '/api/accounts', headers)).toBe(401);
  expect(await statusOf('DELETE', '/api/session', headers)).toBe(401);
  expect(await statusOf('GET', '/auth/callback', headers)).toBe(400);
  expect(await statusOf('GET', '/livez', headers)).toBe(404);
});

test('F02 whoever a peer says it speaks for, its own address is counted and its own words build no address', async () => {
  const claims = (count: number) => ({
    'x-forwarded-for': `203.0.113.${count}`,
    x_forwarded_for: `203.0.113.${count}`,
    'x-real-ip': `203.0.113.${count}`,
    'cf-connecting-ip': `203.0.113.${count}`,
    'true-client-ip': `203.0.113.${count}`,
    'x-forwarded-host': 'evil.example',
    'x-forwarded-proto': 'https',
    'x-forwarded-port': '444',
    'x-forwarded-prefix': '/evil',
    'x-original-url': '/evil',
    'x-rewrite-url': '/evil',
    'x-http-method-override': 'DELETE',
    forwarded: `for=203.0.113.${count};host=evil.example;proto=https`,
  });
  const ask = (count: number) =>
    card.app.inject({
      url: '/auth',
      remoteAddress: '198.51.100.7',
      headers: { host: HOST, ...FRAMED, ...claims(count) },
    });

  for (let count = 1; count <= 20; count += 1) {
    const { statusCode, headers } = await ask(count);
    const location = new URL(String(headers.location));
    expect([statusCode, location.searchParams.get('redirect_uri')]).toEqual([302, `${OWN}/auth/callback`]);
    expect(JSON.stringify(headers)).not.toContain('evil');
  }
  expect((await ask(21)).statusCode).toBe(429);
});

test('two handles are none', async () => {
  for (const [method, path] of API)
    expect(await statusOf(method, path, { ...session, Authorization: 'Bearer x', origin: OWN })).toBe(400);
});
