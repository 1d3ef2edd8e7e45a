/** Serves another list of institutions from now on; what has begun ends with what it began with. */
import { isDeepStrictEqual } from 'node:util';
import type { Banks } from './banks.ts';
import type { ReplaceableDirectory } from './directory.ts';
import type { RateCounters } from './http/rate-counters.ts';
import type { RunningRequests } from './http/running-requests.ts';
import type { Institution } from './institution.ts';

/** Ids of what is served anew, otherwise, or no more. */
export interface Replacement {
  added: string[];
  changed: string[];
  removed: string[];
}

interface Served {
  directory: ReplaceableDirectory;
  banks: Banks;
  counters: RateCounters;
  running: RunningRequests;
  /** Is handed the institutions that are new or other than they were. */
  prepare(institutions: Institution[]): void;
}

/** An institution that has not changed keeps its object, and with it its connections, keys and theme. */
export function replaceInstitutions(
  next: readonly Institution[],
  { directory, banks, counters, running, prepare }: Served,
): Replacement {
  const before = new Map(directory.all().map((institution) => [institution.id, institution]));
  const after = next.map((institution) => {
    const known = before.get(institution.id);
    return known !== undefined && isDeepStrictEqual(known, institution) ? known : institution;
  });
  const kept = new Set(after);
  const fresh = after.filter((institution) => before.get(institution.id) !== institution);
  const gone = [...before.values()].filter((institution) => !kept.has(institution));
  directory.replace(after);
  for (const { id } of gone) counters.drop(id);
  for (const institution of gone) void running.ended(institution).then(() => banks.drop(institution));
  prepare(fresh);
  const ids = new Set(after.map(({ id }) => id));
  return {
    added: fresh.map(({ id }) => id).filter((id) => !before.has(id)),
    changed: fresh.map(({ id }) => id).filter((id) => before.has(id)),
    removed: [...before.keys()].filter((id) => !ids.has(id)),
  };
}
