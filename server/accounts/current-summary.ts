/** A session's account summary as the bank has it now. Calls of one session that wait at the same time share one read. */
import type { AccountSummary } from '../contract.ts';
import type { Institution } from '../institution.ts';
import type { Session } from '../session/session.ts';
import { createSharedWork, type SharedWork } from '../shared-work.ts';
import type { AccountsDependencies } from './dependencies.ts';
import { endIfRefused, isRefused } from './refused.ts';

export interface CurrentSummary {
  /** `left`: the asker's leaving. @throws {CardError} */
  read(session: Session, left: AbortSignal): Promise<AccountSummary>;
  /** After balances have changed: an answer that is already under way may be older than that. @throws {CardError} */
  readAnew(session: Session, left: AbortSignal): Promise<AccountSummary>;
}

export type WithCurrentSummary = AccountsDependencies & { currentSummary: CurrentSummary };

export function createCurrentSummary(
  dependencies: Pick<AccountsDependencies, 'sessions' | 'freshTokens' | 'readSummary'>,
): CurrentSummary {
  const reads = new WeakMap<Institution, SharedWork<AccountSummary>>();

  /** Each institution has its own, so that no key of one can ever meet one of another. */
  function readsAt(institution: Institution): SharedWork<AccountSummary> {
    const shared = reads.get(institution) ?? createSharedWork<AccountSummary>();
    reads.set(institution, shared);
    return shared;
  }
  const read = (session: Session, left: AbortSignal) =>
    readsAt(session.institution).join(session.id, (signal) => ask(session, signal, dependencies), left);

  return {
    read,
    readAnew(session, left) {
      readsAt(session.institution).close(session.id);
      return read(session, left);
    },
  };
}

/** Once more with renewed tokens where the bank refused those that should still have lived. */
async function ask(
  session: Session,
  signal: AbortSignal,
  { sessions, freshTokens, readSummary }: Parameters<typeof createCurrentSummary>[0],
): Promise<AccountSummary> {
  try {
    const tokens = await freshTokens.of(session);
    try {
      return await readSummary(session.institution, tokens, signal);
    } catch (error) {
      if (!isRefused(error) || tokens.refreshToken === null) throw error;
      const renewed = await freshTokens.renew({ ...session, tokens });
      return await readSummary(session.institution, renewed, signal);
    }
  } catch (error) {
    return await endIfRefused(error, session, sessions);
  }
}
