/** The streamed answer of a callback: head and skeleton at once, then code exchange, verification and accounts as data. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { BegunPage } from '../card-page/card-page.ts';
import { chooseLocale } from '../card-page/language.ts';
import type { CardBoot } from '../contract.ts';
import { CardError, problemOf, toCardError } from '../errors.ts';
import { whenClientLeaves } from '../http/client-gone.ts';
import { noteFailure } from '../http/request-log.ts';
import type { Tokens } from '../session/session.ts';
import { sealAgain } from './attempt.ts';
import type { Accepted } from './callback.ts';
import type { SignInDependencies } from './dependencies.ts';
import type { IdentityProvider } from './identity-provider.ts';

/** For everything that needs the bank; the page's own message appears three seconds later. */
const TIMEOUT_MS = 12_000;
const ACCOUNTS_SCOPE = 'https://api.banno.com/consumer/auth/accounts.readonly';

export async function* cardStream(
  { start, end }: BegunPage,
  accepted: Accepted,
  request: FastifyRequest,
  reply: FastifyReply,
  dependencies: SignInDependencies,
): AsyncGenerator<string> {
  // Asked for more, the stream has handed this on already: no work for the bank is ever in front of it.
  yield start;
  yield end(await bootOf(accepted, request, reply, dependencies));
}

async function bootOf(
  { attempt, query, bindingHash }: Accepted,
  request: FastifyRequest,
  reply: FastifyReply,
  dependencies: SignInDependencies,
): Promise<CardBoot> {
  const { vault, sessions, page, themes, identityProvider, readSummary, now } = dependencies;
  const institution = request.institution();
  const acceptLanguage = request.headers['accept-language'];
  const again = sealAgain(vault, institution, attempt.restarts + 1, now());
  const frame = (locale: string) => page.frame(institution, attempt.view, locale, again);
  const provider = identityProvider(institution, attempt.view);
  const signal = AbortSignal.any([AbortSignal.timeout(TIMEOUT_MS), whenClientLeaves(reply)]);
  const { nonce, codeVerifier, startedAtMs } = attempt;
  const exchange = provider.redeem({ query, nonce, codeVerifier, startedAtMs });
  let claimed: string | null = null;
  const localeNow = () => chooseLocale(claimed, acceptLanguage, institution.locale);
  try {
    const { tokens, claims, grantedScopes } = await orAborted(exchange, signal);
    claimed = claims.locale;
    themes.learn(institution, tokens.bankInstitutionId);
    if (!grantedScopes.includes(ACCOUNTS_SCOPE))
      throw new CardError('NOT_PERMITTED', { reason: 'scope not granted' });
    const summary = await orAborted(readSummary(institution, tokens, signal), signal);
    const session = await sessions.open(institution, tokens, bindingHash);
    const { mayReadTransactions } = tokens;
    const transactionsRefused = institution.transactions && !mayReadTransactions;
    const features = { transactions: mayReadTransactions, transactionsRefused };
    return { ...frame(localeNow()), customer: { givenName: claims.givenName }, session, summary, features };
  } catch (thrown) {
    const error = toCardError(thrown);
    noteFailure(request, error);
    revokeUnused(provider, exchange);
    return { ...frame(localeNow()), problem: problemOf(error, request.id) };
  }
}

/** No session will ever use what the exchange brought, or still brings after the time for it is up. Best effort. */
function revokeUnused(provider: IdentityProvider, exchange: Promise<{ tokens: Tokens }>): void {
  exchange
    .then(({ tokens }) => provider.revoke(tokens.refreshToken ?? tokens.accessToken))
    .catch(() => undefined);
}

/** Waits no longer than the signal allows, whatever the work itself does. */
async function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const aborted = Promise.withResolvers<never>();
  const abort = () => aborted.reject(new CardError('BANK_TIMEOUT', { reason: 'deadline' }));
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([work, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
