/** Sets up the identity server: oidc-provider with Banno's names, lifetimes and algorithms. */
import { type Configuration, errors, type KoaContextWithOIDC, Provider } from 'oidc-provider';
import { type BankState, OIDC_PATH } from '../bank-state.ts';
import { CLAIMS_BY_REQUEST, CLAIMS_SUPPORTED, claimsOf, SCOPE_CLAIMS } from './claims.ts';
import type { Consents } from './consents.ts';
import { grantFor } from './grants.ts';
import { addAccessTokenHash } from './id-token-hash.ts';
import { policyOf, STANDARD_SECURITY_LEVEL, signInAtOnce } from './interaction-policy.ts';
import type { IssuedTokens } from './issued-tokens.ts';
import { renderError, renderSignedOut, renderSignOut } from './pages.ts';
import { BANNO_OFFLINE_ACCESS, SCOPES } from './scopes.ts';
import { makeStore } from './store.ts';

export const SESSION_COOKIE = 'banno-session';

const DAY_S = 86_400;
const SIGNATURES: ('ES256' | 'PS256' | 'RS256')[] = ['ES256', 'PS256', 'RS256'];

export function makeProvider(bank: BankState, consents: Consents, issued: IssuedTokens): Provider {
  const provider = new Provider(bank.issuer, {
    ...shape(),
    ...behaviour(bank, consents, issued),
    features: features(bank),
    adapter: makeStore((id) => bank.clients.find(id)),
    jwks: bank.keys.jwks,
  });
  // It believes the forwarded protocol, which is the one of the origin: nobody else's reaches it.
  provider.proxy = true;
  provider.on('grant.revoked', (_ctx, grantId) => issued.revokeGrant(grantId));
  provider.use(async (ctx: KoaContextWithOIDC, next) => {
    await next();
    if (ctx.path.startsWith('/.well-known/') && ctx.status === 200)
      advertise(ctx.body, bank.switches.discovery);
    if (ctx.path === '/token' && ctx.status === 200) await addAccessTokenHash(bank.keys, ctx.body);
  });
  return provider;
}

/** Names and lists, as in a live tenant's discovery document. */
function shape(): Configuration {
  return {
    routes: { end_session: '/logout' },
    scopes: [...SCOPES],
    claims: {
      ...Object.fromEntries(Object.entries(SCOPE_CLAIMS).map(([scope, claims]) => [scope, [...claims]])),
      ...Object.fromEntries(CLAIMS_BY_REQUEST.map((claim) => [claim, null])),
    },
    acrValues: ['standard', 'enhanced', 'high', 'restricted'].map((level) =>
      STANDARD_SECURITY_LEVEL.replace('standard', level),
    ),
    responseTypes: ['code', 'none'],
    clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'private_key_jwt'],
    enabledJWA: {
      clientAuthSigningAlgValues: ['RS256', 'PS256', 'ES256', 'EdDSA'],
      idTokenSigningAlgValues: SIGNATURES,
      userinfoSigningAlgValues: SIGNATURES,
    },
    discovery: { request_parameter_supported: false },
    cookies: {
      names: { session: SESSION_COOKIE, interaction: 'banno-sign-in', resume: 'banno-resume' },
      // `Secure` and the `SameSite` in force are put on at the way out: the server refuses Secure over http.
      long: { httpOnly: true, path: '/' },
      short: { httpOnly: true },
    },
    ttl: {
      AccessToken: 600,
      AuthorizationCode: 60,
      IdToken: 3600,
      RefreshToken: 14 * DAY_S,
      Grant: 14 * DAY_S,
      Session: DAY_S,
      Interaction: 600,
    },
  };
}

function behaviour(bank: BankState, consents: Consents, issued: IssuedTokens): Configuration {
  return {
    findAccount(_ctx, accountId) {
      const customer = bank.customers.get(accountId);
      return customer && { accountId, claims: () => claimsOf(bank, customer.persona) };
    },
    extraParams: {
      // Not a parameter anybody sends: its validator is the one place where the request is known to be sound and
      // the session is not looked at yet.
      sandbox: (ctx) => signInAtOnce(bank, ctx),
    },
    interactions: {
      policy: policyOf(consents),
      url: (_ctx, { prompt, uid }) =>
        `${OIDC_PATH}/${prompt.name === 'consent' ? 'consent' : 'login'}/${uid}`,
    },
    loadExistingGrant: (ctx) => grantFor(bank, ctx),
    issueRefreshToken: async (_ctx, _client, source) =>
      source.scopes.has(BANNO_OFFLINE_ACCESS) || source.scopes.has('offline_access'),
    rotateRefreshToken: true,
    expiresWithSession: async () => false,
    allowOmittingSingleRegisteredRedirectUri: false,
    clientBasedCORS: () => false,
    pkce: { required: () => true },
    formats: {
      customizers: { jwt: (ctx, token, { payload }) => issued.add(ctx, token, payload) },
    },
    renderError,
  };
}

/** Off: token exchange and DPoP (no card needs them, and half of either would be worse), registration, JAR. */
function features(bank: BankState): Configuration['features'] {
  return {
    devInteractions: { enabled: false },
    claimsParameter: { enabled: true },
    dPoP: { enabled: false },
    encryption: { enabled: true },
    introspection: { enabled: true },
    jwtUserinfo: { enabled: true },
    pushedAuthorizationRequests: { enabled: true },
    revocation: {
      enabled: true,
      allowedPolicy: async (_ctx, client, token) => token.clientId === client.clientId,
    },
    rpInitiatedLogout: {
      enabled: true,
      logoutSource: renderSignOut,
      postLogoutSuccessSource: renderSignedOut,
    },
    // One resource, the Consumer API: what makes the access tokens JWTs.
    resourceIndicators: {
      enabled: true,
      defaultResource: () => bank.audience,
      useGrantedResource: () => true,
      getResourceServerInfo: (_ctx, resource) => {
        if (resource !== bank.audience) throw new errors.InvalidTarget();
        return {
          scope: SCOPES.join(' '),
          audience: bank.audience,
          accessTokenFormat: 'jwt',
          accessTokenTTL: 600,
          jwt: { sign: { alg: 'ES256' } },
        };
      },
    },
  };
}

function advertise(document: unknown, changes: Record<string, unknown>): void {
  if (typeof document !== 'object' || document === null) return;
  Object.assign(document, { claims_supported: CLAIMS_SUPPORTED }, changes);
  for (const [name, value] of Object.entries(changes))
    if (value === null) Reflect.deleteProperty(document, name);
}
