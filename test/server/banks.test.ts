/** What is held of a bank ends with its institution, also where something still runs for it. */
import Fastify from 'fastify';
import { expect, onTestFinished, test } from 'vitest';
import { createBanks } from '../../server/banks.ts';
import { createMetrics } from '../../server/metrics.ts';
import { ACCOUNTS_PATH, json, SUBJECT, startHostileBank } from '../hostile/hostile-bank.ts';
import { institutionWith } from '../support/institution.ts';

test('of an institution that is gone nothing is kept or reported, and a late call is still answered', async () => {
  const bank = await startHostileBank();
  onTestFinished(() => bank.close());
  bank.answers.set(ACCOUNTS_PATH, (_request, response) => json(response, { accounts: [{ id: 'one' }] }));
  const metrics = createMetrics();
  const banks = createBanks(Fastify().log, metrics, Date.now);
  onTestFinished(() => banks.close());
  const institution = institutionWith({ id: 'going', bankOrigin: bank.origin });
  const kept = banks.of(institution);
  expect(banks.of(institution)).toBe(kept);
  expect(await metrics.text()).toContain('bank_calls_in_flight{institution="going"}');

  await banks.drop(institution);
  const late = banks.of(institution);

  const caller = { subject: SUBJECT, accessToken: 'token', bankInstitutionId: null };
  expect((await late.consumerApi.accounts(caller)).accounts).toHaveLength(1);
  expect(await metrics.text()).not.toContain('bank_calls_in_flight{institution="going"}');
  await late.close();
});
