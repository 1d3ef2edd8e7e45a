/** A bank in trouble: asked once more where that helps, never more, and every call is recorded without a secret. */
import { expect, onTestFinished, test } from 'vitest';
import { ACCOUNTS_TARGET, apiOf, apiWith, CALLER, clientOfTest } from '../../support/account-bank.ts';
import { account } from '../../support/account-list.ts';
import { startDeafPeer } from '../../support/loopback-deaf.ts';
import { deadOrigin, json, text } from '../../support/loopback-peer.ts';
import { rawPeer } from '../../support/loopback-upstream.ts';

const GOOD = json({ accounts: [account()] });

test.each([500, 502, 503, 504])('after %i the bank is asked once more', async (status) => {
  const { api, bank } = await apiWith(text('<h1>Maintenance</h1>', status), GOOD);
  expect((await api.accounts(CALLER)).accounts.length).toBe(1);
  expect(bank.requests.map(({ target }) => target)).toEqual([ACCOUNTS_TARGET, ACCOUNTS_TARGET]);
});

test.each([500, 502, 503, 504])('a second %i is the end', async (status) => {
  const { api, bank, calls } = await apiWith(text('', status, { 'x-request-id': 'req-1' }));
  await expect(api.accounts(CALLER)).rejects.toMatchObject({
    code: 'BANK_UNAVAILABLE',
    reason: `status ${status}`,
  });
  expect(bank.requests.length).toBe(2);
  expect(calls).toMatchObject([{ operation: 'accounts', status, bankRequestId: 'req-1' }]);
});

test.each(['5', 'garbage'])('a bank that says when to come back (%s) is not asked before', async (header) => {
  for (const status of [502, 503, 504]) {
    const { api, bank } = await apiWith(text('', status, { 'retry-after': header }), GOOD);
    await expect(api.accounts(CALLER)).rejects.toMatchObject({ code: 'BANK_UNAVAILABLE' });
    expect(bank.requests.length).toBe(1);
  }
});

test.each([401, 403, 429, 501])('after %i the bank is not asked again', async (status) => {
  const { api, bank } = await apiWith(text('', status), GOOD);
  await expect(api.accounts(CALLER)).rejects.toMatchObject({ code: expect.any(String) });
  expect(bank.requests.length).toBe(1);
});

test('the second answer is the answer, whatever it is', async () => {
  const { api, bank } = await apiWith(text('', 503), text('', 401));
  await expect(api.accounts(CALLER)).rejects.toMatchObject({ code: 'SIGN_IN_REQUIRED' });
  expect(bank.requests.length).toBe(2);
});

test('a bank that nobody answers for is unavailable', async () => {
  const { api, calls } = apiOf(await deadOrigin());
  await expect(api.accounts(CALLER)).rejects.toMatchObject({
    code: 'BANK_UNAVAILABLE',
    reason: 'unreachable',
  });
  expect(calls).toMatchObject([{ operation: 'accounts', status: 'unreachable', bankRequestId: undefined }]);
});

