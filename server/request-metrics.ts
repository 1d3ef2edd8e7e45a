/** Counts every answer, and every renewal of tokens, by institution and outcome. */
import type { FastifyInstance } from 'fastify';
import { CardError } from './errors.ts';
import type { Metrics } from './metrics.ts';
import { failureOf } from './request-log.ts';
import type { RefreshTokens } from './session/fresh-token.ts';

export function registerRequestMetrics(app: FastifyInstance, metrics: Metrics): void {
  app.addHook('onResponse', async (request, reply) => {
    metrics.served({
      institution: request.institutionOrNone?.id ?? 'none',
      route: request.routeOptions.url ?? 'none',
      outcome: failureOf(request) ?? 'OK',
      durationMs: reply.elapsedTime,
    });
  });
}

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
