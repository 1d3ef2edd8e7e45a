/** The Consumer API client: what it asks, and what each status and body of the bank's answer means. */
import { expect, test } from 'vitest';
import { CardError } from '../../../server/errors.ts';
import { ACCOUNTS_TARGET, apiWith, CALLER, SETTINGS_TARGET } from '../../support/account-bank.ts';
import { account } from '../../support/account-list.ts';
import { type Answer, json, text } from '../../support/loopback-peer.ts';

const LIST = { accounts: [account()], inactivatedAccountIds: ['gone'] };

/** The public face of the failure that the accounts call ends with. */
async function failureOf(...answers: Answer[]) {
  const { api } = await apiWith(...answers);
  const error = await api.accounts(CALLER).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof CardError)) throw new Error(`expected a CardError, got ${error}`);
  const { code, statusCode, retryAfterSeconds } = error;
  return { code, statusCode, retryAfterSeconds };
}

test('asks for the customer’s accounts with the customer’s token, and sends no more', async () => {
  const { api, bank } = await apiWith(json(LIST, 200, { 'set-cookie': 'bank=1' }));
  const answer = await api.accounts(CALLER);
  expect(answer.accounts.map(({ id }) => id)).toEqual(['account-1']);
  expect([...answer.inactivatedAccountIds]).toEqual(['gone']);
  await api.accounts(CALLER);
  const seen = {
    method: 'GET',
    target: ACCOUNTS_TARGET,
    headers: {
      accept: 'application/json',
      authorization: 'Bearer access.token.value',
      'user-agent': 'account-card',
      'accept-encoding': 'identity',
      host: `127.0.0.1:${bank.port}`,
      connection: 'keep-alive',
    },
    body: '',
  };
  expect(bank.requests).toEqual([seen, seen]);
});

test('asks for the words of the customer’s own institution', async () => {
  const { api, bank } = await apiWith(
    json({ balanceDisplaySettings: [{ type: 'balance', label: 'Posted' }] }),
  );
  expect(await api.balanceDisplaySettings(CALLER)).toEqual([
    { kind: 'current', label: 'Posted', visible: true, primary: false },
  ]);
  expect(bank.requests).toMatchObject([
    { method: 'GET', target: SETTINGS_TARGET, headers: { authorization: 'Bearer access.token.value' } },
  ]);
});

test('nothing in an id can change the path', async () => {
  const { api, bank } = await apiWith(json(LIST));
  const odd = '../x/y?z=1#f\r\nHost: evil';
  await api.accounts({ ...CALLER, subject: odd });
  await api.balanceDisplaySettings({ ...CALLER, subject: odd, bankInstitutionId: odd });
  const encoded = '..%2Fx%2Fy%3Fz%3D1%23f%0D%0AHost%3A%20evil';
  expect(bank.requests.map(({ target }) => target)).toEqual([
    `/a/consumer/api/v0/users/${encoded}/accounts`,
    `/a/consumer/api/v0/users/${encoded}/institutions/${encoded}`,
  ]);
});

test.each([
  [401, 'SIGN_IN_REQUIRED', 401],
  [403, 'NOT_PERMITTED', 403],
  [429, 'TOO_MANY_REQUESTS', 429],
  [501, 'BANK_UNAVAILABLE', 502],
  [599, 'BANK_UNAVAILABLE', 502],
  [201, 'BANK_UNEXPECTED', 502],
  [204, 'BANK_UNEXPECTED', 502],
  [301, 'BANK_UNEXPECTED', 502],
  [302, 'BANK_UNEXPECTED', 502],
  [400, 'BANK_UNEXPECTED', 502],
  [418, 'BANK_UNEXPECTED', 502],
])('the status %i is %s, whatever the body, and is asked once', async (status, code, statusCode) => {
  const bodies = [JSON.stringify(LIST), '', '<h1>Sorry</h1>', '{"error":"nope"}'];
  for (const body of bodies) {
    const { api, bank } = await apiWith(text(status === 204 ? '' : body, status, { location: '/elsewhere' }));
    await expect(api.accounts(CALLER)).rejects.toMatchObject({ code, statusCode });
    expect(bank.requests.length).toBe(1);
  }
});

