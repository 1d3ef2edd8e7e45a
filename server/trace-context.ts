/** W3C Trace Context: takes up the caller's trace, says so in every log line, and passes it on to the bank. */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { FastifyInstance } from 'fastify';

interface Trace {
  /** 32 hexadecimal digits, the same from the first caller to the last callee. */
  traceId: string;
  /** Whether whoever began the trace records it: `01`, else `00`. */
  flags: string;
}

const traces = new AsyncLocalStorage<Trace>();

/** Before anything else that logs or asks. */
export function registerTraceContext(app: FastifyInstance): void {
  app.addHook('onRequest', (request, _reply, next) => {
    const { traceparent } = request.headers;
    traces.run(readTraceparent(traceparent) ?? { traceId: newId(), flags: '00' }, next);
  });
}

/** For every log line that is written on behalf of a request. */
export function traceOfLogLine(): { traceId?: string } {
  const { traceId } = traces.getStore() ?? {};
  return traceId === undefined ? {} : { traceId };
}

/** The header of one call to somebody else, as a span of its own; none outside a request. */
export function traceHeaders(): Record<string, string> {
  const trace = traces.getStore();
  return trace === undefined
    ? {}
    : { traceparent: `00-${trace.traceId}-${newId().slice(16)}-${trace.flags}` };
}

/** Section 3.2.2: four fields; a version after ours may have more, 255 is none, and an id of zeros is no id. */
function readTraceparent(header: unknown): Trace | undefined {
  if (typeof header !== 'string') return undefined;
  const [, version = 'ff', traceId = '', parentId = '', flags = '', more = ''] =
    /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-[\x21-\x7e]{0,200})?$/.exec(header) ?? [];
  const isKnown = version !== 'ff' && (version !== '00' || more === '');
  if (!isKnown || isZero(traceId) || isZero(parentId)) return undefined;
  return { traceId, flags: Number.parseInt(flags, 16) % 2 === 1 ? '01' : '00' };
}

function isZero(id: string): boolean {
  return /^0*$/.test(id);
}

/** 32 hexadecimal digits, 16 of which are an id as well: of a UUID all are random but six bits (RFC 9562 section 5.4). */
function newId(): string {
  return crypto.randomUUID().replaceAll('-', '');
}
