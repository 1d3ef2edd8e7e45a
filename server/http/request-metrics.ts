/** Counts every answer by institution and outcome. */
import type { FastifyInstance } from 'fastify';
import type { Metrics } from '../metrics.ts';
import { failureOf } from './request-log.ts';

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