test('a connection that breaks before the answer is tried once more', async () => {
  const body = JSON.stringify({ accounts: [account()] });
  const bank = await rawPeer((socket, count) => {
    if (count === 1) socket.resetAndDestroy();
    else socket.end(`HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
  });
  expect((await apiOf(bank.origin).api.accounts(CALLER)).accounts.length).toBe(1);
});

test('a bank that keeps breaking the connection is asked twice', async () => {
  let requests = 0;
  const bank = await rawPeer((socket) => {
    requests += 1;
    socket.resetAndDestroy();
  });
  const { api } = apiOf(bank.origin);
  await expect(api.accounts(CALLER)).rejects.toMatchObject({ code: 'BANK_UNAVAILABLE' });
  expect(requests).toBe(2);
});

test('a bank that takes no connection is tried once more, within the deadline', async () => {
  const bank = await startDeafPeer();
  onTestFinished(() => bank.close());
  const startedAtMs = performance.now();
  await expect(apiOf(bank.origin).api.accounts(CALLER)).rejects.toMatchObject({ code: 'BANK_UNAVAILABLE' });
  expect(performance.now() - startedAtMs).toBeGreaterThan(1_900);
  expect(performance.now() - startedAtMs).toBeLessThan(4_500);
});

test('an answer that breaks off is not asked for again: it may have been large', async () => {
  let requests = 0;
  const bank = await rawPeer((socket) => {
    requests += 1;
    socket.end('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"accounts":[');
  });
  const { api, calls } = apiOf(bank.origin);
  await expect(api.accounts(CALLER)).rejects.toMatchObject({
    code: 'BANK_UNAVAILABLE',
    reason: 'interrupted',
  });
  expect([requests, calls]).toMatchObject([1, [{ status: 'interrupted' }]]);
});

test('a client that leaves cancels the call at the bank, and is not asked for', async () => {
  const client = clientOfTest();
  const hungUp = Promise.withResolvers<void>();
  const { api, bank, calls } = await apiWith((_response, request) => {
    request.socket.on('close', () => hungUp.resolve());
    client.abort();
  });
  await expect(api.accounts({ ...CALLER, signal: client.signal })).rejects.toMatchObject({
    reason: 'cancelled',
  });
  await hungUp.promise;
  expect(bank.requests.length).toBe(1);
  expect(calls).toMatchObject([{ status: 'cancelled' }]);
});

test('a client that leaves between two tries costs the bank no second one', async () => {
  const client = clientOfTest();
  const { api, bank } = await apiWith((response) => {
    response.writeHead(503).end();
    client.abort();
  }, GOOD);
  await expect(api.accounts({ ...CALLER, signal: client.signal })).rejects.toMatchObject({
    reason: 'cancelled',
  });
  expect(bank.requests.length).toBe(1);
});

test('each call is recorded with its status, its time and the bank’s request id', async () => {
  const { api, calls } = await apiWith(
    json({ accounts: [] }, 200, { 'x-request-id': 'req-0001' }),
    text('', 404),
  );
  await api.accounts(CALLER);
  await api.accounts(CALLER);
  expect(calls).toEqual([
    { operation: 'accounts', status: 200, durationMs: expect.any(Number), bankRequestId: 'req-0001' },
    { operation: 'accounts', status: 404, durationMs: expect.any(Number), bankRequestId: undefined },
  ]);
  for (const { durationMs } of calls) expect(Number.isInteger(durationMs) && durationMs >= 0).toBe(true);
});

test.each([
  ['req-0001', 'req-0001'],
  ['a.b:c_D-9', 'a.b:c_D-9'],
  ['x'.repeat(80), 'x'.repeat(80)],
  ['<script>alert(1)</script>', 'none'],
  ['id\t\u001b[31m', 'none'],
  ['x'.repeat(81), 'none'],
  ['', 'none'],
  [`req-${CALLER.accessToken}`, 'none'],
])('the request id %j is recorded as %j', async (header, requestId) => {
  const bank = await rawPeer((socket) =>
    socket.end(`HTTP/1.1 200 OK\r\nX-Request-Id: ${header}\r\nContent-Length: 15\r\n\r\n{"accounts":[]}`),
  );
  const { api, calls } = apiOf(bank.origin);
  await api.accounts(CALLER).catch(() => undefined);
  expect(calls[0]?.bankRequestId ?? 'none').toBe(requestId);
});

test.each([401, 403, 404, 429, 500, 503])(
  'the institution’s words are a courtesy: %i is none',
  async (status) => {
    const { api, calls } = await apiWith(text('', status));
    expect(await api.balanceDisplaySettings(CALLER)).toEqual([]);
    expect(calls).toMatchObject([{ operation: 'balanceDisplaySettings', status }]);
  },
);

test.each(['', '<h1>', 'null', '[]', '{"balanceDisplaySettings":7}'])(
  'the words %j are none',
  async (body) => {
    expect(await (await apiWith(text(body))).api.balanceDisplaySettings(CALLER)).toEqual([]);
  },
);

test('without an institution nobody is asked for its words', async () => {
  const { api, bank } = await apiWith(json({}));
  expect(await api.balanceDisplaySettings({ ...CALLER, bankInstitutionId: null })).toEqual([]);
  expect(bank.requests).toEqual([]);
});

test('a record holds no token, no customer and no body', async () => {
  const { api, calls } = await apiWith(json({ accounts: [account()] }), text('', 401), text('', 503));
  for (let round = 0; round < 3; round += 1) await api.accounts(CALLER).catch(() => undefined);
  const recorded = JSON.stringify(calls);
  for (const secret of [CALLER.accessToken, CALLER.subject, 'Everyday', '100.00'])
    expect(recorded).not.toContain(secret);
});
