/** A bank that repeats whatever it was told, in every answer it gives: nothing of it is ever written. */
import { afterEach, beforeEach, test } from 'vitest';
import { type Answer, fixed } from '../../hostile/hostile-bank.ts';
import type { TestCard } from '../../support/test-card.ts';
import type { Journey } from './journey.ts';
import { ACCESS_TOKEN, CODE, ECHO, NUMBER, PATHS, SHOWN } from './marked.ts';
import { startMarkedCard } from './marked-card.ts';

let card: TestCard;
let journey: Journey;
let expectSilence: () => Promise<void>;
beforeEach(async () => {
  ({ card, journey, expectSilence } = await startMarkedCard());
});
afterEach(() => card.close());

const JSON_TYPE = { 'content-type': 'application/json' };
const error = (members: object, status = 400): Answer => fixed(status, JSON.stringify(members), JSON_TYPE);
/** Every header that somebody might copy, with what the request itself carried. */
const repeated: Answer = (request, response, body) => {
  const said = `${request.headers.authorization} ${body} ${ECHO}`.replace(/[^\x20-\x7e]/g, '');
  const names = [
    'x-request-id',
    'server',
    'www-authenticate',
    'location',
    'retry-after',
    'set-cookie',
    'etag',
  ];
  const headers = Object.fromEntries(names.map((name) => [name, said]));
  response.writeHead(500, headers).end(`${said} ${JSON.stringify(request.headers)}`);
};
const everywhere: [string, Answer][] = [
  ['repeats all it was told', repeated],
  ['answers 400 and quotes', error({ error: ECHO, error_description: ECHO })],
  [
    'answers 401 and quotes',
    fixed(401, ECHO, { 'www-authenticate': `Bearer error="${ECHO}"`, 'x-request-id': 'b-1' }),
  ],
  ['answers 403 and quotes', error({ message: ECHO, account: NUMBER }, 403)],
  ['answers 404 and quotes', fixed(404, `<p>${ECHO}</p>`, { 'content-type': 'text/html' })],
  ['answers 429 and quotes', fixed(429, ECHO, { 'retry-after': ECHO })],
  ['redirects to a quote', fixed(302, '', { location: `http://evil.example/?${encodeURIComponent(ECHO)}` })],
  ['answers HTML that quotes', fixed(200, `<p>${ECHO}</p>`, { 'content-type': 'text/html' })],
  [
    'answers JSON that breaks off',
    fixed(200, `{"access_token":"${ACCESS_TOKEN}","name":"${SHOWN.nickname}`, JSON_TYPE),
  ],
  ['answers a list of quotes', error([ECHO], 200)],
  [
    'names the answer after the token',
    (request, response) =>
      void response
        .writeHead(500, { 'x-request-id': `req-${request.headers.authorization?.slice(7)}` })
        .end(),
  ],
  ['resets the connection', (request) => void request.socket.destroy()],
];
test.each(everywhere)('J08 nothing is written of a bank that %s, wherever it does', async (_name, answer) => {
  const before = await journey.signIn();
  for (const path of Object.values(PATHS)) {
    const honest = card.bank.answers.get(path);
    card.bank.answers.set(path, answer);
    const page = await journey.signIn();
    for (const headers of [page, before]) {
      await journey.call('GET', '/api/accounts', headers);
      await journey.call('GET', '/api/accounts/one/transactions', headers);
    }
    await journey.call('POST', '/api/accounts/refresh', before);
    await journey.call('DELETE', '/api/session', page);
    if (honest === undefined) card.bank.answers.delete(path);
    else card.bank.answers.set(path, honest);
  }

  await expectSilence();
});

test.each(everywhere)('J08 nothing is written of a renewal at a bank that %s', async (_name, answer) => {
  const page = await journey.signIn();
  card.bank.answers.set(PATHS.token, answer);
  card.clock.aheadMs = 500_000;
  await journey.call('GET', '/api/accounts', page);
  card.clock.aheadMs = 601_000;
  await journey.call('GET', '/api/accounts', page);

  await expectSilence();
});

const tokens: [string, Record<string, unknown>][] = [
  ['an access token with a line break', { access_token: `${ACCESS_TOKEN}\r\n` }],
  ['an ID token that is none', { id_token: `a.${CODE}.c` }],
  ['a type that quotes', { token_type: ECHO }],
  ['a life that quotes', { expires_in: ECHO }],
  ['scopes that quote', { scope: ECHO }],
];
test.each(tokens)('J08 nothing is written of %s', async (_name, changes) => {
  card.bank.tokenAnswer = { ...card.bank.tokenAnswer, ...changes };
  await journey.signIn();

  await expectSilence();
});

test('J08 nothing is written of an ID token whose claims quote', async () => {
  for (const name of ['iss', 'aud', 'sub', 'nonce', 'exp', 'azp', 'at_hash', 'locale']) {
    card.bank.idToken = { claims: { given_name: SHOWN.givenName, [name]: ECHO } };
    await journey.signIn();
  }
  card.bank.idToken = { header: { kid: ECHO } };
  await journey.signIn();

  await expectSilence();
});
