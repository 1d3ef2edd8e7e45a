/** What follows when the bank no longer honours a session's tokens: nobody can use that session again. */
import { CardError } from '../errors.ts';
import type { Session, Sessions } from '../session/session.ts';

export function isRefused(error: unknown): boolean {
  return error instanceof CardError && error.code === 'SIGN_IN_REQUIRED';
}

/** Ends the session where the bank refused it, and throws the error on. */
export async function endIfRefused(error: unknown, session: Session, sessions: Sessions): Promise<never> {
  if (isRefused(error)) await sessions.end(session);
  throw error;
}
