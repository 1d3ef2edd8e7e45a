/** W3C Trace Context: takes up the caller's trace, says so in every log line, and passes it on to the bank. */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { FastifyInstance } from 'fastify';

interface Trace {
  /** 32 hexadecimal digits, the same from the first caller to the last callee. */
  traceId: string;
  /** Whether whoever began the trace records it: `01`, else `00`. */
  flags: string;
  /** What the systems before us say of it to those behind us; undefined for nothing. */
  state: string | undefined;
}

const traces = new AsyncLocalStorage<Trace>();

/** Before anything else that logs or asks. */
export function registerTraceContext(app: FastifyInstance): void {
  app.addHook('onRequest', (request, _reply, next) => {
    const { traceparent, tracestate } = request.headers;
    const trace = readTraceparent(traceparent);
    // Section 3.3: without a trace there is nothing that its state could be of.
    const state = trace && readTracestate(tracestate);
    traces.run({ ...(trace ?? { traceId: newId(), flags: '00' }), state }, next);
  });
}

/** For every log line that is written on behalf of a request. */
export function traceOfLogLine(): { traceId?: string } {
  const { traceId } = traces.getStore() ?? {};
  return traceId === undefined ? {} : { traceId };
}

/** The headers of one call to somebody else, as a span of its own; none outside a request. */
export function traceHeaders(): Record<string, string> {
  const trace = traces.getStore();
  if (trace === undefined) return {};
  const { traceId, flags, state } = trace;
  const traceparent = `00-${traceId}-${newId().slice(16)}-${flags}`;
  return state === undefined ? { traceparent } : { traceparent, tracestate: state };
}

/** Section 3.2.2: four fields; a version after ours may have more, 255 is none, and an id of zeros is no id. */
function readTraceparent(header: unknown): Omit<Trace, 'state'> | undefined {
  if (typeof header !== 'string') return undefined;
  const [, version = 'ff', traceId = '', parentId = '', flags = '', more = ''] =
    /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-[\x21-\x7e]{0,200})?$/.exec(header) ?? [];
  const isKnown = version !== 'ff' && (version !== '00' || more === '');
  if (!isKnown || isZero(traceId) || isZero(parentId)) return undefined;
  return { traceId, flags: Number.parseInt(flags, 16) % 2 === 1 ? '01' : '00' };
}

/** Section 3.3.1.3: what at least is handed on, and more is not. */
const STATE = { members: 32, length: 512 };
const MEMBER =
  /^[a-z0-9][a-z0-9_*/@-]{0,255}=[\x20-\x2b\x2d-\x3c\x3e-\x7e]{0,255}[\x21-\x2b\x2d-\x3c\x3e-\x7e]$/;

/** Whole or not at all: one member that is none makes the others nobody's. */
function readTracestate(header: unknown): string | undefined {
  if (typeof header !== 'string' || header.length > STATE.length) return undefined;
  const members = header.split(',').map((member) => member.replace(/^[ \t]+|[ \t]+$/g, ''));
  const filled = members.filter((member) => member !== '');
  const isRight = filled.length <= STATE.members && filled.every((member) => MEMBER.test(member));
  return isRight && filled.length > 0 ? filled.join(',') : undefined;
}

function isZero(id: string): boolean {
  return /^0*$/.test(id);
}

/** 32 hexadecimal digits, 16 of which are an id as well: of a UUID all are random but six bits (RFC 9562 section 5.4). */
function newId(): string {
  return crypto.randomUUID().replaceAll('-', '');
}
