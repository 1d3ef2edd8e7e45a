/** The bank's OpenID provider, spoken to through openid-client: this file is its only importer. */
import * as client from 'openid-client';
import { CardError } from '../errors.ts';
import type { Client, Institution } from '../institution.ts';
import { createKept } from '../kept.ts';
import { CALLBACK_PATH, manifest, scopesFor } from '../manifest.ts';
import type { Tokens } from '../session/session.ts';
import type { Upstream } from '../upstream.ts';
import { CLOCK_TOLERANCE_SECONDS, type Customer, checkIdToken } from './id-token.ts';
import { keepKeys } from './kept-keys.ts';
import { createOpenidFetch, toSignInError } from './openid-fetch.ts';
import { checkMetadata, knowsPkce } from './provider-metadata.ts';
import { readTokens } from './token-answer.ts';

export interface AuthorizationRequest {
  state: string;
  nonce: string;
  codeVerifier: string;
}

/** The callback as received; `query` is untrusted. */
export interface CodeExchange {
  query: URLSearchParams;
  nonce: string;
  codeVerifier: string;
  startedAtMs: number;
}

/** What an operator should know of a bank; said at every discovery. */
type Notice = (text: string) => void;

export interface IdentityProvider {
  /** Reads the discovery document ahead of the first sign-in. @throws {CardError} */
  prepare(): Promise<void>;
  /** @throws {CardError} when the bank's discovery document cannot be had. */
  authorizationUrl(request: AuthorizationRequest): Promise<string>;
  /** RFC 9207: what `iss` in the callback must be; `required` once discovery has said that the bank sends it. */
  callbackIssuer(): { issuer: string; required: boolean };
  /** Redeems a code and verifies the ID token. Never retried: a code works once. @throws {CardError} */
  redeem(exchange: CodeExchange): Promise<{ tokens: Tokens; claims: Customer; grantedScopes: string[] }>;
  /** @throws {CardError} `SIGN_IN_REQUIRED` when the bank no longer honours the refresh token. */
  refresh(tokens: Tokens): Promise<Tokens>;
  /** RFC 7009, best effort. */
  revoke(token: string): Promise<void>;
}

const DISCOVERY = { lifeMs: 3_600_000, retryMs: 1_000, maxRetryMs: 10_000 };

export function createIdentityProvider(
  institution: Institution,
  application: Client,
  upstream: Upstream,
  now: () => number = Date.now,
  notice: Notice = () => undefined,
): IdentityProvider {
  const discover = discovery(institution, application, upstream, now, notice);
  const configuration = createKept(discover, { ...DISCOVERY, now });
  // The bank compares it as a string, twice.
  const redirectUri = institution.publicUrl + CALLBACK_PATH;
  const asked = whatToAsk(institution);
  const { clientId } = application;
  const { issuer, bankInstitutionId } = institution;
  const expectation = { issuer, clientId, bankInstitutionId };

  async function refreshed(config: client.Configuration, tokens: Tokens): Promise<Tokens> {
    const { nonce, issuedAtMs: startedAtMs, refreshToken } = tokens;
    if (refreshToken === null) throw new CardError('SIGN_IN_REQUIRED');
    const answer = await client.refreshTokenGrant(config, refreshToken).catch(toSignInError);
    const read = readTokens(answer, now());
    const expected = { ...expectation, ...read, nonce, startedAtMs, nowMs: now(), first: tokens };
    if (answer.id_token !== undefined) checkIdToken(answer.id_token, expected);
    // RFC 6749 section 6: never more than before; absent means the same.
    const mayReadTransactions = tokens.mayReadTransactions && grantsTransactions(answer.scope);
    return { ...tokens, ...read, mayReadTransactions, refreshToken: read.refreshToken ?? refreshToken };
  }

  return {
    prepare: async () => void (await configuration.get()),
    async authorizationUrl({ state, nonce, codeVerifier }) {
      const url = client.buildAuthorizationUrl(await configuration.get(), {
        redirect_uri: redirectUri,
        ...asked,
        state,
        nonce,
        code_challenge: await client.calculatePKCECodeChallenge(codeVerifier),
        code_challenge_method: 'S256',
      });
      return url.href;
    },
    callbackIssuer: () => ({
      issuer: institution.issuer,
      required:
        configuration.known()?.serverMetadata().authorization_response_iss_parameter_supported === true,
    }),
    async redeem({ query, nonce, codeVerifier, startedAtMs }) {
      // Rebuilt from the registered Redirect URI, never from a Host header: this is what the bank compares.
      const callback = new URL(`${redirectUri}?${query}`);
      const config = await configuration.get();
      const [code, state] = [query.get('code') ?? '', query.get('state') ?? ''];
      const checks = {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: codeVerifier,
        idTokenExpected: true,
      };
      const answer = await client.authorizationCodeGrant(config, callback, checks).catch(toSignInError);
      const read = readTokens(answer, now());
      const expected = { ...expectation, ...read, code, state, nonce, startedAtMs, nowMs: now() };
      const { givenName, locale, ...first } = checkIdToken(answer.id_token ?? '', expected);
      // RFC 6749 section 5.1: absent means granted as asked.
      const grantedScopes = (answer.scope ?? asked.scope).split(' ');
      const mayReadTransactions = institution.transactions && grantsTransactions(answer.scope);
      // Of what nobody asked for, nothing is used: a session would outlive its access token.
      const refreshToken = institution.offlineAccess ? read.refreshToken : null;
      const tokens = { ...first, clientId, mayReadTransactions, ...read, refreshToken };
      return { tokens, claims: { givenName, locale }, grantedScopes };
    },
    async refresh(tokens) {
      const config = await configuration.get();
      return refreshed(config, tokens).catch((error: unknown) => {
        // Refused, or answered with what may not be trusted: either way nobody can renew these tokens again.
        if (!(error instanceof CardError) || error.code !== 'SIGN_IN_FAILED') throw error;
        const { reason = 'refresh', alert } = error;
        throw new CardError('SIGN_IN_REQUIRED', { cause: error, reason, ...(alert && { alert }) });
      });
    },
    async revoke(token) {
      const config = await configuration.get();
      if (config.serverMetadata().revocation_endpoint !== undefined)
        await client.tokenRevocation(config, token);
    },
  };
}

