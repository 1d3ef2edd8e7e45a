/** Every outbound call goes through here: one pool per bank, with deadlines, size limits and no redirects. */
import { lookup as systemLookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { Pool } from 'undici';
import { CardError } from './errors.ts';

/**
 * A call that brought no usable answer. `unreachable`: no connection, or it broke before the answer began;
 * `interrupted`: it broke after that; `timeout`: the call's own deadline. The bank was not asked at all:
 * `circuit-open`, since it has failed too often; `shed`, since too many wait for it already.
 */
export class UpstreamError extends Error {
  override readonly name = 'UpstreamError';
  readonly kind:
    | 'timeout'
    | 'unreachable'
    | 'interrupted'
    | 'too-large'
    | 'cancelled'
    | 'circuit-open'
    | 'shed';
  readonly retryAfterSeconds: number | undefined;

  constructor(kind: UpstreamError['kind'], cause?: unknown, retryAfterSeconds?: number) {
    super(`upstream call failed: ${kind}`, { cause });
    this.kind = kind;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** The public code of a call that brought no usable answer. */
export function fromUpstream(error: UpstreamError): CardError {
  const codes = {
    timeout: 'BANK_TIMEOUT',
    unreachable: 'BANK_UNAVAILABLE',
    interrupted: 'BANK_UNAVAILABLE',
    'too-large': 'BANK_UNEXPECTED',
    cancelled: 'BANK_UNAVAILABLE',
    'circuit-open': 'BANK_UNAVAILABLE',
    shed: 'TEMPORARILY_UNAVAILABLE',
  } as const;
  const { kind, retryAfterSeconds } = error;
  return new CardError(codes[kind], { cause: error, reason: kind, retryAfterSeconds });
}

export interface UpstreamRequest {
  method: 'GET' | 'POST' | 'PUT';
  /** Path and query below the bank's origin. */
  path: string;
  headers: Record<string, string>;
  body?: string;
  /** For the whole exchange, connecting and reading included. */
  timeoutMs: number;
  maxBytes: number;
  /** Cancels the call, e.g. when the client has left. */
  signal?: AbortSignal | undefined;
}

export interface UpstreamResponse {
  status: number;
  /** Names in lower case; of repeated headers the first. */
  headers: Record<string, string>;
  body: string;
}

export interface Upstream {
  /** @throws {UpstreamError} */
  request(request: UpstreamRequest): Promise<UpstreamResponse>;
}

export interface UpstreamPool extends Upstream {
  /** Ends what is under way. */
  close(): Promise<void>;
}

/** Said here, so that no variable and no flag of the process can say otherwise. */
export const VERIFIED_TLS = { rejectUnauthorized: true, minVersion: 'TLSv1.2' } as const;
const CONNECT_TIMEOUT_MS = 1_000;
const CONNECTIONS = 64;
const USUAL_BYTES = 1_048_576;
const SPARE_BYTES = 32 * 1_048_576;

/** `origin`: scheme, host and port of the bank; nothing else can be reached through the answer. */
export function createUpstream(origin: string): UpstreamPool {
  const pool = new Pool(origin, {
    connections: CONNECTIONS,
    // The deadline of each request covers these two.
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: { ...VERIFIED_TLS, timeout: CONNECT_TIMEOUT_MS, lookup: lookupLoopbackNames },
  });
  const spare = { bytes: SPARE_BYTES };
  return { request: (request) => exchange(pool, spare, request), close: () => pool.destroy() };
}

async function exchange(pool: Pool, spare: Spare, request: UpstreamRequest): Promise<UpstreamResponse> {
  const deadline = AbortSignal.timeout(Math.max(0, Math.round(request.timeoutMs)));
  const signal = request.signal === undefined ? deadline : AbortSignal.any([deadline, request.signal]);
  let answered = false;
  try {
    const { method, path, body } = request;
    const headers = { 'accept-encoding': 'identity', ...request.headers };
    const response = await pool.request({ method, path, headers, body: body ?? null, signal });
    answered = true;
    const text = await readLimited(response.body, request.maxBytes, spare);
    return { status: response.statusCode, headers: firstOfEach(response.headers), body: text };
  } catch (error) {
    if (error instanceof UpstreamError) throw error;
    if (deadline.aborted) throw new UpstreamError('timeout', error);
    if (request.signal?.aborted) throw new UpstreamError('cancelled', error);
    throw new UpstreamError(answered ? 'interrupted' : 'unreachable', error);
  }
}

/** A bank is never left alone longer on its own word: nobody waits for an hour because of a typing mistake. */
const MAX_RETRY_AFTER_SECONDS = 60;

/** RFC 9110 section 10.2.3: seconds or a date. Answers whole seconds from 1 to 60, or undefined when there is nothing usable. */
export function readRetryAfter(header: string | undefined, nowMs = Date.now()): number | undefined {
  if (header === undefined) return undefined;
  const seconds = /^\d+$/.test(header) ? Number(header) : Math.ceil((readHttpDate(header) - nowMs) / 1_000);
  if (Number.isNaN(seconds)) return undefined;
  return Math.min(Math.max(seconds, 1), MAX_RETRY_AFTER_SECONDS);
}

/** RFC 9110 section 5.6.7, all three forms; all are UTC. `Date.parse` alone makes a date of "1.5". */
function readHttpDate(text: string): number {
  if (!/^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? /.test(text)) return Number.NaN;
  return Date.parse(text.endsWith(' GMT') ? text : `${text} GMT`);
}

/** What the bodies of one bank may take beyond what each may: a customer of very many accounts fits, 64 at once do not. */
interface Spare {
  bytes: number;
}

async function readLimited(body: AsyncIterable<Buffer>, maxBytes: number, spare: Spare): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  let taken = 0;
  try {
    for await (const chunk of body) {
      size += chunk.length;
      const more = Math.max(0, size - USUAL_BYTES) - taken;
      if (size > maxBytes || more > spare.bytes) throw new UpstreamError('too-large');
      spare.bytes -= more;
      taken += more;
      chunks.push(chunk);
    }
    return Buffer.concat(chunks).toString('utf8');
  } finally {
    spare.bytes += taken;
  }
}

function firstOfEach(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    const first = Array.isArray(value) ? value[0] : value;
    if (first !== undefined) flat[name] = first;
  }
  return flat;
}

/** RFC 6761 section 6.3: `*.localhost` is loopback, whatever the system's resolver says (it often does not know). */
export const lookupLoopbackNames: LookupFunction = (hostname, options, callback) => {
  if (!hostname.endsWith('.localhost')) return systemLookup(hostname, options, callback);
  const addresses = [
    { address: '127.0.0.1', family: 4 },
    { address: '::1', family: 6 },
  ];
  if (options.all === true) callback(null, addresses);
  else callback(null, '127.0.0.1', 4);
};
