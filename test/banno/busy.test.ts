/** The customer with much to list: how much it is, how far it reaches, what kinds there are. */
import { expect, test } from 'vitest';
import { busy } from './personas/busy.ts';

const now = new Date('2026-11-23T12:00:00Z');
const { accounts, transactions = {} } = busy.open({ now, institution: { id: 'own', name: 'Own' } });
const all = Object.values(transactions).flat();

test('forty accounts of four types, fifty transactions in each', () => {
  expect(accounts).toHaveLength(40);
  expect(new Set(accounts.map(({ accountType }) => accountType)).size).toBe(4);
  expect(Object.keys(transactions)).toEqual(accounts.map(({ id }) => id));
  expect(Object.values(transactions).map((history) => history.length)).toEqual(accounts.map(() => 50));
  expect(new Set(all.map(({ id }) => id)).size).toBe(2_000);
});

test('newest first over twelve months, the pending ones on top', () => {
  for (const history of Object.values(transactions)) {
    const dates = history.map(({ date }) => date);
    expect(dates).toEqual(dates.toSorted().toReversed());
    const posted = history.map(({ datePosted }) => datePosted !== undefined);
    expect(posted).toEqual(posted.toSorted());
  }
  expect(all.filter(({ datePosted }) => datePosted === undefined)).toHaveLength(64);
  expect(all.map(({ date }) => date).sort()[0]).toMatch(/^2025-11/);
});
