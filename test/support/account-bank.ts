/** Our Consumer API client with a scripted bank behind it, for one customer. */
import { onTestFinished } from 'vitest';
import type { CallRecord } from '../../server/accounts/bank-call.ts';
import { type Caller, type ConsumerApi, createConsumerApi } from '../../server/accounts/consumer-api.ts';
import { createBankGate } from '../../server/bank/gate.ts';
import { OWN_INSTITUTION } from './account-list.ts';
import type { Answer, HttpPeer } from './loopback-peer.ts';
import { httpPeer, upstreamOf } from './loopback-upstream.ts';

export const CALLER: Caller = {
  subject: '7d1c1f0e-2b53-4c8f-9a55-0d9d1f6f2a10',
  accessToken: 'access.token.value',
  bankInstitutionId: OWN_INSTITUTION,
};

export const ACCOUNTS_TARGET = `/a/consumer/api/v0/users/${CALLER.subject}/accounts`;
export const SETTINGS_TARGET = `/a/consumer/api/v0/users/${CALLER.subject}/institutions/${OWN_INSTITUTION}`;

export interface ScriptedApi {
  api: ConsumerApi;
  /** What was recorded of each call. */
  calls: CallRecord[];
}

/** The client of a bank at this origin; closes with the test. */
export function apiOf(origin: string): ScriptedApi {
  const calls: CallRecord[] = [];
  const gate = createBankGate(upstreamOf(origin));
  return { api: createConsumerApi(gate, (call) => calls.push(call)), calls };
}

/** A bank that answers one by one, the last answer stays; closes with the test. */
export async function apiWith(...answers: Answer[]): Promise<ScriptedApi & { bank: HttpPeer }> {
  const bank = await httpPeer(...answers);
  return { ...apiOf(bank.origin), bank };
}

/** A client that has left by the time the test ends. */
export function clientOfTest(): AbortController {
  const client = new AbortController();
  onTestFinished(() => client.abort());
  return client;
}
