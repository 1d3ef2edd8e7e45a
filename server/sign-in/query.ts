/** The query as it was sent; a path may have been rewritten on its way to a route. */
import type { FastifyRequest } from 'fastify';

export function queryOf({ originalUrl }: FastifyRequest): URLSearchParams {
  const start = originalUrl.indexOf('?');
  return new URLSearchParams(start === -1 ? '' : originalUrl.slice(start + 1));
}
