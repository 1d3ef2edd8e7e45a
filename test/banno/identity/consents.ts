/** Remembers what customers agreed to, for as long as their bank session lasts. */
import type { KoaContextWithOIDC } from 'oidc-provider';
import type { BankState } from '../bank-state.ts';

export class Consents {
  readonly #given = new Set<string>();
  readonly #bank: BankState;

  constructor(bank: BankState) {
    this.#bank = bank;
  }

  /** With "User consent required" cleared nobody is asked, not even for `prompt=consent`. */
  mustAsk(ctx: KoaContextWithOIDC): boolean {
    const { client, result, prompts } = ctx.oidc;
    const ofClient = this.#bank.clients.find(client?.clientId)?.consentRequired === true;
    if (!ofClient && !this.#bank.switches.consentRequired) return false;
    if (result?.consent !== undefined) {
      this.#given.add(keyOf(ctx));
      return false;
    }
    return prompts.has('consent') || !this.#given.has(keyOf(ctx));
  }

  forget(): void {
    this.#given.clear();
  }
}

function keyOf(ctx: KoaContextWithOIDC): string {
  const { session, client, requestParamScopes } = ctx.oidc;
  return [session?.uid, session?.accountId, client?.clientId, ...[...requestParamScopes].sort()].join(' ');
}
