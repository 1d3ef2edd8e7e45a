/** Every outbound call goes through here: one pool per bank, with deadlines, size limits and no redirects. */
import { lookup as systemLookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { type Dispatcher, Pool } from 'undici';
import { createSpare, receiveBody, type Spare } from './bank/received-body.ts';
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

/** How a connection is made: verified, and within so many milliseconds. */
export function connecting(timeout: number) {
  return {
    ...VERIFIED_TLS,
    timeout,
    // Of several addresses Node gives each 250 ms: less than a busy moment of ours, or a lost packet, takes.
    autoSelectFamilyAttemptTimeout: Math.ceil(timeout / 2),
    lookup: lookupLoopbackNames,
  };
}

const CONNECT_TIMEOUT_MS = 1_000;
const CONNECTIONS = 64;

/** `origin`: scheme, host and port of the bank; nothing else can be reached through the answer. */
export function createUpstream(origin: string): UpstreamPool {
  const pool = new Pool(origin, {
    connections: CONNECTIONS,
    // The deadline of each request covers these two.
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: connecting(CONNECT_TIMEOUT_MS),
  });
  const spare = createSpare();
  return { request: (request) => exchange(pool, spare, request), close: () => pool.destroy() };
}

/** By handlers rather than as a stream: each call would cost a stream, three signals and a timer that outlives it. */
function exchange(pool: Pool, spare: Spare, wanted: UpstreamRequest): Promise<UpstreamResponse> {
  const { method, path, body = null, signal } = wanted;
  const { promise, resolve, reject } = Promise.withResolvers<UpstreamResponse>();
  const received = receiveBody(wanted.maxBytes, spare);
  let controller: Dispatcher.DispatchController | undefined;
  let failure: UpstreamError | undefined;
  let answer: Omit<UpstreamResponse, 'body'> | undefined;
  const settle = () => {
    clearTimeout(deadline);
    signal?.removeEventListener('abort', leave);
    received.giveBack();
  };
  const fail = (error: UpstreamError) => {
    if (failure !== undefined) return;
    failure = error;
    settle();
    reject(error);
    controller?.abort(error);
  };
  const leave = () => fail(new UpstreamError('cancelled'));
  const deadline = setTimeout(
    () => fail(new UpstreamError('timeout')),
    Math.max(0, Math.round(wanted.timeoutMs)),
  );
  signal?.addEventListener('abort', leave, { once: true });
  if (signal?.aborted) leave();
  else {
    const headers = { 'accept-encoding': 'identity', ...wanted.headers };
    pool.dispatch(
      { method, path, headers, body },
      {
        onRequestStart(given) {
          controller = given;
          // Nobody waited until it was its turn.
          if (failure !== undefined) given.abort(failure);
        },
        onResponseStart(_controller, status, named) {
          // RFC 9110 section 15.2: the answer itself is still to come.
          if (status >= 200) answer = { status, headers: firstOfEach(named) };
        },
        onResponseData(_controller, chunk) {
          if (!received.take(chunk)) fail(new UpstreamError('too-large'));
        },
        onResponseEnd() {
          if (failure !== undefined || answer === undefined) return;
          settle();
          resolve({ ...answer, body: received.text() });
        },
        onResponseError: (_controller, error) =>
          fail(new UpstreamError(answer === undefined ? 'unreachable' : 'interrupted', error)),
      },
    );
  }
  return promise;
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
