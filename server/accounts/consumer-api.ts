/** Banno's Consumer API: the only file that calls it. Named operations on one customer's data, nothing else. */
import type { BankGate } from '../bank/gate.ts';
import { CardError } from '../errors.ts';
import { type CallRecord, callBank, type Operation, readJson } from './bank-call.ts';
import { type BannoTransactions, readTransactions, type TransactionSpan } from './banno-transactions.ts';
import {
  type BalanceDisplaySetting,
  type BannoAccounts,
  readAccounts,
  readBalanceDisplaySettings,
} from './banno-types.ts';
import { readTaskEvents, readTaskId, type TaskEvents } from './task-events.ts';

/** Who asks: the customer of a verified sign-in and the access token issued for them. */
export interface Caller {
  subject: string;
  accessToken: string;
  bankInstitutionId: string | null;
  signal?: AbortSignal | undefined;
}

/** Every operation may throw a {@link CardError}, except where it says otherwise. */
export interface ConsumerApi {
  /** `GET /users/{userId}/accounts` */
  accounts(caller: Caller): Promise<BannoAccounts>;
  /** `GET /users/{userId}/institutions/{institutionId}`: how balances are called; empty when it cannot be read. */
  balanceDisplaySettings(caller: Caller): Promise<BalanceDisplaySetting[]>;
  /** `GET /users/{userId}/accounts/{accountId}/transactions`, in whatever order the bank keeps. */
  transactions(caller: Caller, accountId: string, span: TransactionSpan): Promise<BannoTransactions>;
  /** `PUT /users/{userId}/fetch`: has the bank's core asked for fresh balances. Answers the task's id. */
  fetch(caller: Caller): Promise<string>;
  /** `GET /users/{userId}/tasks/{taskId}`: the bank holds it for up to 7 s, or until there is an event after `sinceVersion`. */
  taskEvents(caller: Caller, taskId: string, sinceVersion: number | null): Promise<TaskEvents>;
  /** `GET /institutions/{institutionId}/themes`, a public document, as it came. */
  themes(bankInstitutionId: string): Promise<unknown>;
}

/** `currency`: of transactions that name none. */
export function createConsumerApi(
  gate: Pick<BankGate, 'lane' | 'retryBudget'>,
  onCall: (call: CallRecord) => void,
  currency = 'USD',
): ConsumerApi {
  const get = (operation: Operation, path: string, { accessToken, signal }: Caller) =>
    callBank(gate, { operation, path, accessToken, signal }, onCall);
  const user = ({ subject }: Caller) => `/users/${encodeURIComponent(subject)}`;

  return {
    async accounts(caller) {
      const response = await get('accounts', `${user(caller)}/accounts`, caller);
      // A customer who has none may get 404 (documented for this call).
      if (response.status === 404) return { accounts: [], noAccounts: [], inactivatedAccountIds: new Set() };
      const accounts = readAccounts(readJson(response));
      if (accounts === undefined) throw new CardError('BANK_UNEXPECTED', { reason: 'account list' });
      return accounts;
    },
    async balanceDisplaySettings(caller) {
      if (caller.bankInstitutionId === null) return [];
      const path = `${user(caller)}/institutions/${encodeURIComponent(caller.bankInstitutionId)}`;
      return get('balanceDisplaySettings', path, caller)
        .then((response) => readBalanceDisplaySettings(readJson(response)))
        .catch(() => []);
    },
    async transactions(caller, accountId, span) {
      const { offset, limit, since } = span;
      const query = new URLSearchParams({
        offset: `${offset}`,
        limit: `${limit}`,
        ...(since ? { since } : {}),
      });
      const path = `${user(caller)}/accounts/${encodeURIComponent(accountId)}/transactions?${query}`;
      return readTransactions(readJson(await get('transactions', path, caller)), currency, accountId);
    },
    async fetch(caller) {
      const { accessToken, signal } = caller;
      const call = { operation: 'fetch', method: 'PUT', path: `${user(caller)}/fetch` } as const;
      const response = await callBank(gate, { ...call, accessToken, signal }, onCall);
      // An institution whose core cannot be asked is no outage, and no permission that anybody took away.
      if (response.status === 404 || response.status === 405)
        throw new CardError('NOT_PERMITTED', { reason: 'not offered' });
      const isTaken = response.status === 201 || response.status === 202;
      return readTaskId(readJson(isTaken ? { ...response, status: 200 } : response));
    },
    async taskEvents(caller, taskId, sinceVersion) {
      const query = sinceVersion === null ? '' : `?sinceVersion=${sinceVersion}`;
      const path = `${user(caller)}/tasks/${encodeURIComponent(taskId)}${query}`;
      return readTaskEvents(readJson(await get('taskEvents', path, caller)));
    },
    async themes(bankInstitutionId) {
      const path = `/institutions/${encodeURIComponent(bankInstitutionId)}/themes`;
      return readJson(await callBank(gate, { operation: 'themes', path, accessToken: null }, onCall));
    },
  };
}
