/** Examines one institution: every check, within a bounded time. */

import type { ValkeyAddress } from '../config/valkey-address.ts';
import type { Institution } from '../institution.ts';
import { createProbe } from '../probe.ts';
import { checksOf } from './checks/all.ts';
import { type Finding, runChecks } from './checks/check.ts';
import { observe } from './checks/observations.ts';
import { settingsOf } from './checks/settings.ts';

const DEADLINES = { eachMs: 10_000, allMs: 60_000 };

/** What surrounds an institution in its deployment. */
export interface Surroundings {
  cookieIsFirstParty: boolean;
  /** Whether it is configured in the institutions file. */
  isFromFile: boolean;
  valkey?: ValkeyAddress | undefined;
}

export async function examine(
  institution: Institution,
  { cookieIsFirstParty, isFromFile, valkey }: Surroundings,
  deadlines = DEADLINES,
): Promise<Finding[]> {
  const probe = createProbe(deadlines);
  try {
    const settings = settingsOf(institution, isFromFile);
    return await runChecks(checksOf(observe({ institution, settings, cookieIsFirstParty, valkey, probe })));
  } finally {
    await probe.close();
  }
}
