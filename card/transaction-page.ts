/** Checks that a value is a page of transactions. */
import type { TransactionPage } from '../server/contract.ts';
import { isRecord } from './account-summary.ts';

export function isTransactionPage(value: unknown): value is TransactionPage {
  return (
    isRecord(value) &&
    (value['next'] === null || Number.isInteger(value['next'])) &&
    Array.isArray(value['transactions']) &&
    value['transactions'].every(isTransaction)
  );
}

function isTransaction(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { id, on, description, amount, isPending, category } = value;
  return (
    typeof id === 'string' &&
    isTextOrNull(on) &&
    typeof description === 'string' &&
    isRecord(amount) &&
    typeof amount['amount'] === 'string' &&
    typeof amount['currency'] === 'string' &&
    typeof isPending === 'boolean' &&
    isTextOrNull(category)
  );
}

function isTextOrNull(value: unknown): boolean {
  return value === null || typeof value === 'string';
}
