/** Every way a request can fail, once: its stable code, its HTTP status and the sentence the public may read. */
import type { Problem, ProblemCode } from './contract.ts';

const FAILURES: Record<ProblemCode, { status: number; title: string }> = {
  SIGN_IN_REQUIRED: { status: 401, title: 'Sign-in is required.' },
  SIGN_IN_FAILED: { status: 400, title: 'Sign-in could not be completed.' },
  SIGN_IN_UNBOUND: { status: 400, title: 'Nothing ties this sign-in to the browser.' },
  NOT_PERMITTED: { status: 403, title: 'The institution does not permit this.' },
  FORBIDDEN: { status: 403, title: 'This request is not allowed.' },
  NOT_FOUND: { status: 404, title: 'Not found.' },
  METHOD_NOT_ALLOWED: { status: 405, title: 'This method is not allowed here.' },
  TOO_MANY_REQUESTS: { status: 429, title: 'Too many requests.' },
  BANK_UNAVAILABLE: { status: 502, title: 'The bank could not be reached.' },
  BANK_UNEXPECTED: { status: 502, title: 'The bank gave an unexpected answer.' },
  BANK_TIMEOUT: { status: 504, title: 'The bank took too long to answer.' },
  TEMPORARILY_UNAVAILABLE: { status: 503, title: 'Temporarily unavailable.' },
  BAD_REQUEST: { status: 400, title: 'The request is not valid.' },
  INTERNAL: { status: 500, title: 'Something went wrong.' },
};

/** Whose eye the log line must catch: theirs who watch for attacks, or the operator's, who alone can mend it. */
export type Alert = 'security' | 'operator';

/** After what the framework itself could not answer in time. */
const RETRY_AFTER_SECONDS = 10;

interface CardErrorOptions {
  cause?: unknown;
  /** For the log only: says what happened, never holds a secret or personal data. */
  reason?: string;
  retryAfterSeconds?: number | undefined;
  /** Overrides the status, e.g. 415 or 421 under the code `BAD_REQUEST`. */
  status?: number;
  alert?: Alert | undefined;
}

/** A failure with a public face (`code`) and a private one (`reason`, `cause`). */
export class CardError extends Error {
  override readonly name = 'CardError';
  readonly code: ProblemCode;
  readonly statusCode: number;
  readonly reason: string | undefined;
  readonly retryAfterSeconds: number | undefined;
  readonly alert: Alert | undefined;

  constructor(code: ProblemCode, options: CardErrorOptions = {}) {
    super(FAILURES[code].title, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.statusCode = options.status ?? FAILURES[code].status;
    this.reason = options.reason;
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.alert = options.alert;
  }
}

/** RFC 9457 problem details of a failure; `requestId` is what support asks for. */
export function problemOf(error: CardError, requestId: string): Problem {
  return {
    type: 'about:blank',
    title: error.message,
    status: error.statusCode,
    code: error.code,
    requestId,
    ...(error.retryAfterSeconds === undefined ? {} : { retryAfterSeconds: error.retryAfterSeconds }),
  };
}

/** Headers that go with a failure, whatever form its body has. */
export function headersOf({ statusCode, retryAfterSeconds }: CardError): Record<string, string> {
  return {
    ...(retryAfterSeconds === undefined ? {} : { 'retry-after': `${retryAfterSeconds}` }),
    // RFC 9110 section 15.5.2; no browser asks anybody for a Bearer token.
    ...(statusCode === 401 ? { 'www-authenticate': 'Bearer' } : {}),
  };
}

/** Turns anything thrown into a failure with a code; what is not known becomes `INTERNAL` and says nothing. */
export function toCardError(thrown: unknown): CardError {
  if (thrown instanceof CardError) return thrown;
  const status = thrown instanceof Error && 'statusCode' in thrown ? Number(thrown.statusCode) : 500;
  if (status === 503)
    return new CardError('TEMPORARILY_UNAVAILABLE', {
      cause: thrown,
      retryAfterSeconds: RETRY_AFTER_SECONDS,
    });
  if (status === 429) return new CardError('TOO_MANY_REQUESTS', { cause: thrown });
  if (status >= 400 && status < 500) return new CardError('BAD_REQUEST', { cause: thrown, status });
  return new CardError('INTERNAL', { cause: thrown });
}
