/** What sign-in, accounts and pages ask of an institution's bank, each by what is held of that bank alone. */
import { readAccountSummary } from './accounts/account-summary.ts';
import type { ConsumerApi } from './accounts/consumer-api.ts';
import type { Banks } from './banks.ts';
import type { Themes } from './card-page/themes.ts';
import type { AccountSummary, View } from './contract.ts';
import type { Institution } from './institution.ts';
import type { RefreshTokens } from './session/fresh-token.ts';
import type { Tokens } from './session/session.ts';
import type { IdentityProvider } from './sign-in/identity-provider.ts';

export interface AskBanks {
  identityProvider(institution: Institution, view: View): IdentityProvider;
  api(institution: Institution): ConsumerApi;
  /** @throws {CardError} */
  readSummary(institution: Institution, tokens: Tokens, signal: AbortSignal): Promise<AccountSummary>;
  refreshTokens: RefreshTokens;
  themes: Themes;
}

export function createAskBanks(banks: Banks): AskBanks {
  const identityProvider = (institution: Institution, view: View) =>
    banks.of(institution).identityProviders[view];
  /** The bank takes tokens back from the client alone that it gave them to. */
  const providerOf = (institution: Institution, { clientId }: Tokens) =>
    identityProvider(institution, clientId === institution.expanded?.clientId ? 'expanded' : 'face');
  const api = (institution: Institution) => banks.of(institution).consumerApi;
  return {
    identityProvider,
    api,
    readSummary: (institution, tokens, signal) =>
      readAccountSummary(api(institution), institution, { ...tokens, signal }),
    refreshTokens: {
      refresh: (institution, tokens) => providerOf(institution, tokens).refresh(tokens),
      revoke: (institution, tokens) =>
        providerOf(institution, tokens).revoke(tokens.refreshToken ?? tokens.accessToken),
    },
    themes: {
      css: (institution) => banks.of(institution).themes.css(institution),
      learn: (institution, bankInstitutionId) =>
        banks.of(institution).themes.learn(institution, bankInstitutionId),
    },
  };
}
