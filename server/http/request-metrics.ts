/** Counts every answer by institution and outcome. */
import type { FastifyInstance } from 'fastify';
import type { Metrics } from '../metrics.ts';
import { failureOf } from './request-log.ts';

export function registerRequestMetrics(app: FastifyInstance, metrics: Metrics): void {
  app.addHook('onResponse', (request, reply, done) => {
    metrics.served({
      institution: request.institutionOrNone?.id ?? 'none',
      route: request.routeOptions.url ?? 'none',
      outcome: failureOf(request) ?? 'OK',
      durationMs: reply.elapsedTime,
    });
    done();
  });
}
