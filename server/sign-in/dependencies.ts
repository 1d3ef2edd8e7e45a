/** What the sign-in room is handed. */
import type { RateLimitOptions } from '@fastify/rate-limit';
import type { CardPage } from '../card-page/card-page.ts';
import type { Themes } from '../card-page/themes.ts';
import type { AccountSummary, View } from '../contract.ts';
import type { Directory } from '../directory.ts';
import type { Institution } from '../institution.ts';
import type { Sessions, Tokens } from '../session/session.ts';
import type { SessionStore } from '../session/store.ts';
import type { Vault } from '../vault.ts';
import type { IdentityProvider } from './identity-provider.ts';

export interface SignInDependencies {
  directory: Directory;
  vault: Vault;
  store: SessionStore;
  sessions: Sessions;
  page: CardPage;
  themes: Pick<Themes, 'learn'>;
  /** With the client that signs customers in for this view. */
  identityProvider(institution: Institution, view: View): IdentityProvider;
  /** @throws {CardError} */
  readSummary(institution: Institution, tokens: Tokens, signal: AbortSignal): Promise<AccountSummary>;
  rateLimit: RateLimitOptions;
  /** Milliseconds since the epoch. */
  now: () => number;
}
