/** The table of contents: builds the whole server from a configuration and its dependencies, and does not listen. */
import type { Server } from 'node:http';
import cookie from '@fastify/cookie';
import rateLimit from '@fastify/rate-limit';
import fastifyStatic from '@fastify/static';
import Fastify, {
  type FastifyBaseLogger,
  type FastifyHttpOptions,
  type FastifyInstance,
  type FastifyServerOptions,
  LogController,
} from 'fastify';
import { readAccountSummary } from './accounts/account-summary.ts';
import { registerAccounts } from './accounts/routes.ts';
import { createUrlRewriter, registerAddressing } from './addressing.ts';
import { createBanks } from './banks.ts';
import type { CardAssets } from './card-page/assets.ts';
import { createCardPage } from './card-page/card-page.ts';
import { createThemes } from './card-page/themes.ts';
import type { Config } from './config.ts';
import { answerFrameworkError, registerErrorAnswers } from './error-answers.ts';
import { toCardError } from './errors.ts';
import { registerHardening } from './hardening.ts';
import { createDirectory, type Institution } from './institution.ts';
import { answerParserError, registerParserAnswers } from './parser-answers.ts';
import { apiLimit, refreshLimit, signInLimit } from './rate-limits.ts';
import { registerRequestLog } from './request-log.ts';
import { createFreshTokens, type RefreshTokens } from './session/fresh-token.ts';
import { createSessions, type Tokens } from './session/session.ts';
import type { SessionStore } from './session/store.ts';
import { guardStore } from './session/store-guard.ts';
import type { IdentityProvider } from './sign-in/identity-provider.ts';
import { registerSignIn } from './sign-in/routes.ts';
import { createVault } from './vault.ts';

export interface AppDependencies {
  assets: CardAssets;
  store: SessionStore;
  logger: FastifyServerOptions['logger'];
  /** Milliseconds since the epoch. */
  now?: () => number;
}

export async function buildApp(config: Config, dependencies: AppDependencies): Promise<FastifyInstance> {
  const { assets, logger, now = Date.now } = dependencies;
  const store = guardStore(dependencies.store);
  const directory = createDirectory(config.institutions);
  const vault = createVault(config.sessionKeys);
  const app = Fastify({
    ...(logger === undefined ? {} : { logger }),
    ...serverOptions,
    rewriteUrl: createUrlRewriter(directory),
  });
  const banks = createBanks(app.log, now);
  const sessions = createSessions(store, vault, now);
  const identityProvider = (institution: Institution) => banks.of(institution).identityProvider;
  const readSummary = (institution: Institution, tokens: Tokens, signal: AbortSignal) =>
    readAccountSummary(banks.of(institution).consumerApi, institution, { ...tokens, signal });
  const refreshTokens: RefreshTokens = {
    refresh: (institution, tokens) => identityProvider(institution).refresh(tokens),
    revoke: (institution, token) => identityProvider(institution).revoke(token),
  };
  const freshTokens = createFreshTokens(sessions, refreshTokens, now);

  registerParserAnswers(app.server);
  registerRequestLog(app);
  registerHardening(app);
  registerAddressing(app, directory);
  await app.register(cookie);
  await app.register(rateLimit, { global: false });
  await app.register(fastifyStatic, { root: assets.folder, prefix: '/assets/', ...immutable });
  const themes = createThemes((institution, id) => banks.of(institution).consumerApi.themes(id), now);
  const page = await createCardPage(app, assets, themes);
  registerErrorAnswers(app);
  // JSON only: a form or plain text is what a foreign page can send without asking.
  app.removeContentTypeParser('text/plain');
  registerSignIn(app, {
    directory,
    vault,
    store,
    sessions,
    page,
    themes,
    identityProvider,
    readSummary,
    rateLimit: signInLimit,
    now,
  });
  registerAccounts(app, {
    sessions,
    freshTokens,
    readSummary,
    revoke: refreshTokens.revoke,
    api: (institution) => banks.of(institution).consumerApi,
    rateLimit: apiLimit,
    refreshLimit,
    now,
  });
  app.addHook('onListen', async () => {
    for (const institution of directory.all)
      void prepare(institution, identityProvider(institution), app.log);
  });
  app.addHook('onClose', async () => {
    await banks.close();
    await store.close();
  });
  return app;
}

/** A bank that is down does not stop the start: its next sign-in asks again. */
async function prepare(
  { id, issuer }: Institution,
  provider: IdentityProvider,
  log: FastifyBaseLogger,
): Promise<void> {
  try {
    await provider.prepare();
    log.info({ institution: id, issuer }, 'the bank answers');
  } catch (thrown) {
    const { code, reason } = toCardError(thrown);
    log.warn(
      { institution: id, issuer, code, reason },
      'the bank cannot be reached; the next sign-in asks again',
    );
  }
}

/** Fastify's own limits are off or generous by default. */
const serverOptions = {
  genReqId: () => crypto.randomUUID(),
  logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
  exposeHeadRoutes: false,
  bodyLimit: 8_192,
  connectionTimeout: 15_000,
  requestTimeout: 10_000,
  keepAliveTimeout: 72_000,
  maxRequestsPerSocket: 1_000,
  routerOptions: { maxParamLength: 128 },
  // A request without Host gets our own answer, with our headers.
  // The check decides when a slow sender is cut off; Node looks every 30 s only.
  http: {
    maxHeaderSize: 16_384,
    headersTimeout: 10_000,
    connectionsCheckingInterval: 1_000,
    requireHostHeader: false,
  },
  clientErrorHandler: answerParserError,
  frameworkErrors: answerFrameworkError,
} satisfies FastifyHttpOptions<Server>;

/** Hashed names: the content behind one never changes. */
const immutable = {
  immutable: true,
  maxAge: '1y',
  index: false,
  decorateReply: false,
  // One route a file that was there at the start: no path is ever looked up on the disk.
  wildcard: false,
} as const;
