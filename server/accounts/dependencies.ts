/** What the accounts room is handed. */
import type { RateLimitOptions } from '@fastify/rate-limit';
import type { AccountSummary } from '../contract.ts';
import type { Institution } from '../institution.ts';
import type { FreshTokens } from '../session/fresh-token.ts';
import type { Sessions, Tokens } from '../session/session.ts';
import type { ConsumerApi } from './consumer-api.ts';

export interface AccountsDependencies {
  sessions: Sessions;
  freshTokens: FreshTokens;
  /** @throws {CardError} */
  readSummary(institution: Institution, tokens: Tokens, signal: AbortSignal): Promise<AccountSummary>;
  /** RFC 7009, best effort; the refresh token where there is one. */
  revoke(institution: Institution, tokens: Tokens): Promise<void>;
  api(institution: Institution): ConsumerApi;
  rateLimit: RateLimitOptions;
  refreshLimit: RateLimitOptions;
  /** Milliseconds since the epoch. */
  now: () => number;
}
