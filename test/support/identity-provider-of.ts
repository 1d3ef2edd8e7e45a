/** Our identity provider with a hostile bank behind it, without a card around: what becomes of a discovery, and of a code. */
import { CardError } from '../../server/errors.ts';
import { createIdentityProvider, type IdentityProvider } from '../../server/sign-in/identity-provider.ts';
import type { Upstream, UpstreamRequest } from '../../server/upstream.ts';
import { CLIENT, type HostileBank } from '../hostile/hostile-bank.ts';
import { institutionWith } from './institution.ts';
import { upstreamOf } from './loopback-upstream.ts';

/** The public code of a failure, or `good`. */
export type Outcome = string;

export interface AskedProvider {
  provider: IdentityProvider;
  /** Why the last failure was one: for the log. */
  reasons: (string | undefined)[];
  discover(): Promise<Outcome>;
  redeem(): Promise<Outcome>;
}

/** Closes with the test. */
export function identityProviderOf(
  bank: HostileBank,
  upstream: Upstream = upstreamOf(bank.origin),
  now: () => number = Date.now,
): AskedProvider {
  const institution = institutionWith({ bankOrigin: bank.origin });
  const client = { clientId: CLIENT.id, clientSecret: CLIENT.secret };
  const provider = createIdentityProvider(institution, client, upstream, now);
  const reasons: (string | undefined)[] = [];
  const outcomeOf = (work: Promise<unknown>): Promise<Outcome> =>
    work.then(
      () => 'good',
      (error: unknown) => {
        if (!(error instanceof CardError)) return `unnamed: ${error}`;
        reasons.push(error.reason);
        return error.code;
      },
    );
  return {
    provider,
    reasons,
    discover: () => outcomeOf(provider.prepare()),
    redeem() {
      bank.nonce = 'nonce-of-the-attempt';
      const query = new URLSearchParams({ code: 'code-of-the-bank', state: 'state', iss: bank.issuer });
      const exchange = { nonce: bank.nonce, codeVerifier: 'v'.repeat(43), startedAtMs: now() };
      return outcomeOf(provider.redeem({ query, ...exchange }));
    },
  };
}

/** Our upstream, with a twentieth of the time for calls to one path; what was asked for is kept. */
export function hurried(bank: HostileBank, path: string): Upstream & { asked: UpstreamRequest[] } {
  const upstream = upstreamOf(bank.origin);
  const asked: UpstreamRequest[] = [];
  return {
    asked,
    request(request) {
      asked.push(request);
      const timeoutMs = request.timeoutMs / (request.path === path ? 20 : 1);
      return upstream.request({ ...request, timeoutMs });
    },
  };
}
