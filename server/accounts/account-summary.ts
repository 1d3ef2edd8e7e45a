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
  // First, since places at the bank may be few.
  const asked = api.accounts(caller);
  const words = caller.bankInstitutionId === null ? NO_WORDS : askForWords(api, caller);
  try {
    const accounts = await asked;
    const balanceDisplaySettings = await words.settings();
    const { bankInstitutionId } = caller;
    return summarize(accounts, { bankInstitutionId, currency: institution.currency, balanceDisplaySettings });
  } finally {
    words.end();
  }
}

/** The institution's words for balances, on their way. */
interface Words {
  settings(): Promise<BalanceDisplaySetting[]>;
  end(): void;
}

const NO_WORDS: Words = { settings: async () => [], end: () => undefined };
const ENOUGH = new Error('the balances are there');

function askForWords(api: ConsumerApi, caller: Caller): Words {
  const enough = new AbortController();
  const leave = () => enough.abort(ENOUGH);
  caller.signal?.addEventListener('abort', leave, { once: true });
  if (caller.signal?.aborted) leave();
  let isKnown = false;
  const settings = api.balanceDisplaySettings({ ...caller, signal: enough.signal }).finally(() => {
    isKnown = true;
  });
  return {
    settings: () => within(settings, GRACE_MS),
    end() {
      caller.signal?.removeEventListener('abort', leave);
      if (!isKnown) leave();
    },
  };
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
