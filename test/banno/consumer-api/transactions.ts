/** `GET .../transactions`: pages and spans of an account's history, newest first. */
import type { Customer } from '../customer.ts';
import type { Account, Transaction } from '../personas/persona.ts';

const LIMIT = 500;

export function pageOfTransactions(customer: Customer, account: Account, query: Record<string, unknown>) {
  const offset = numberOf(query['offset'], 0);
  const limit = numberOf(query['limit'], LIMIT);
  if (offset === undefined) return { problem: 'offset must be a whole number from 0' };
  if (limit === undefined || limit > LIMIT) return { problem: `limit must be a whole number up to ${LIMIT}` };
  const span = spanOf(query);
  if ('problem' in span) return span;

  const { accountType, accountSubType } = account;
  const shared = { inactivatedTransactionIds: [], offset, limit, account: { accountType, accountSubType } };
  const all = customer.transactions(account.id);
  // An account that never had any: Banno leaves the member out.
  if (all === undefined) return shared;
  return { ...shared, transactions: all.filter(span.includes).slice(offset, offset + limit) };
}

function spanOf(query: Record<string, unknown>) {
  const { since, until, updatedSince } = query;
  for (const instant of [since, until, updatedSince]) {
    if (instant !== undefined && Number.isNaN(millis(instant))) {
      return { problem: 'since, until and updatedSince must be ISO 8601 instants' };
    }
  }
  if (updatedSince !== undefined && (since !== undefined || until !== undefined)) {
    return { problem: 'updatedSince cannot be combined with since or until' };
  }
  const from = since === undefined ? Number.NEGATIVE_INFINITY : millis(since);
  const to = until === undefined ? Number.POSITIVE_INFINITY : millis(until);
  const includes = ({ date, datePosted, lastUpdated }: Transaction) => {
    if (updatedSince !== undefined) return millis(lastUpdated) >= millis(updatedSince);
    const at = millis(datePosted ?? date);
    return at >= from && at <= to;
  };
  return { includes };
}

function millis(instant: unknown): number {
  return typeof instant === 'string' ? Date.parse(instant) : Number.NaN;
}

function numberOf(text: unknown, fallback: number): number | undefined {
  if (text === undefined) return fallback;
  return typeof text === 'string' && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}
