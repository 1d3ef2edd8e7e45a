/** One attempt to sign in, from the entry to the callback; it travels sealed in `state`, nothing is stored. */
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import type { Institution } from '../institution.ts';
import type { Vault } from '../vault.ts';

const Attempt = Type.Object({
  view: Type.Enum(['face', 'expanded']),
  /** Whom the customer was sent to, and as which client: a code is redeemed nowhere else, and as nobody else. */
  issuer: Type.String(),
  clientId: Type.String(),
  /** OIDC nonce; also the attempt's identity for its single use. */
  nonce: Type.String(),
  codeVerifier: Type.String(),
  startedAtMs: Type.Integer(),
  /** SHA-256 of the binding cookie, base64url. */
  bindingHash: Type.String(),
  /** Whether the browser had sent the binding cookie when the attempt began. */
  sawCookie: Type.Boolean(),
  /** Automatic restarts so far. */
  restarts: Type.Integer(),
  /** The card itself started this, not the host: a bank cookie that is `SameSite=Lax` did not travel. */
  startedByCard: Type.Boolean(),
});
export type Attempt = Static<typeof Attempt>;

const Again = Type.Object({ restarts: Type.Integer(), atMs: Type.Integer() });

export const ATTEMPT_LIFE_MS = 600_000;
export const UNBOUND_LIFE_MS = 60_000;
export const CLOCK_AHEAD_MS = 60_000;
/** Restarts that follow each other by themselves are seconds apart; a session that ends later ends under somebody's eyes. */
const AGAIN_LIFE_MS = 120_000;

export function sealAttempt(vault: Vault, institution: Institution, attempt: Attempt): string {
  return vault.seal({ purpose: 'attempt', institutionId: institution.id }, JSON.stringify(attempt));
}

/** Answers undefined for a state that was not sealed here for this institution. */
export function openAttempt(vault: Vault, institution: Institution, state: string): Attempt | undefined {
  return openJson(Attempt, vault.open({ purpose: 'attempt', institutionId: institution.id }, state));
}

/** An instance's clock may run up to 60 s ahead of ours. */
export function isExpired(attempt: Attempt, nowMs: number): boolean {
  return attempt.startedAtMs > nowMs + CLOCK_AHEAD_MS || nowMs - attempt.startedAtMs > ATTEMPT_LIFE_MS;
}

/** Seals how often the card has restarted itself by now, for the `again` URL. */
export function sealAgain(vault: Vault, institution: Institution, restarts: number, nowMs: number): string {
  return vault.seal(
    { purpose: 'again', institutionId: institution.id },
    JSON.stringify({ restarts, atMs: nowMs }),
  );
}

/** An invalid or old `again` counts as absent: 0 restarts. */
export function openAgain(
  vault: Vault,
  institution: Institution,
  again: string | null,
  nowMs: number,
): number {
  if (again === null) return 0;
  const opened = openJson(Again, vault.open({ purpose: 'again', institutionId: institution.id }, again));
  return opened === undefined || nowMs - opened.atMs > AGAIN_LIFE_MS ? 0 : opened.restarts;
}

function openJson<T extends typeof Attempt | typeof Again>(
  schema: T,
  json: string | undefined,
): Static<T> | undefined {
  if (json === undefined) return undefined;
  const value: unknown = JSON.parse(json);
  return Value.Check(schema, value) ? value : undefined;
}
