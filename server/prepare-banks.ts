/** Asks banks ahead of their first sign-in, a few at a time. */
import type { FastifyBaseLogger } from 'fastify';
import type { Banks } from './banks.ts';
import { toCardError } from './errors.ts';
import type { Institution } from './institution.ts';

/** Hundreds at once would hold up the first customers, and a bank that is down holds up its own place only. */
const AT_A_TIME = 4;

/** `isServed`: whether an institution whose turn comes is still wanted. Never rejects. */
export async function prepareBanks(
  institutions: readonly Institution[],
  banks: Banks,
  isServed: (institution: Institution) => boolean,
  log: FastifyBaseLogger,
): Promise<void> {
  const waiting = institutions.values();
  const work = async () => {
    for (const institution of waiting)
      if (isServed(institution)) await prepare(institution, banks, isServed, log);
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, work));
}

/** A bank that is down stops nobody: its next sign-in asks again. */
async function prepare(
  institution: Institution,
  banks: Banks,
  isServed: (institution: Institution) => boolean,
  log: FastifyBaseLogger,
): Promise<void> {
  const { id, issuer } = institution;
  try {
    await banks.of(institution).identityProviders.face.prepare();
    log.info({ institution: id, issuer }, 'the bank answers');
  } catch (thrown) {
    // Its connections were closed with it: that says nothing about the bank.
    if (!isServed(institution)) return;
    const { code, reason } = toCardError(thrown);
    log.warn(
      { institution: id, issuer, code, reason },
      'the bank cannot be reached; the next sign-in asks again',
    );
  }
}
