/** Stops asking a bank that fails: refuses at once for a while, then lets one call find out whether it is well again. */
import { CircuitState, CountBreaker, circuitBreaker, handleWhen } from 'cockatiel';
import { readRetryAfter, UpstreamError, type UpstreamResponse } from '../upstream.ts';

export type BreakerState = 'closed' | 'open' | 'half-open';

export interface Breaker {
  readonly state: BreakerState;
  /** @throws {UpstreamError} `circuit-open` while nothing, or nothing more, may be asked. */
  admit(): void;
  /** Asks, and learns from what comes of it. @throws {UpstreamError} */
  run(call: () => Promise<UpstreamResponse>): Promise<UpstreamResponse>;
}

/** More than half of the last 20 calls: one customer's odd account cannot do that while others are served. */
const OPENS = { threshold: 0.5, size: 20, minimumNumberOfCalls: 10 };
const OPEN_MS = 5_000;
const FAULTS: readonly UpstreamError['kind'][] = ['unreachable', 'interrupted', 'timeout'];

const STATES: Record<CircuitState, BreakerState> = {
  [CircuitState.Closed]: 'closed',
  [CircuitState.HalfOpen]: 'half-open',
  [CircuitState.Open]: 'open',
  [CircuitState.Isolated]: 'open',
};

/**
 * Failures are what says that the bank is not well: no connection or a broken one, a deadline, 5xx. No failures are
 * 4xx (an answer), a body that is too large or makes no sense (one customer's data), and a client that left.
 * `monotonicMs`: a clock that nobody sets.
 */
export function createBreaker(
  onStateChange: (state: BreakerState) => void,
  monotonicMs: () => number,
): Breaker {
  let probeAtMs = 0;
  const policy = circuitBreaker(
    // A probe that nobody waited for has proved nothing; cockatiel would take it for a success.
    handleWhen(
      (error) =>
        error instanceof UpstreamError &&
        (FAULTS.includes(error.kind) ||
          (error.kind === 'cancelled' && policy.state === CircuitState.HalfOpen)),
    ).orWhenResult((response) => statusOf(response) >= 500),
    {
      breaker: new CountBreaker(OPENS),
      // Cockatiel goes by the wall clock, which may be set back; `admit` decides when it is time.
      halfOpenAfter: Number.NEGATIVE_INFINITY,
    },
  );
  policy.onBreak((failure) => {
    const response = 'value' in failure ? failure.value : undefined;
    probeAtMs = monotonicMs() + Math.max(OPEN_MS, retryAfterMs(response));
  });
  policy.onStateChange((state) => onStateChange(STATES[state]));

  function admit(): void {
    const remainingMs = probeAtMs - monotonicMs();
    const isOpen = policy.state === CircuitState.Open && remainingMs > 0;
    if (!isOpen && policy.state !== CircuitState.HalfOpen) return;
    throw new UpstreamError('circuit-open', undefined, Math.max(1, Math.ceil(remainingMs / 1_000)));
  }

  return {
    get state() {
      return STATES[policy.state];
    },
    admit,
    async run(call) {
      admit();
      return policy.execute(call);
    },
  };
}

function isResponse(value: unknown): value is UpstreamResponse {
  return typeof value === 'object' && value !== null && 'status' in value && 'headers' in value;
}

function statusOf(value: unknown): number {
  return isResponse(value) ? value.status : 0;
}

/** A bank that says when it will be back is believed. */
function retryAfterMs(value: unknown): number {
  return isResponse(value) ? (readRetryAfter(value.headers['retry-after']) ?? 0) * 1_000 : 0;
}
