/** Tokens that still live: renewed at 80 % of their life, one renewal at a time for each session, at all instances together. */
import { setTimeout as delay } from 'node:timers/promises';
import { CardError } from '../errors.ts';
import type { Institution } from '../institution.ts';
import type { Leases } from './lease.ts';
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
/** A little longer than a lease lives. */
const WAIT_MS = 6_000;
const POLL_MS = { first: 40, longest: 250 };

export function createFreshTokens(
  sessions: Sessions,
  leases: Leases,
  bank: RefreshTokens,
  now: () => number,
): FreshTokens {
  const running = new Map<string, Promise<Tokens>>();

  /** By whoever has the lease; everybody else waits until that is done, and clears nothing. */
  async function run(session: Session): Promise<Tokens> {
    const waitUntilMs = performance.now() + WAIT_MS;
    for (let pollMs = POLL_MS.first; ; pollMs = Math.min(pollMs * 1.5, POLL_MS.longest)) {
      const lease = await leases.take(session.id);
      try {
        // Read after the lease, not before: a refresh token that is used twice may cost the whole sign-in.
        const current = await sessions.reread(session);
        if (current === undefined) throw ended();
        if (current.tokens.issuedAtMs !== session.tokens.issuedAtMs) return current.tokens;
        if (lease?.isHeld()) return await renewed(current);
      } finally {
        lease?.release();
      }
      if (performance.now() > waitUntilMs) throw busy();
      await delay(pollMs);
    }
  }

  async function renewed(current: Session): Promise<Tokens> {
    const tokens = await bank.refresh(current.institution, current.tokens).catch(async (error: unknown) => {
      // Whoever stood still for longer than the lease finds that somebody else has renewed.
      const other = await sessions.reread(current);
      if (other !== undefined && other.version !== current.version) return other.tokens;
      if (!isRefused(error)) throw error;
      revoke(current, current.tokens);
      await sessions.end(current);
      throw error;
    });
    const isKept = await sessions.renew(current, tokens).catch((error: unknown) => {
      revoke(current, tokens);
      throw error;
    });
    if (isKept) return tokens;
    const other = await sessions.reread(current);
    if (other !== undefined) return other.tokens;
    revoke(current, tokens);
    throw ended();
  }

  function revoke({ institution }: Session, tokens: Tokens): void {
    if (tokens.refreshToken !== null) bank.revoke(institution, tokens).catch(() => undefined);
  }

  function renew(session: Session): Promise<Tokens> {
    const promise = running.get(session.id) ?? run(session).finally(() => running.delete(session.id));
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

/** Whoever had the lease neither finished nor gave up. */
function busy(): CardError {
  return new CardError('TEMPORARILY_UNAVAILABLE', { reason: 'renewal elsewhere', retryAfterSeconds: 1 });
}

function isRefused(error: unknown): boolean {
  return error instanceof CardError && error.code === 'SIGN_IN_REQUIRED';
}
