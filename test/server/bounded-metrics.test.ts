/** What a hostile bank, a lost store or a wrong clock may do to `/metrics`: nothing but be seen there. */
import { afterEach, expect, test } from 'vitest';
import { buildOperations } from '../../server/operations.ts';
import { ACCOUNTS_PATH, fixed, OIDC } from '../hostile/hostile-bank.ts';
import { startTestCard, type TestCard } from '../support/test-card.ts';

let card: TestCard;
afterEach(() => card?.close());

async function linesOf(metric: string): Promise<string[]> {
  return (await card.metrics.text()).split('\n').filter((line) => line.startsWith(`account_card_${metric}`));
}

test('a bank that makes up statuses makes up no series', async () => {
  card = await startTestCard();
  const { authorized } = await card.signIn();
  card.bank.answers.set(ACCOUNTS_PATH, fixed(299));
  await card.get('/api/accounts', authorized);
  for (let status = 100; status < 1_000; status += 1) card.metrics.bankCalled('a', 'accounts', status, 1);
  for (const kind of ['timeout', 'shed']) card.metrics.bankCalled('a', 'accounts', kind, 1);

  const outcomes = (await linesOf('bank_calls_total')).map((line) => /outcome="([^"]+)"/.exec(line)?.[1]);
  expect(outcomes).toEqual(expect.arrayContaining(['200', '2xx', '3xx', '404', '429', '4xx', '503', 'shed']));
  expect(new Set(outcomes).size).toBeLessThan(30);
});

test('the names of assets, other ones after each build, make no series', async () => {
  card = await startTestCard();
  const { callback } = await card.signIn();
  const assets = [...callback.body.matchAll(/"(\/assets\/[^"]+)"/g)].flatMap(([, path]) => path ?? []);
  for (const asset of assets) expect((await card.get(asset)).statusCode).toBe(200);

  const routes = [...(await card.metrics.text()).matchAll(/route="(\/assets\/[^"]*)"/g)].map(
    ([, route]) => route,
  );
  expect(assets.length).toBeGreaterThan(1);
  expect(new Set(routes)).toEqual(new Set(['/assets/*']));
});

test('a store that is gone takes its own count away, and no other number', async () => {
  card = await startTestCard({}, (store) => ({ ...store, count: () => Promise.reject(new Error('down')) }));
  const operations = buildOperations(() => true, card.metrics);
  const { statusCode, body } = await operations.inject('/metrics');
  await operations.close();

  expect(statusCode).toBe(200);
  expect(body).toContain('account_card_store_call_duration_seconds');
  expect(body).not.toMatch(/^account_card_sessions \d/m);
});

test.each([-120, 0, 400])('H19 a bank that is %i s behind us is measured', async (secondsAhead) => {
  card = await startTestCard();
  expect(await linesOf('bank_clock_offset_seconds')).toEqual([]);
  const date = () => new Date(Date.now() - secondsAhead * 1_000).toUTCString();
  card.bank.answers.set(`${OIDC}/.well-known/openid-configuration`, (request, response) =>
    fixed(404, '', { date: date() })(request, response, ''),
  );
  await card.get('/auth', { 'sec-fetch-dest': 'iframe' });

  const lines = await linesOf('bank_clock_offset_seconds');
  expect(lines).toHaveLength(1);
  expect(Math.abs(Number(lines[0]?.split(' ').at(-1)) - secondsAhead)).toBeLessThanOrEqual(2);
});