test('404 is a customer without accounts', async () => {
  const { api } = await apiWith(text('<h1>Not found</h1>', 404));
  expect(await api.accounts(CALLER)).toEqual({
    accounts: [],
    noAccounts: [],
    inactivatedAccountIds: new Set(),
  });
});

test.each([
  ['7', 7],
  ['0', 1],
  ['1000000000', 60],
  ['Sat, 01 Jan 2050 00:00:00 GMT', 60],
  ['Fri, 02 Jan 1970 00:00:00 GMT', 1],
  ['soon', undefined],
  ['-1', undefined],
  ['1e9', undefined],
])('Retry-After %j of a busy bank is passed on as %j', async (header, retryAfterSeconds) => {
  for (const [status, code] of [
    [429, 'TOO_MANY_REQUESTS'],
    [503, 'BANK_UNAVAILABLE'],
  ] as const)
    expect(await failureOf(text('', status, { 'retry-after': header }))).toMatchObject({
      code,
      retryAfterSeconds,
    });
});

test.each<[string, string | Buffer]>([
  ['nothing', ''],
  ['HTML', '<!doctype html><h1>Maintenance</h1>'],
  ['truncated JSON', JSON.stringify(LIST).slice(0, -10)],
  ['JSON and more', `${JSON.stringify(LIST)}{}`],
  ['two byte-order marks', `\uFEFF\uFEFF${JSON.stringify(LIST)}`],
  ['UTF-16', Buffer.from(JSON.stringify(LIST), 'utf16le')],
  ['random bytes', Buffer.from([0x00, 0xff, 0xfe, 0x80, 0x7b])],
  ['null', 'null'],
  ['a number', '5'],
  ['a list', '[]'],
  ['no accounts', '{}'],
  ['accounts that are no list', '{"accounts":{}}'],
  ['an endless depth that never closes', '['.repeat(100_000)],
  ['an endless depth', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
])('a good status with %s for a body is an unexpected answer', async (_name, body) => {
  expect(await failureOf(text(body))).toEqual({
    code: 'BANK_UNEXPECTED',
    statusCode: 502,
    retryAfterSeconds: undefined,
  });
});

test('the content type does not matter, and __proto__ is a member like any other', async () => {
  const body = '{"accounts":[{"id":"a","__proto__":{"hidden":true},"balance":"2"}]}';
  const { api } = await apiWith(text(body, 200, { 'content-type': 'text/plain' }));
  expect((await api.accounts(CALLER)).accounts).toMatchObject([{ id: 'a', balance: '2.00', hidden: false }]);
});

test('characters cut in two by the network arrive whole', async () => {
  const bytes = Buffer.from(JSON.stringify({ accounts: [account({ name: 'Épargne 😀' })] }));
  const { api } = await apiWith((response) => {
    response.writeHead(200);
    const send = (at: number) => {
      if (at >= bytes.length) return void response.end();
      response.write(bytes.subarray(at, at + 1), () => setImmediate(send, at + 1));
    };
    send(0);
  });
  expect((await api.accounts(CALLER)).accounts[0]?.name).toBe('Épargne 😀');
});

test('a redirect takes the token nowhere', async () => {
  const { bank: elsewhere } = await apiWith(json(LIST));
  expect(await failureOf(text('', 307, { location: elsewhere.origin }))).toMatchObject({
    code: 'BANK_UNEXPECTED',
  });
  expect(elsewhere.requests).toEqual([]);
});

test('5,000 accounts with every documented member fit', async () => {
  const details = {
    label: 'Account details',
    values: Array.from({ length: 4 }, () => ({ type: 'Text', value: 'x'.repeat(60) })),
  };
  const accounts = Array.from({ length: 5_000 }, (_, id) =>
    account({ id: `a${id}`, formattedMetaData: { details } }),
  );
  const { api } = await apiWith(json({ accounts }));
  expect((await api.accounts(CALLER)).accounts.length).toBe(5_000);
});

test('more than 8 MiB are no account list', async () => {
  const { api, calls } = await apiWith(text(`{"accounts":[]}${' '.repeat(8 * 1_048_576)}`));
  await expect(api.accounts(CALLER)).rejects.toMatchObject({ code: 'BANK_UNEXPECTED' });
  expect(calls).toMatchObject([{ status: 'too-large' }]);
});
