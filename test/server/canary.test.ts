/** Marked secrets through every outcome, at the loudest log level: none of them is ever written. */
import { request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ACCOUNTS_PATH, CLIENT, fixed, json, OIDC } from '../hostile/hostile-bank.ts';
import { callbackUrl, FRAMED, HOST, startTestCard, type TestCard } from '../support/test-card.ts';

const CODE = 'canary-code-8c1f';
const ACCESS_TOKEN = 'canary.access.token.41d7';
const REFRESH_TOKEN = 'canary-refresh-token-90ab';
const NAME = 'Canary Givenname';
const NICKNAME = 'Canary Nickname';
const AMOUNT = '8675309.42';
const NUMBER = '4929111122223333';
const FIXED = [CODE, ACCESS_TOKEN, REFRESH_TOKEN, NAME, NICKNAME, AMOUNT, NUMBER, CLIENT.secret];
const ECHO = `${CODE} ${ACCESS_TOKEN} ${REFRESH_TOKEN} ${NAME} ${CLIENT.secret}`;

let card: TestCard;
let secrets: string[];
beforeEach(async () => {
  card = await startTestCard({ OFFLINE_ACCESS: 'true' });
  secrets = [...FIXED];
  card.bank.idToken = { claims: { given_name: NAME } };
  card.bank.tokenAnswer = { access_token: ACCESS_TOKEN, refresh_token: REFRESH_TOKEN };
  card.bank.accounts = {
    accounts: [{ id: 'one', name: NICKNAME, numbers: NUMBER, accountType: 'Deposit', balance: AMOUNT }],
  };
});
afterEach(() => card.close());

async function signIn(): Promise<Record<string, string>> {
  const { state, cookie, url } = await card.begin();
  const response = await card.get(callbackUrl(state, card.bank, { code: CODE }), { ...FRAMED, cookie });
  const handle = /"session":"([\w-]{43})"/.exec(response.body)?.[1] ?? 'a'.repeat(43);
  const nonce = url.searchParams.get('nonce') ?? '';
  const idTokens = card.bank.issued.flatMap((token) => token.split('.').slice(1));
  secrets.push(state, cookie.slice(12), nonce, handle, ...idTokens);
  const verifiers = card.bank.requests.map(({ body }) => new URLSearchParams(body).get('code_verifier'));
  secrets.push(...verifiers.filter((verifier) => verifier !== null));
  return { authorization: `Bearer ${handle}`, cookie };
}

/** Raw, URL-encoded, in either base64, and where base64 begins inside something longer. */
function spellings(secret: string): string[] {
  const inside = [0, 1, 2].map((pad) =>
    Buffer.from(' '.repeat(pad) + secret)
      .toString('base64')
      .slice(4, -4),
  );
  return [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64url'), ...inside];
}

function expectNoCanary(): void {
  const log = card.logs.join('');
  expect(log).toContain('"msg":"request"');
  expect(secrets.length).toBeGreaterThan(FIXED.length);
  expect(
    secrets.flatMap(spellings).filter((spelling) => spelling.length > 6 && log.includes(spelling)),
  ).toEqual([]);
}

const json400 = { 'content-type': 'application/json' };
const answers: [string, string, ReturnType<typeof fixed>][] = [
  [
    'an OAuth error that quotes',
    `${OIDC}/token`,
    fixed(400, JSON.stringify({ error: ECHO, error_description: ECHO }), json400),
  ],
  [
    'an OAuth error with a quoting description',
    `${OIDC}/token`,
    fixed(400, JSON.stringify({ error: 'invalid_grant', error_description: ECHO }), json400),
  ],
  [
    'a challenge that quotes',
    `${OIDC}/token`,
    fixed(401, '', { 'www-authenticate': `Bearer error="${ECHO}"` }),
  ],
  ['HTML that quotes', `${OIDC}/token`, fixed(200, `<p>${ECHO}</p>`, { 'content-type': 'text/html' })],
  ['JSON that breaks off', `${OIDC}/token`, fixed(200, `{"access_token":"${ACCESS_TOKEN}"`, json400)],
  [
    'a token of the wrong form',
    `${OIDC}/token`,
    (_request, response) =>
      json(response, { access_token: `${ACCESS_TOKEN}\r\n`, token_type: 'Bearer', id_token: `a.${CODE}.c` }),
  ],
  ['keys that quote', `${OIDC}/jwks`, fixed(500, ECHO)],
  [
    'accounts that are no JSON',
    ACCOUNTS_PATH,
    fixed(200, `{"accounts":[{"name":"${NICKNAME}","balance":${AMOUNT}`, json400),
  ],
  [
    'accounts that are refused with a quote',
    ACCOUNTS_PATH,
    fixed(401, ECHO, { 'x-request-id': 'bank-request-1' }),
  ],
  [
    'a redirect that quotes',
    ACCOUNTS_PATH,
    fixed(302, '', { location: `http://evil.example/?${encodeURIComponent(ECHO)}` }),
  ],
  ['a reset', ACCOUNTS_PATH, (request) => void request.socket.destroy()],
];
test.each(answers)('J08 the log holds no secret after %s from the bank', async (_name, path, answer) => {
  const before = await signIn();
  card.bank.answers.set(path, answer);
  await signIn();
  await card.get('/api/accounts', before);
  card.clock.aheadMs = 500_000;
  await card.get('/api/accounts', before);

  expectNoCanary();
});

test('J08 the log holds no secret after requests that are wrong themselves', async () => {
  const authorized = await signIn();
  const quoted = encodeURIComponent(ECHO);
  for (const url of [
    `/${quoted}`,
    `/auth/callback?state=${quoted}&code=${CODE}`,
    `/%zz${quoted}`,
    `/auth?again=${quoted}`,
  ]) {
    await card.get(url, { ...FRAMED, ...authorized });
    await card.app.inject({
      method: 'POST',
      url,
      headers: { host: HOST, ...authorized },
      payload: { a: ECHO },
    });
  }
  await card.app.inject({
    method: 'DELETE',
    url: '/api/session',
    headers: { host: HOST, ...authorized, 'content-type': 'application/json' },
    payload: `{"${ECHO}`,
  });
  await card.app.inject({ method: 'DELETE', url: '/api/session', headers: { host: HOST, ...authorized } });

  expectNoCanary();
});

test('J08 E19 the log holds no secret of a client that leaves in the middle', async () => {
  await signIn();
  await card.app.listen({ host: '127.0.0.1', port: 0 });
  const { state, cookie } = await card.begin();
  secrets.push(state, cookie.slice(12));
  const left = Promise.withResolvers<void>();
  card.bank.answers.set(ACCOUNTS_PATH, (request) => {
    request.socket.once('close', () => left.resolve());
    client.destroy();
  });
  const { port } = card.app.server.address() as AddressInfo;
  const path = callbackUrl(state, card.bank, { code: CODE });
  const client = httpRequest({ host: '127.0.0.1', port, path, headers: { ...FRAMED, host: HOST, cookie } });
  client.on('error', () => undefined).end();
  await left.promise;
  const revocation = () => card.bank.requests.some((request) => request.path === `${OIDC}/token/revocation`);
  await expect.poll(revocation).toBe(true);

  expectNoCanary();
});