function grantsTransactions(scope: string | undefined): boolean {
  return scope === undefined || scope.split(' ').includes(manifest.optionalScopes.transactions.name);
}

/** Scopes, and the claims we need in the ID token itself: no second call for two words. */
function whatToAsk(institution: Institution): { scope: string; claims: string } {
  const claims = Object.fromEntries(manifest.claims.map(({ name }) => [name, null]));
  const scope = scopesFor(institution)
    .map(({ name }) => name)
    .join(' ');
  return { scope, claims: JSON.stringify({ id_token: claims }) };
}

/** As in the official example, unless the bank offers Basic alone. */
export function authentication(clientSecret: string): client.ClientAuth {
  const post = client.ClientSecretPost(clientSecret);
  const basic = client.ClientSecretBasic(clientSecret);
  return (bank, ...rest) => {
    const { token_endpoint_auth_methods_supported: methods = ['client_secret_post'] } = bank;
    const authenticate = methods.includes('client_secret_post') ? post : basic;
    return authenticate(bank, ...rest);
  };
}

/** Keys that were good once are kept across discoveries. */
function discovery(
  institution: Institution,
  { clientId, clientSecret }: Client,
  upstream: Upstream,
  now: () => number,
  notice: Notice,
): () => Promise<client.Configuration> {
  const { issuer, bankOrigin } = institution;
  const openidFetch = createOpenidFetch(bankOrigin, upstream);
  const fetchKeepingKeys = keepKeys(openidFetch, now);
  const insecure = bankOrigin.startsWith('http:') ? [client.allowInsecureRequests] : [];
  const metadata = { [client.clockTolerance]: CLOCK_TOLERANCE_SECONDS };
  return async () => {
    const config = await client
      .discovery(new URL(issuer), clientId, metadata, authentication(clientSecret), {
        [client.customFetch]: openidFetch,
        // Without this, openid-client trusts TLS for the ID token and never looks at its signature.
        execute: [client.enableNonRepudiationChecks, ...insecure],
      })
      .catch(toSignInError)
      .catch((error: unknown) => {
        // What is wrong with a discovery document is the bank's matter, not this sign-in's.
        if (error instanceof CardError && error.code !== 'SIGN_IN_FAILED') throw error;
        const reason = error instanceof CardError ? `discovery ${error.reason}` : 'discovery';
        throw new CardError('BANK_UNEXPECTED', { cause: error, reason, alert: 'security' });
      });
    if (!knowsPkce(checkMetadata(config.serverMetadata(), institution)))
      notice('the bank does not say that it checks PKCE; it is sent all the same');
    config[client.customFetch] = fetchKeepingKeys;
    return config;
  };
}
