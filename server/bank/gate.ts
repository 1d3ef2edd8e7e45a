/** The one way to a bank: how many calls may be under way and wait, and which are not worth making now. */
import { type BulkheadPolicy, bulkhead, isBulkheadRejectedError } from 'cockatiel';
import { traceHeaders } from '../trace-context.ts';
import { type Upstream, UpstreamError, type UpstreamRequest, type UpstreamResponse } from '../upstream.ts';
import { type Breaker, type BreakerState, createBreaker } from './circuit-breaker.ts';
import { createRetryBudget, type RetryBudget } from './retry-budget.ts';

export interface BankGate {
  /**
   * The way for calls of one kind, whose deadline covers their waiting, too. Each has a circuit breaker of its own:
   * what fails (the history, the theme) takes nothing else down with it. `held`: the bank holds them on purpose.
   */
  lane(name: string, kind?: 'short' | 'held'): Upstream;
  retryBudget: RetryBudget;
  /** The worst of its lanes. */
  readonly state: BreakerState;
  /** By the lane's name. */
  readonly states: ReadonlyMap<string, BreakerState>;
  readonly inFlight: number;
  readonly queued: number;
  /** Calls refused since the start because too many waited already. */
  readonly shed: number;
}

export interface BankGateOptions {
  onStateChange?: (lane: string, state: BreakerState) => void;
  /** After every call that was let through; `outcome` is its status, or what kept it from having one. */
  onCall?: (lane: string, outcome: number | UpstreamError['kind'], durationMs: number) => void;
  monotonicMs?: () => number;
}

const MOST_IN_FLIGHT = 64;
const MOST_QUEUED = 128;
/** Held calls last for seconds: they leave the other half of the places to those that do not. */
const MOST_HELD = 32;
const SHED_RETRY_AFTER_SECONDS = 5;

export function createBankGate(upstream: Upstream, options: BankGateOptions = {}): BankGate {
  const {
    onStateChange = () => undefined,
    onCall = () => undefined,
    monotonicMs = () => performance.now(),
  } = options;
  let shed = 0;
  const createPlaces = (inFlight: number, queued: number) => {
    const places = bulkhead(inFlight, queued);
    places.onReject(() => (shed += 1));
    return places;
  };
  const places = createPlaces(MOST_IN_FLIGHT, MOST_QUEUED);
  let heldPlaces: BulkheadPolicy | undefined;
  // Most banks are never asked to hold a call, and there may be hundreds.
  const held = () => (heldPlaces ??= createPlaces(MOST_HELD, 0));
  const breakers = new Map<string, Breaker>();

  function breakerOf(name: string): Breaker {
    const breaker = breakers.get(name) ?? createBreaker((state) => onStateChange(name, state), monotonicMs);
    breakers.set(name, breaker);
    return breaker;
  }

  async function request(name: string, wanted: UpstreamRequest): Promise<UpstreamResponse> {
    const breaker = breakerOf(name);
    breaker.admit();
    const startedAtMs = performance.now();
    const passedMs = () => performance.now() - startedAtMs;
    const headers = { ...wanted.headers, ...traceHeaders() };
    const ask = () => upstream.request({ ...wanted, headers, timeoutMs: wanted.timeoutMs - passedMs() });
    try {
      const response = await waitIn(places, () => breaker.run(ask), wanted);
      onCall(name, response.status, passedMs());
      return response;
    } catch (error) {
      if (error instanceof UpstreamError) onCall(name, error.kind, passedMs());
      throw error;
    }
  }

  const states = () => new Map([...breakers].map(([name, { state }]) => [name, state]));
  return {
    lane: (name, kind = 'short') => ({
      request: (wanted) =>
        kind === 'held' ? waitIn(held(), () => request(name, wanted), wanted) : request(name, wanted),
    }),
    retryBudget: createRetryBudget(),
    get state() {
      const all = [...states().values()];
      return all.find((state) => state === 'open') ?? all.find((state) => state === 'half-open') ?? 'closed';
    },
    get states() {
      return states();
    },
    get inFlight() {
      return MOST_IN_FLIGHT - places.executionSlots;
    },
    get queued() {
      return MOST_QUEUED - places.queueSlots;
    },
    get shed() {
      return shed;
    },
  };
}

/** Waits for a place and for the answer, no longer than the deadline and the client: cockatiel's queue knows neither. */
async function waitIn(
  places: BulkheadPolicy,
  work: () => Promise<UpstreamResponse>,
  { timeoutMs, signal: client }: UpstreamRequest,
): Promise<UpstreamResponse> {
  // Without a queue there is nothing to leave: the call itself keeps to its deadline and its client.
  if (places.executionSlots > 0) return places.execute(work);
  const ended = new AbortController();
  const given = Promise.withResolvers<never>();
  const end = (kind: 'timeout' | 'cancelled') => {
    ended.abort();
    given.reject(new UpstreamError(kind));
  };
  const leave = () => end('cancelled');
  const timer = setTimeout(() => end('timeout'), Math.max(0, timeoutMs));
  if (client?.aborted) leave();
  client?.addEventListener('abort', leave, { once: true });
  try {
    return await Promise.race([places.execute(work, ended.signal), given.promise]);
  } catch (error) {
    if (isBulkheadRejectedError(error)) throw new UpstreamError('shed', error, SHED_RETRY_AFTER_SECONDS);
    throw error;
  } finally {
    clearTimeout(timer);
    client?.removeEventListener('abort', leave);
  }
}
