/** A bank's account list, from the wire to what a customer's page and the API say. */
import { expect, onTestFinished } from 'vitest';
import type { AccountSummary } from '../../server/contract.ts';
import { answered } from '../hostile/faults.ts';
import { ACCOUNTS_PATH } from '../hostile/hostile-bank.ts';
import { account } from './account-list.ts';
import { startTestCard, type TestCard } from './test-card.ts';

/** Closes with the test. */
export async function startCard(env: Record<string, string> = {}): Promise<TestCard> {
  const card = await startTestCard(env);
  onTestFinished(() => card.close());
  return card;
}

/** The summary of this list, the same in the page and in the API. */
export async function summaryOnTheWire(body: string): Promise<AccountSummary> {
  const card = await startCard();
  card.bank.answers.set(ACCOUNTS_PATH, answered(200, body, { 'content-type': 'application/json' }));
  const { boot, authorized } = await card.signIn();
  const response = await card.get('/api/accounts', authorized);
  expect([boot.problem, response.statusCode]).toEqual([undefined, 200]);
  expect(response.json()).toEqual(boot.summary);
  return response.json();
}

export function listOf(...accounts: unknown[]): string {
  return JSON.stringify({ accounts });
}

/** One account's list, its balance as a JSON text may have it and no JavaScript value can. */
export function listWithBalance(text: string): string {
  return listOf(account({ balance: 'HERE' })).replace('"HERE"', text);
}
