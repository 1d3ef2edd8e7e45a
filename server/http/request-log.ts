/** One log line for every answer, from an allow-list: never a query, a body, a token, a name or an amount. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Alert, CardError } from '../errors.ts';

interface Outcome {
  code: string;
  reason: string | undefined;
  alert: Alert | undefined;
}

const outcomes = new WeakMap<FastifyRequest, Outcome>();

/** Remembers why a request failed, for its log line; the page or body says less. */
export function noteFailure(request: FastifyRequest, error: CardError): void {
  const { code, reason, alert } = error;
  outcomes.set(request, { code, reason, alert });
  if (error.code === 'INTERNAL') request.log.error({ error: describeCause(error.cause) }, 'unexpected error');
}

/** The code under which a request failed; undefined for one that did not. */
export function failureOf(request: FastifyRequest): string | undefined {
  return outcomes.get(request)?.code;
}

export function registerRequestLog(app: FastifyInstance): void {
  app.addHook('onResponse', (request, reply, done) => {
    const outcome = outcomes.get(request);
    request.log[levelOf(outcome?.alert)](
      {
        institution: request.institutionOrNone?.id,
        method: request.method,
        route: request.routeOptions.url,
        status: reply.statusCode,
        durationMs: Math.round(reply.elapsedTime),
        ...outcome,
      },
      'request',
    );
    done();
  });
}

function levelOf(alert: Alert | undefined): 'info' | 'warn' | 'error' {
  if (alert === 'operator') return 'error';
  return alert === 'security' ? 'warn' : 'info';
}

/** Name and stack without the message: a message may quote what it choked on. */
export function describeCause(cause: unknown): unknown {
  if (!(cause instanceof Error)) return typeof cause;
  return { name: cause.name, stack: cause.stack?.split('\n').filter((line) => line.startsWith('    at ')) };
}
