/** Tokens that still live: renewed at 80 % of their life, one renewal at a time for each session. */
import { CardError } from '../errors.ts';
import type { Institution } from '../institution.ts';
import type { Session, Sessions, Tokens } from './session.ts';

export interface FreshTokens {
  /** @throws {CardError} `SIGN_IN_REQUIRED` when the session can no longer be renewed. */
  of(session: Session): Promise<Tokens>;
  /** After the bank refused an access token that should still have lived. */
  renew(session: Session): Promise<Tokens>;
}

type Refresh = (institution: Institution, tokens: Tokens) => Promise<Tokens>;

const RENEW_AT = 0.8;

export function createFreshTokens(sessions: Sessions, refresh: Refresh, now: () => number): FreshTokens {
  const running = new Map<string, Promise<Tokens>>();

  async function run(session: Session): Promise<Tokens> {
    try {
      const tokens = await refresh(session.institution, session.tokens);
      await sessions.renew(session, tokens);
      return tokens;
    } catch (error) {
      // The bank's refusal ends the session; a bank that is out of reach does not.
      if (error instanceof CardError && error.code === 'SIGN_IN_REQUIRED') await sessions.end(session);
      throw error;
    } finally {
      running.delete(session.id);
    }
  }

  function renew(session: Session): Promise<Tokens> {
    const promise = running.get(session.id) ?? run(session);
    running.set(session.id, promise);
    return promise;
  }

  return {
    renew,
    async of(session) {
      const { refreshToken, issuedAtMs, accessExpiresAtMs } = session.tokens;
      if (refreshToken === null || now() < issuedAtMs + RENEW_AT * (accessExpiresAtMs - issuedAtMs))
        return session.tokens;
      return renew(session).catch((error: unknown) => {
        if (error instanceof CardError && error.code === 'SIGN_IN_REQUIRED') throw error;
        if (now() < accessExpiresAtMs) return session.tokens;
        throw error;
      });
    },
  };
}
