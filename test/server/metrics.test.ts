/** What operators read at /metrics: sign-ins, calls, renewals, banks and the store, by outcome and institution. */
import { afterEach, expect, test } from 'vitest';
import { createMetrics } from '../../server/metrics.ts';
import { buildOperations } from '../../server/operations.ts';
import { ACCOUNTS_PATH, fixed, OIDC } from '../hostile/hostile-bank.ts';
import { startTestCard, type TestCard } from '../support/test-card.ts';

let card: TestCard;
afterEach(() => card?.close());

/** The one institution's id is its bank's host. */
function institution(): string {
  return new URL(card.bank.origin).host;
}

/** One series of the exposition, e.g. `sign_ins_total{institution="…",outcome="OK"}`. */
async function value(series: string): Promise<number | undefined> {
  const line = (await card.metrics.text())
    .split('\n')
    .find((text) => text.startsWith(`account_card_${series} `));
  return line === undefined ? undefined : Number(line.split(' ').at(-1));
}

test('sign-ins and calls are counted by outcome and institution', async () => {
  card = await startTestCard();
  const { authorized } = await card.signIn();
  await card.get('/api/accounts', authorized);
  await card.get('/auth/callback?state=forged&code=x');
  card.bank.answers.set(`${OIDC}/token`, fixed(500));
  await card.signIn();
  card.bank.answers.set(ACCOUNTS_PATH, fixed(503));
  await card.get('/api/accounts', authorized);
  await card.get('/api/accounts');

  expect(await value(`sign_ins_total{institution="${institution()}",outcome="OK"}`)).toBe(1);
  expect(await value(`sign_ins_total{institution="${institution()}",outcome="SIGN_IN_FAILED"}`)).toBe(1);
  expect(await value(`sign_ins_total{institution="${institution()}",outcome="BANK_UNAVAILABLE"}`)).toBe(1);
  const api = (outcome: string) =>
    value(`requests_total{institution="${institution()}",route="/api/accounts",outcome="${outcome}"}`);
  expect(await api('OK')).toBe(1);
  expect(await api('BANK_UNAVAILABLE')).toBe(1);
  expect(await api('SIGN_IN_REQUIRED')).toBe(1);
  const calls = (outcome: string) =>
    value(`bank_calls_total{institution="${institution()}",lane="accounts",outcome="${outcome}"}`);
  expect(await calls('200')).toBe(2);
  expect(await calls('503')).toBe(2);
  expect(
    await value(`bank_call_duration_seconds_count{institution="${institution()}",lane="accounts"}`),
  ).toBe(4);
});

test('a sign-in that nothing ties to its browser has an outcome of its own: K10', async () => {
  card = await startTestCard();
  const { state } = await card.begin({});
  await card.get(`/auth/callback?state=${state}&code=x&iss=${encodeURIComponent(card.bank.issuer)}`);
  expect(await value(`sign_ins_total{institution="${institution()}",outcome="SIGN_IN_UNBOUND"}`)).toBe(1);
});

test('renewals are counted by what came of them', async () => {
  card = await startTestCard({ OFFLINE_ACCESS: 'true' });
  card.bank.tokenAnswer = { refresh_token: 'refresh-1' };
  const { authorized } = await card.signIn();
  card.clock.aheadMs = 500_000;
  card.bank.tokenAnswer = { refresh_token: 'refresh-2', id_token: undefined };
  await card.get('/api/accounts', authorized);
  card.clock.aheadMs = 1_000_000;
  card.bank.answers.set(
    `${OIDC}/token`,
    fixed(400, '{"error":"invalid_grant"}', { 'content-type': 'application/json' }),
  );
  await card.get('/api/accounts', authorized);
  expect(await value(`token_refreshes_total{institution="${institution()}",outcome="renewed"}`)).toBe(1);
  expect(await value(`token_refreshes_total{institution="${institution()}",outcome="refused"}`)).toBe(1);
});

test('the store and its sessions are measured, also where it fails', async () => {
  card = await startTestCard({}, (store) => ({ ...store, use: () => Promise.reject(new Error('down')) }));
  const { authorized } = await card.signIn();
  await card.get('/api/accounts', authorized);
  expect(await value('sessions')).toBe(1);
  expect(await value(`sessions_opened_total{institution="${institution()}"}`)).toBe(1);
  expect(await value('store_call_duration_seconds_count{operation="add",outcome="ok"}')).toBe(1);
  expect(await value('store_call_duration_seconds_count{operation="use",outcome="failed"}')).toBe(1);
});

test('the state of a bank is read at the scrape, and goes with the institution', async () => {
  card = await startTestCard();
  const { authorized } = await card.signIn();
  const state = () => value(`bank_breaker_state{institution="${institution()}",lane="accounts"}`);
  expect(await state()).toBe(0);
  card.bank.answers.set(ACCOUNTS_PATH, fixed(500));
  for (let call = 0; call < 12; call += 1) await card.get('/api/accounts', authorized);
  expect(await state()).toBe(2);
  expect(await value(`bank_calls_in_flight{institution="${institution()}"}`)).toBe(0);
  card.app.replaceInstitutions([]);
  await expect.poll(state).toBeUndefined();
});

test('the operations port serves them as Prometheus reads them, with what Node tells of its process', async () => {
  const operations = buildOperations(() => true, createMetrics({ process: true }));
  const { headers, body, statusCode } = await operations.inject('/metrics');
  await operations.close();
  expect(statusCode).toBe(200);
  expect(headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/);
  expect(body).toContain('# TYPE account_card_sign_ins_total counter');
  expect(body).toMatch(/^nodejs_eventloop_lag_p99_seconds \d/m);
});
