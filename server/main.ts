/** Starts the server: environment in, listeners up, and an orderly stop. */
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { buildApp } from './app.ts';
import { readCardAssets } from './card-page/assets.ts';
import { ConfigError, environment, loadConfig } from './config.ts';
import { isBankSite } from './institution.ts';
import { registerLastResort } from './last-resort.ts';
import { createMetrics } from './metrics.ts';
import { buildOperations } from './operations.ts';
import { reloadInstitutions } from './reload.ts';
import { createMemoryStore } from './session/store.ts';
import { connectValkey } from './session/valkey.ts';
import { createValkeyCounters } from './session/valkey-counters.ts';
import { createValkeyStore } from './session/valkey-store.ts';

const STOP_WITHIN_MS = 25_000;
const SWEEP_INTERVAL_MS = 100;

async function main(): Promise<void> {
  // A diagnostic report holds the whole environment otherwise, and with it what may be secret there.
  process.report.excludeEnv = true;
  // Node ends a process at SIGHUP unless somebody listens: one that comes too early is answered once there is a server.
  const started = Promise.withResolvers<FastifyInstance>();
  process.on('SIGHUP', () => void started.promise.then((app) => reloadInstitutions(app, environment())));
  const config = loadConfig(environment());
  const assets = readCardAssets(join(import.meta.dirname, '../dist/card'));
  const valkey = config.valkey && connectValkey(config.valkey);
  const metrics = createMetrics({ process: true });
  const app = await buildApp(config, {
    metrics,
    assets,
    ...(valkey === undefined
      ? { store: createMemoryStore() }
      : { store: createValkeyStore(valkey), counters: createValkeyCounters(valkey) }),
    logger: { level: config.logLevel },
  });
  valkey?.watch((fault) => {
    if (fault === undefined) app.log.info('store ready');
    else app.log.error({ fault }, 'store down');
  });
  let ready = true;
  const operations = buildOperations(() => ready, metrics);
  await app.listen({ host: config.host, port: config.port });
  await operations.listen({ host: config.operationsHost, port: config.operationsPort });
  for (const institution of config.institutions) {
    const { id, publicUrl, issuer } = institution;
    app.log.info({ institution: id, publicUrl, issuer, sameSite: isBankSite(institution) }, 'serving');
  }
  started.resolve(app);

  async function stop(): Promise<void> {
    if (!ready) return;
    ready = false;
    setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
    // Node closes what is idle now, not what becomes idle: a proxy's connection would hold up the stop to its end.
    const sweeper = setInterval(() => app.server.closeIdleConnections(), SWEEP_INTERVAL_MS);
    await app.close();
    clearInterval(sweeper);
    await operations.close();
  }
  registerLastResort(app.log, stop);
  process.once('SIGTERM', () => void stop());
  process.once('SIGINT', () => void stop());
}

main().catch((error: unknown) => {
  const lines = error instanceof ConfigError ? error.problems.map((problem) => `  - ${problem}`) : [];
  process.stderr.write(`${[error instanceof Error ? error.message : String(error), ...lines].join('\n')}\n`);
  process.exit(1);
});
