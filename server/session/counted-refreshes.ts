/** Counts every renewal of tokens by what came of it. */
import { CardError } from '../errors.ts';
import type { Metrics } from '../metrics.ts';
import type { RefreshTokens } from './fresh-token.ts';

/** `refused` ends a session; `failed` leaves it as it was. */
export function countRefreshes(bank: RefreshTokens, metrics: Metrics): RefreshTokens {
  return {
    ...bank,
    async refresh(institution, tokens) {
      try {
        const renewed = await bank.refresh(institution, tokens);
        metrics.refreshed(institution.id, 'renewed');
        return renewed;
      } catch (error) {
        const isRefused = error instanceof CardError && error.code === 'SIGN_IN_REQUIRED';
        metrics.refreshed(institution.id, isRefused ? 'refused' : 'failed');
        throw error;
      }
    },
  };
}
