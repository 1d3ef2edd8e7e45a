/** Limits on sign-ins as a peer feels them: an address, a whole /64, a proxy, each by its institution's numbers. */
import { expect, test } from 'vitest';
import { DEFAULT_LIMITS } from '../../../server/limits.ts';
import { FRAMED } from '../../support/test-card.ts';
import { startTwo } from '../../support/two-institutions.ts';

/** Starts sign-ins from these addresses, one after the other. */
async function statusesFrom(...addresses: string[]): Promise<number[]> {
  const limits = { ...DEFAULT_LIMITS, signInsPerMinute: 2, signInsPerMinuteOfAProxy: 3 };
  const { app } = await startTwo('a host each', { limits });
  const statuses: number[] = [];
  for (const remoteAddress of addresses) {
    const response = await app.inject({
      url: '/auth',
      remoteAddress,
      headers: { host: 'one.localhost', ...FRAMED },
    });
    statuses.push(response.statusCode);
  }
  return statuses;
}

test('an IPv4 address counts for itself, however its socket spells it', async () => {
  expect(await statusesFrom('203.0.113.7', '::ffff:203.0.113.7', '203.0.113.7', '203.0.113.8')).toEqual([
    302, 302, 429, 302,
  ]);
});

test('all addresses of an IPv6 /64 count as one subscriber, and the next /64 as another', async () => {
  expect(
    await statusesFrom('2001:db8:0:1::1', '2001:db8:0:1:ffff::2', '2001:db8:0:1::3', '2001:db8:0:2::1'),
  ).toEqual([302, 302, 429, 302]);
});

test('a proxy has a limit of its own', async () => {
  expect(await statusesFrom('10.0.0.1', '10.0.0.1', '10.0.0.1', '10.0.0.1')).toEqual([302, 302, 302, 429]);
});

test('both entries begin sign-ins, and count together', async () => {
  const { one } = await startTwo('a host each', {
    limits: { ...DEFAULT_LIMITS, signInsPerMinuteOfAProxy: 3 },
  });

  const statuses = [];
  for (const entry of ['/auth', '/expanded', '/auth', '/expanded', '/auth'])
    statuses.push((await one.get(entry, FRAMED)).statusCode);

  expect(statuses).toEqual([302, 302, 302, 429, 429]);
});

test('whatever a session reads counts together, and its end is always possible', async () => {
  const limits = { ...DEFAULT_LIMITS, apiCallsPerMinute: 3 };
  const { app, one } = await startTwo('a host each', { limits });
  const { authorized } = await one.signIn();
  const transactions = '/api/accounts/one/transactions';

  const statuses = [];
  for (const path of ['/api/accounts', transactions, '/api/accounts', transactions, '/api/accounts'])
    statuses.push((await one.get(path, authorized)).statusCode);
  const headers = { host: 'one.localhost', ...authorized };
  const { statusCode } = await app.inject({ method: 'DELETE', url: '/api/session', headers });

  expect(statuses).toEqual([200, 403, 200, 429, 429]);
  expect(statusCode).toBe(204);
});
