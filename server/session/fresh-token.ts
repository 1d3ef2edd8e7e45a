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

/** What the bank does with refresh tokens. */
export interface RefreshTokens {
  /** @throws {CardError} `SIGN_IN_REQUIRED` when the bank no longer honours the refresh token. */
  refresh(institution: Institution, tokens: Tokens): Promise<Tokens>;
  /** RFC 7009, best effort; the refresh token where there is one. */
  revoke(institution: Institution, tokens: Tokens): Promise<void>;
}

const RENEW_AT = 0.8;

export function createFreshTokens(sessions: Sessions, bank: RefreshTokens, now: () => number): FreshTokens {
  const running = new Map<string, Promise<Tokens>>();

  async function run(session: Session): Promise<Tokens> {
    try {
      const current = await sessions.reread(session);
      if (current === undefined) throw ended();
      // Renewed since the caller read them: a refresh token that is used twice may cost the whole sign-in.
      if (current.tokens.issuedAtMs !== session.tokens.issuedAtMs) return current.tokens;
      const tokens = await refresh(session, current.tokens);
      if (await sessions.renew(current, tokens)) return tokens;
      revoke(session, tokens);
      throw ended();
    } finally {
      running.delete(session.id);
    }
  }

  /** The bank's refusal ends the session; a bank that is out of reach does not. */
  function refresh(session: Session, tokens: Tokens): Promise<Tokens> {
    return bank.refresh(session.institution, tokens).catch(async (error: unknown) => {
      if (!isRefused(error)) throw error;
      revoke(session, tokens);
      await sessions.end(session);
      throw error;
    });
  }

  function revoke({ institution }: Session, tokens: Tokens): void {
    if (tokens.refreshToken !== null) bank.revoke(institution, tokens).catch(() => undefined);
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
        if (isRefused(error) || now() >= accessExpiresAtMs) throw error;
        return session.tokens;
      });
    },
  };
}

function ended(): CardError {
  return new CardError('SIGN_IN_REQUIRED', { reason: 'session ended' });
}

function isRefused(error: unknown): boolean {
  return error instanceof CardError && error.code === 'SIGN_IN_REQUIRED';
}
