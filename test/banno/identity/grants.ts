/** Decides what a client gets of what it asks: the four gates of Banno's Permissions Flow. */
import type { Grant, KoaContextWithOIDC } from 'oidc-provider';
import type { BankState } from '../bank-state.ts';
import { SCOPES } from './scopes.ts';

/** Scopes beyond the gates are left out of the grant, without an error: the client has to cope. */
export async function grantFor(bank: BankState, ctx: KoaContextWithOIDC): Promise<Grant | undefined> {
  const { account, client, provider, requestParamScopes, requestParamClaims } = ctx.oidc;
  if (account === undefined || client === undefined) return undefined;
  const grant = new provider.Grant({ accountId: account.accountId, clientId: client.clientId });
  const isGranted = gate(bank, client.clientId);
  const known = [...requestParamScopes].filter((scope) => SCOPES.includes(scope));
  const granted = known.filter(isGranted);
  const withheld = known.filter((scope) => !isGranted(scope));
  grant.addOIDCScope(granted.join(' '));
  grant.addResourceScope(bank.audience, granted.join(' '));
  // Said explicitly, or the server would go and ask the customer about them.
  if (withheld.length > 0) {
    grant.rejectOIDCScope(withheld.join(' '));
    grant.rejectResourceScope(bank.audience, withheld.join(' '));
  }
  grant.addOIDCClaims([...requestParamClaims]);
  await grant.save();
  return grant;
}

function gate(bank: BankState, clientId: string): (scope: string) => boolean {
  const allowed = bank.clients.find(clientId)?.allowedScopes;
  return (scope) =>
    !bank.switches.withheldScopes.includes(scope) && (allowed === undefined || allowed.includes(scope));
}
