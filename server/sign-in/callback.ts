/**
 * The checks of a callback that need no bank, in their order: state, age, binding, single use, the query's form,
 * `iss`, `error`. A mismatch does not use the attempt up: the right browser may still come. All that fails after it
 * does: whoever had a part in such a callback gets no second one.
 */
import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { type Alert, CardError } from '../errors.ts';
import { clientOf, type Institution, isBankSite } from '../institution.ts';
import { hashBinding, readBindingCookie } from '../session/binding-cookie.ts';
import type { SessionStore } from '../session/store.ts';
import type { Vault } from '../vault.ts';
import {
  ATTEMPT_LIFE_MS,
  type Attempt,
  CLOCK_AHEAD_MS,
  isExpired,
  openAttempt,
  UNBOUND_LIFE_MS,
} from './attempt.ts';
import type { SignInDependencies } from './dependencies.ts';
import { queryOf } from './query.ts';

/** A callback that may be redeemed; `bindingHash` is null for a browser that keeps no cookie in this frame. */
export interface Accepted {
  attempt: Attempt;
  query: URLSearchParams;
  bindingHash: string | null;
}

/** A failure of a known attempt. A fresh sign-in may mend it while `attempt.restarts` is below `restartLimit`. */
export class CallbackFailure extends Error {
  override readonly name = 'CallbackFailure';
  readonly attempt: Attempt;
  readonly failure: CardError;
  readonly restartLimit: number;

  constructor(attempt: Attempt, failure: CardError, restartLimit = 0) {
    super(failure.message, { cause: failure });
    this.attempt = attempt;
    this.failure = failure;
    this.restartLimit = restartLimit;
  }
}

/** Parallel cards may overwrite each other's cookie, twice at the most; an attempt grows old or is used once. */
const MISMATCH_RESTARTS = 2;
const STALE_RESTARTS = 1;
/** RFC 6749 appendix A.11: a code is visible ASCII. */
const CODE = /^[\x20-\x7e]{1,4096}$/;
/** The bank sends six at the most; nobody else has anything to say here. */
const MAX_PARAMETERS = 20;
const PARAMETERS = ['code', 'state', 'iss', 'error', 'error_description'];

interface CallbackContext {
  vault: Vault;
  store: SessionStore;
  now: () => number;
  identityProvider: SignInDependencies['identityProvider'];
}

/** @throws {CardError | CallbackFailure} */
export async function acceptCallback(request: FastifyRequest, context: CallbackContext): Promise<Accepted> {
  const institution = request.institution();
  const query = queryOf(request);
  const malformed = formFailure(query);
  const [state = '', ...otherStates] = query.getAll('state');
  const attempt = openAttempt(context.vault, institution, otherStates.length === 0 ? state : '');
  if (attempt === undefined) throw malformed ?? failed('state', 'security');
  const nowMs = context.now();
  if (isExpired(attempt, nowMs))
    throw new CallbackFailure(attempt, failed('attempt expired'), STALE_RESTARTS);
  if (
    attempt.issuer !== institution.issuer ||
    attempt.clientId !== clientOf(institution, attempt.view).clientId
  )
    throw new CallbackFailure(attempt, failed('institution changed'), STALE_RESTARTS);
  const bindingHash = checkBinding(request, institution, attempt, nowMs);
  if (!(await context.store.useOnce(useKeyOf(institution, attempt), ATTEMPT_LIFE_MS + CLOCK_AHEAD_MS))) {
    throw new CallbackFailure(attempt, failed('attempt used'), STALE_RESTARTS);
  }
  const provider = context.identityProvider(institution, attempt.view);
  const failure =
    malformed ??
    issuerFailure(query.get('iss'), provider.callbackIssuer()) ??
    errorFailure(query.get('error')) ??
    (query.get('code') ? undefined : failed('code'));
  if (failure !== undefined) throw new CallbackFailure(attempt, failure);
  return { attempt, query, bindingHash };
}

/** Hashed: what a store or its backup shows is of no use with a token of the bank's. */
function useKeyOf({ id }: Institution, { nonce }: Attempt): string {
  return createHash('sha256')
    .update(JSON.stringify(['attempt', id, nonce]))
    .digest('base64url');
}

function failed(reason: string, alert?: Alert): CardError {
  return new CardError('SIGN_IN_FAILED', { reason, ...(alert && { alert }) });
}

/** RFC 6749 section 3.1: parameters must not be included more than once. */
function formFailure(query: URLSearchParams): CardError | undefined {
  if (query.size > MAX_PARAMETERS) return failed('too many parameters');
  const names = [...query.keys()];
  const repeated = PARAMETERS.some(
    (name) => query.getAll(name).length > 1 || names.some((other) => other.startsWith(`${name}[`)),
  );
  if (repeated) return failed('repeated parameter');
  const code = query.get('code');
  // Section 3.1, too: sent without a value is not sent.
  return code && !CODE.test(code) ? failed('code') : undefined;
}

function checkBinding(
  request: FastifyRequest,
  institution: Institution,
  attempt: Attempt,
  nowMs: number,
): string | null {
  const cookie = readBindingCookie(request);
  const mismatch = (reason: string) => new CallbackFailure(attempt, failed(reason), MISMATCH_RESTARTS);
  if (cookie.kind === 'present') {
    if (hashBinding(institution, cookie.value) === attempt.bindingHash) return attempt.bindingHash;
    throw mismatch('binding mismatch');
  }
  if (cookie.kind === 'duplicate') throw mismatch('binding duplicate');
  if (attempt.sawCookie) throw mismatch('binding lost');
  const { 'sec-fetch-dest': destination, 'sec-fetch-mode': mode } = request.headers;
  if (destination === undefined && mode === undefined) {
    // An old web view or a proxy that takes headers away: its own code, so that an operator sees which.
    const reason = 'neither cookie nor Fetch Metadata';
    throw new CallbackFailure(attempt, new CardError('SIGN_IN_UNBOUND', { reason }));
  }
  // On the bank's own site cookies work, so their absence is no honest browser's; elsewhere a frame may have none.
  const unboundFrame = !isBankSite(institution) && destination === 'iframe' && mode === 'navigate';
  if (!unboundFrame) throw new CallbackFailure(attempt, failed('unbound callback'));
  if (nowMs - attempt.startedAtMs > UNBOUND_LIFE_MS)
    throw new CallbackFailure(attempt, failed('unbound too late'));
  return null;
}

/** RFC 9207 section 2.4: compared as a string; a missing one fails when the bank says that it sends it. */
function issuerFailure(
  iss: string | null,
  { issuer, required }: { issuer: string; required: boolean },
): CardError | undefined {
  if (iss === null) return required ? failed('iss') : undefined;
  return iss === issuer ? undefined : failed('mix-up', 'security');
}

/** RFC 6749 section 4.1.2.1 and OIDC Core section 3.1.2.6; the description is the bank's text and goes nowhere. */
function errorFailure(error: string | null): CardError | undefined {
  switch (error) {
    case null:
      return undefined;
    case 'login_required':
    case 'interaction_required':
    case 'consent_required':
    case 'account_selection_required':
      return new CardError('SIGN_IN_REQUIRED', { reason: error });
    case 'access_denied':
    case 'invalid_scope':
      return new CardError('NOT_PERMITTED', { reason: error });
    case 'server_error':
    case 'temporarily_unavailable':
      return new CardError('BANK_UNAVAILABLE', { reason: error });
    default:
      return failed('error');
  }
}
