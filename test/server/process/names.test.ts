/** A process to which its bank's name is now known, now not: it stays, and serves again at once. */
import { beforeEach, expect, test } from 'vitest';
import { json, metadata, OIDC } from '../../hostile/hostile-bank.ts';
import { closeAfterEach, IN_ITS_TIME, type OneProcess, signal, signInOnce, startOne } from './one-process.ts';

let one: OneProcess;
beforeEach(async () => {
  one = await startOne((bank) => ({ BANNO_URL: bank.origin.replace('127.0.0.1', 'localhost') }), 'names.ts');
});

test('H21 names that come and go: 502 while they are gone, served again at once', async () => {
  const { bank, card } = one;
  const issuer = bank.issuer.replace('127.0.0.1', 'localhost');
  bank.answers.set(`${OIDC}/.well-known/openid-configuration`, (_request, response) =>
    json(response, metadata(issuer)),
  );
  bank.idToken = { claims: { iss: issuer } };
  const page = await signInOnce(card, bank, { iss: issuer });
  closeAfterEach(bank);
  const status = async () => (await card.ask('/api/accounts', page.authorized)).status;
  await expect.poll(status, IN_ITS_TIME).toBe(200);

  for (let flaps = 1; flaps <= 3; flaps += 1) {
    await signal(card, 'names fail', flaps);
    await expect.poll(status, IN_ITS_TIME).toBe(502);
    await signal(card, 'names resolve', flaps);
    // Enough good calls between: the circuit breaker is another test's.
    for (let calls = 0; calls < 4; calls += 1) expect(await status()).toBe(200);
  }
  expect([card.process.child.exitCode, card.process.output.stderr]).toEqual([null, '']);
});
