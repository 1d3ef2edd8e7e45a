/** Reads one customer's accounts from the bank and answers their summary. */
import type { AccountSummary } from '../contract.ts';
import type { Institution } from '../institution.ts';
import type { BalanceDisplaySetting } from './banno-types.ts';
import type { Caller, ConsumerApi } from './consumer-api.ts';
import { summarize } from './summarize.ts';

/** How much longer than the accounts the institution's words for balances may take. */
const GRACE_MS = 250;

/** The two calls run side by side; the institution's words are a courtesy and never hold up the balances. @throws {CardError} */
export async function readAccountSummary(
  api: ConsumerApi,
  institution: Institution,
  caller: Caller,
): Promise<AccountSummary> {
  const enough = new AbortController();
  const signal =
    caller.signal === undefined ? enough.signal : AbortSignal.any([caller.signal, enough.signal]);
  // First, since places at the bank may be few.
  const asked = api.accounts(caller);
  const settings = api.balanceDisplaySettings({ ...caller, signal });
  try {
    const accounts = await asked;
    const balanceDisplaySettings = await within(settings, GRACE_MS);
    const { bankInstitutionId } = caller;
    return summarize(accounts, { bankInstitutionId, currency: institution.currency, balanceDisplaySettings });
  } finally {
    enough.abort();
  }
}

async function within(
  settings: Promise<BalanceDisplaySetting[]>,
  graceMs: number,
): Promise<BalanceDisplaySetting[]> {
  const late = Promise.withResolvers<BalanceDisplaySetting[]>();
  const timer = setTimeout(() => late.resolve([]), graceMs);
  try {
    return await Promise.race([settings, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
