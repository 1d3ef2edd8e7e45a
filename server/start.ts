/** Starts and stops the server: environment in, listeners up, and an orderly end. */
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { buildApp } from './app.ts';
import { readCardAssets } from './card-page/assets.ts';
import { ConfigError, environment, loadConfig } from './config.ts';
import { prepareOrderlyClose } from './http/orderly-close.ts';
import { serverOptions } from './http/server-options.ts';
import { isBankSite } from './institution.ts';
import { registerLastResort } from './last-resort.ts';
import { createMetrics } from './metrics.ts';
import { buildOperations } from './operations.ts';
import { reloadInstitutions } from './reload.ts';
import { createMemoryStore } from './session/memory-store.ts';

const STOP_WITHIN_MS = 25_000;
/** Whoever looks after us there has been told 503 all the while. */
const OPERATIONS_PATIENCE_MS = 1_000;

/** Ends the process with 1, and a sentence for each mistake, where it cannot serve. */
export async function start(): Promise<void> {
  await serve().catch((error: unknown) => {
    const lines = error instanceof ConfigError ? error.problems.map((problem) => `  - ${problem}`) : [];
    const sentence = error instanceof Error ? error.message : String(error);
    process.stderr.write(`${[sentence, ...lines].join('\n')}\n`);
    process.exit(1);
  });
}

async function serve(): Promise<void> {
  // A diagnostic report holds the whole environment otherwise, and with it what may be secret there.
  process.report.excludeEnv = true;
  // Node ends a process at SIGHUP unless somebody listens: one that comes too early is answered once there is a server.
  const started = Promise.withResolvers<FastifyInstance>();
  process.on('SIGHUP', () => void started.promise.then((app) => reloadInstitutions(app, environment())));
  const config = loadConfig(environment());
  const metrics = createMetrics({ process: true });
  const shared =
    config.valkey && (await import('./session/shared-store.ts')).connectSharedStore(config.valkey);
  const app = await buildApp(config, {
    metrics,
    assets: readCardAssets(join(import.meta.dirname, '../dist/card')),
    ...(shared ?? { store: createMemoryStore() }),
    logger: { level: config.logLevel },
  });
  shared?.watch((fault) => {
    if (fault === undefined) app.log.info('store ready');
    else app.log.error({ fault }, 'store down');
  });
  let ready = false;
  let stopping = false;
  async function stop(): Promise<void> {
    if (stopping) return;
    stopping = true;
    // Nothing has begun that could be finished.
    if (!ready) process.exit();
    ready = false;
    setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
    await closeApp();
    await closeOperations();
  }
  const closeApp = prepareOrderlyClose(app, serverOptions.requestTimeout);
  const operations = buildOperations(() => ready, metrics);
  const closeOperations = prepareOrderlyClose(operations, OPERATIONS_PATIENCE_MS);
  registerLastResort(app.log, stop);
  // For good: Node ends a process at once at a signal that nobody listens to any more.
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop());
  await app.listen({ host: config.host, port: config.port });
  await operations.listen({ host: config.operationsHost, port: config.operationsPort });
  ready = true;
  for (const institution of config.institutions) {
    const { id, publicUrl, issuer } = institution;
    app.log.info({ institution: id, publicUrl, issuer, sameSite: isBankSite(institution) }, 'serving');
  }
  started.resolve(app);
}
