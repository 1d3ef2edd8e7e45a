/** The retry budget: a tenth of all calls, and five ahead. */
import { expect, test } from 'vitest';
import { createConsumerApi } from '../../../server/accounts/consumer-api.ts';
import { createBankGate } from '../../../server/bank/gate.ts';
import { createRetryBudget } from '../../../server/bank/retry-budget.ts';
import { CALLER } from '../../support/account-bank.ts';
import { json, text } from '../../support/loopback-peer.ts';
import { httpPeer, upstreamOf } from '../../support/loopback-upstream.ts';

test('five are there from the start, every tenth call earns one, and no more than five are saved', () => {
  const budget = createRetryBudget();
  const spendAll = () => {
    let spent = 0;
    while (budget.spend()) spent += 1;
    return spent;
  };
  for (let call = 0; call < 1_000; call += 1) budget.earn();
  expect(spendAll()).toBe(5);
  for (let call = 0; call < 9; call += 1) budget.earn();
  expect(spendAll()).toBe(0);
  budget.earn();
  expect(spendAll()).toBe(1);
});

test('of many calls that fail now and then, a tenth is asked again', async () => {
  const good = json({ accounts: [] });
  const bank = await httpPeer(good);
  const api = createConsumerApi(createBankGate(upstreamOf(bank.origin)), () => undefined);
  const CALLS = 150;
  for (let call = 0; call < CALLS; call += 1) {
    bank.answerWith(...(call % 3 === 0 ? [text('', 503), good] : [good]));
    await api.accounts(CALLER).catch(() => undefined);
  }
  expect(bank.requests.length - CALLS).toBeGreaterThanOrEqual(15);
  expect(bank.requests.length - CALLS).toBeLessThanOrEqual(15 + 5);
});
