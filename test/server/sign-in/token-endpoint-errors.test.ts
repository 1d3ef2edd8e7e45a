/** The bank refuses a code, or our client, or is too busy, or breaks down: who learns of it, and how often it is asked. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { answered, hangUp, reset } from '../../hostile/faults.ts';
import { type Answer, CLIENT, json, OIDC } from '../../hostile/hostile-bank.ts';
import { bootOf, callbackUrl, FRAMED, startTestCard, type TestCard } from '../../support/test-card.ts';

const TOKEN = `${OIDC}/token`;
let card: TestCard;
beforeEach(async () => {
  card = await startTestCard();
});
afterEach(() => card.close());

const exchanges = () => card.bank.requests.filter(({ path }) => path === TOKEN);
const lastLog = () => JSON.parse(card.logs.at(-1) ?? '{}');

function refusal(error: unknown, status = 400, headers: Record<string, string> = {}): Answer {
  const body = JSON.stringify({ error, error_description: 'said-by-the-bank' });
  return answered(status, body, { 'content-type': 'application/json', ...headers });
}

test.each<[string, Answer]>([
  ['invalid_client', refusal('invalid_client', 401, { 'www-authenticate': 'Basic realm="bank"' })],
  ['invalid_client', refusal('invalid_client', 401)],
  ['invalid_client', refusal('invalid_client')],
  ['unauthorized_client', refusal('unauthorized_client')],
])('D07 %s ends the sign-in, calls the operator and is not tried again', async (reason, answer) => {
  card.bank.answers.set(TOKEN, answer);

  const { callback, boot, state, cookie } = await card.signIn();

  expect(callback.headers['location']).toBeUndefined();
  expect([boot.session, boot.problem?.code]).toEqual([undefined, 'SIGN_IN_FAILED']);
  expect(lastLog()).toMatchObject({ level: 50, alert: 'operator', reason, institution: expect.any(String) });
  expect(card.logs.join('')).not.toContain(CLIENT.secret);
  expect(card.logs.join('') + callback.body).not.toContain('said-by-the-bank');
  expect((await card.get(callbackUrl(state, card.bank), { ...FRAMED, cookie })).statusCode).toBe(303);
  for (let count = 0; count < 10; count += 1) await card.signIn();
  // One for each customer who signed in, none by itself.
  expect(exchanges()).toHaveLength(11);
});

test('D08 invalid_grant ends the sign-in; what begins anew is a fresh one, three at the most', async () => {
  card.bank.answers.set(TOKEN, refusal('invalid_grant'));
  let url = '/auth';
  const states = new Set<string>();
  for (let round = 0; round < 3; round += 1) {
    const { state, cookie } = await card.begin(FRAMED, url);
    states.add(state);
    const callback = await card.get(callbackUrl(state, card.bank), { ...FRAMED, cookie });
    expect(bootOf(callback).problem?.code).toBe('SIGN_IN_FAILED');
    expect(lastLog()).toMatchObject({ level: 30, reason: 'invalid_grant' });
    url = bootOf(callback).again;
  }

  const last = await card.get(url, FRAMED);

  expect([last.statusCode, bootOf(last).problem?.code]).toEqual([401, 'SIGN_IN_REQUIRED']);
  expect(states.size).toBe(3);
  const verifiers = exchanges().map(({ body }) => new URLSearchParams(body).get('code_verifier'));
  expect([verifiers.length, new Set(verifiers).size]).toEqual([3, 3]);
});

test.each<[unknown, string]>([
  ['invalid_request', 'invalid_request'],
  ['server_error', 'server_error'],
  ['<script>alert(1)</script>\r\n', 'OAUTH_RESPONSE_BODY_ERROR'],
  ['x'.repeat(5_000), 'OAUTH_RESPONSE_BODY_ERROR'],
])('an error of the bank’s own, %j, is a word in the log or nothing', async (error, reason) => {
  card.bank.answers.set(TOKEN, refusal(error));

  const { callback, boot } = await card.signIn();

  expect(boot.problem?.code).toBe('SIGN_IN_FAILED');
  expect(lastLog()).toMatchObject({ reason });
  expect(card.logs.join('') + callback.body).not.toMatch(/alert\(1\)|said-by-the-bank|xxxxx/);
});

test.each<[string | undefined, number | undefined]>([
  ['7', 7],
  ['0', 1],
  ['1000000000', 60],
  ['Sat, 01 Jan 2050 00:00:00 GMT', 60],
  ['soon', undefined],
  [undefined, undefined],
])(
  'D09 a bank too busy (Retry-After: %s) is shown as that, and asked once',
  async (header, retryAfterSeconds) => {
    card.bank.answers.set(TOKEN, answered(429, '', header === undefined ? {} : { 'retry-after': header }));

    const { callback, boot, state, cookie } = await card.signIn();

    expect(callback.headers['location']).toBeUndefined();
    expect(boot.session).toBeUndefined();
    expect(boot.problem?.code).toBe('TOO_MANY_REQUESTS');
    expect(boot.problem?.retryAfterSeconds).toBe(retryAfterSeconds);
    expect((await card.get(callbackUrl(state, card.bank), { ...FRAMED, cookie })).statusCode).toBe(303);
    expect(exchanges()).toHaveLength(1);
  },
);

test.each<[string, Answer]>([
  ['resets', reset],
  ['hangs up', hangUp],
  ['answers 503', answered(503)],
])('D03 a bank that %s at its token endpoint is soon left alone for a while', async (_name, fault) => {
  card.bank.answers.set(TOKEN, fault);
  const isOpen = () => card.logs.some((line) => line.includes('circuit breaker') && line.includes('"open"'));
  for (let count = 0; count < 20 && !isOpen(); count += 1) {
    const { boot } = await card.signIn();
    expect([boot.session, boot.problem?.code]).toEqual([undefined, 'BANK_UNAVAILABLE']);
  }
  expect(isOpen()).toBe(true);
  const before = exchanges().length;
  expect(before).toBeGreaterThan(5);

  const { boot } = await card.signIn();

  expect(boot.problem?.code).toBe('BANK_UNAVAILABLE');
  expect(exchanges()).toHaveLength(before);
});

test('D03 a bank that is gone at the callback ends the sign-in', async () => {
  const { state, cookie } = await card.begin();
  await card.bank.close();

  const callback = await card.get(callbackUrl(state, card.bank), { ...FRAMED, cookie });

  expect([callback.statusCode, bootOf(callback).problem?.code]).toEqual([200, 'BANK_UNAVAILABLE']);
});

test('an error in the middle of a good answer takes it back', async () => {
  card.bank.tokenAnswer = { error: 'access_denied' };

  expect((await card.signIn()).boot.problem?.code).toBe('SIGN_IN_FAILED');
  card.bank.tokenAnswer = {};
});

test('what an error says beside a good answer’s status is no answer', async () => {
  card.bank.answers.set(TOKEN, (_request, response) => json(response, { error: 'invalid_client' }));

  expect((await card.signIn()).boot.session).toBeUndefined();
});
