/** Counts every answer by institution and outcome. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Metrics } from '../metrics.ts';
import { failureOf } from './request-log.ts';

export function registerRequestMetrics(app: FastifyInstance, metrics: Metrics): void {
  app.addHook('onResponse', (request, reply, done) => {
    metrics.served({
      institution: request.institutionOrNone?.id ?? 'none',
      route: routeOf(request),
      outcome: failureOf(request) ?? 'OK',
      durationMs: reply.elapsedTime,
    });
    done();
  });
}

/** Each asset has a route of its own, by a name that is another one after the next build. */
function routeOf({ routeOptions: { url = 'none' } }: FastifyRequest): string {
  return url.startsWith('/assets/') ? '/assets/*' : url;
}
