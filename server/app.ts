/** The table of contents: builds the whole server from a configuration and its dependencies, and does not listen. */
import cookie from '@fastify/cookie';
import rateLimit from '@fastify/rate-limit';
import fastifyStatic from '@fastify/static';
import Fastify, { type FastifyInstance, type FastifyServerOptions } from 'fastify';
import { registerAccounts } from './accounts/routes.ts';
import { createAskBanks } from './ask-banks.ts';
import { type Banks, createBanks } from './banks.ts';
import type { CardAssets } from './card-page/assets.ts';
import { createCardPage } from './card-page/card-page.ts';
import type { Config } from './config.ts';
import { createReplaceableDirectory, type Directory } from './directory.ts';
import { createUrlRewriter, registerAddressing } from './http/addressing.ts';
import { registerChunkedBodies } from './http/chunked-bodies.ts';
import { registerErrorAnswers } from './http/error-answers.ts';
import { registerHardening } from './http/hardening.ts';
import { registerLoadShedding } from './http/load-shedding.ts';
import { createMemoryCounters, type RateCounters } from './http/rate-counters.ts';
import { apiLimit, countIn, refreshLimit, signInLimit } from './http/rate-limits.ts';
import { registerRequestLog } from './http/request-log.ts';
import { registerRequestMetrics } from './http/request-metrics.ts';
import { type RunningRequests, registerRunningRequests } from './http/running-requests.ts';
import { guardConnections, serverOptions } from './http/server-options.ts';
import type { Institution } from './institution.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { prepareBanks } from './prepare-banks.ts';
import { type Replacement, replaceInstitutions } from './replace-institutions.ts';
import { countRefreshes } from './session/counted-refreshes.ts';
import { createFreshTokens } from './session/fresh-token.ts';
import { createLeases } from './session/lease.ts';
import { meterCounters, meterStore } from './session/metered-store.ts';
import { createSessions } from './session/session.ts';
import type { SessionStore } from './session/store.ts';
import { guardStore } from './session/store-guard.ts';
import { registerSignIn } from './sign-in/routes.ts';
import { registerTraceContext, traceOfLogLine } from './trace-context.ts';
import { createVault } from './vault.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** Serves these institutions from now on; answers what that changes. */
    replaceInstitutions(institutions: readonly Institution[]): Replacement;
  }
}

export interface AppDependencies {
  assets: CardAssets;
  store: SessionStore;
  /** In memory unless the store is shared. */
  counters?: RateCounters;
  /** False for none. */
  logger: Exclude<FastifyServerOptions['logger'], boolean | undefined> | false;
  metrics?: Metrics;
  /** Milliseconds since the epoch. */
  now?: () => number;
}

export async function buildApp(
  config: Pick<Config, 'institutions' | 'sessionKeys'>,
  dependencies: AppDependencies,
): Promise<FastifyInstance> {
  const {
    assets,
    counters = createMemoryCounters(),
    logger,
    metrics = createMetrics(),
    now = Date.now,
  } = dependencies;
  const store = meterStore(guardStore(dependencies.store), metrics);
  const directory = createReplaceableDirectory(config.institutions);
  const vault = createVault(config.sessionKeys);
  const app = Fastify({
    logger: logger && { ...logger, mixin: traceOfLogLine },
    ...serverOptions,
    rewriteUrl: createUrlRewriter(directory),
  });
  const banks = createBanks(app.log, metrics, now);
  const sessions = createSessions(store, vault, now);
  const { identityProvider, readSummary, refreshTokens, themes, api } = createAskBanks(banks);
  const freshTokens = createFreshTokens(
    sessions,
    createLeases(store),
    countRefreshes(refreshTokens, metrics),
    now,
  );

  const running = await registerEveryRequest(app, directory, metrics);
  // Sets cookies, and parses none: the one that we read is read strictly (`session/binding-cookie.ts`).
  await app.register(cookie, { hook: false });
  await app.register(rateLimit, { global: false, store: countIn(meterCounters(counters, metrics)) });
  await app.register(fastifyStatic, { root: assets.folder, prefix: '/assets/', ...immutable });
  const page = await createCardPage(app, assets, themes);
  registerErrorAnswers(app);
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
    api,
    rateLimit: apiLimit,
    refreshLimit,
    now,
  });
  const prepare = registerPreparation(app, directory, banks);
  app.decorate('replaceInstitutions', (institutions: readonly Institution[]) =>
    replaceInstitutions(institutions, { directory, banks, counters, running, prepare }),
  );
  app.addHook('onClose', async () => {
    await banks.close();
    await store.close();
  });
  return app;
}

/** What holds for every request and every answer, in the order in which it applies. */
async function registerEveryRequest(
  app: FastifyInstance,
  directory: Directory,
  metrics: Metrics,
): Promise<RunningRequests> {
  guardConnections(app.server);
  registerTraceContext(app);
  registerRequestLog(app);
  registerRequestMetrics(app, metrics);
  registerHardening(app);
  registerAddressing(app, directory);
  await registerLoadShedding(app);
  registerChunkedBodies(app);
  // JSON only: a form or plain text is what a foreign page can send without asking.
  app.removeContentTypeParser('text/plain');
  return registerRunningRequests(app);
}

const PREPARE_AFTER_MS = 100;

/** Banks are asked once the server listens, a moment later: whoever waits for it comes first. */
function registerPreparation(app: FastifyInstance, directory: Directory, banks: Banks) {
  const prepare = (institutions: readonly Institution[]) => {
    const isServed = (institution: Institution) =>
      app.server.listening && directory.all().includes(institution);
    void prepareBanks(institutions, banks, isServed, app.log);
  };
  app.addHook('onListen', async () => {
    setTimeout(() => prepare(directory.all()), PREPARE_AFTER_MS).unref();
  });
  return prepare;
}

/** Hashed names: the content behind one never changes. */
const immutable = {
  immutable: true,
  maxAge: '1y',
  index: false,
  decorateReply: false,
  // The build packs each file, too: none is packed while somebody waits.
  preCompressed: true,
  // One route a file that was there at the start: no path is ever looked up on the disk.
  wildcard: false,
} as const;
