/**
 * The card's server as a process of its own, as in production: its log is written, to nowhere. Arguments: the bank's
 * origin, and how many institutions it serves.
 */
import { randomBytes } from 'node:crypto';
import { devNull } from 'node:os';
import { join } from 'node:path';
import { buildApp } from '../../server/app.ts';
import { readCardAssets } from '../../server/card-page/assets.ts';
import { DEFAULT_LIMITS } from '../../server/limits.ts';
import { createMemoryStore } from '../../server/session/memory-store.ts';
import { CLIENT } from '../hostile/hostile-bank.ts';
import { institutionWith } from '../support/institution.ts';
import { addSessions, sessionMemory } from './many-sessions.ts';
import { watchPauses } from './pauses.ts';
import { serveParent } from './peer.ts';

const [bankOrigin = '', count = '1'] = process.argv.slice(2);
const plenty = 1_000_000_000;
const institutions = Array.from({ length: Number(count) }, (_, index) =>
  institutionWith({
    id: `fi-${index}`,
    publicUrl: `http://fi-${index}.localhost`,
    bankOrigin,
    clientId: CLIENT.id,
    clientSecret: CLIENT.secret,
    // Here a few customers and one address stand for all.
    limits: {
      ...DEFAULT_LIMITS,
      apiCallsPerMinute: plenty,
      signInsPerMinuteOfAProxy: plenty,
      sessionsPerCustomer: plenty,
    },
  }),
);
/** Milliseconds that this process's clock is ahead. */
const clock = { aheadMs: 0 };
const store = createMemoryStore(() => Date.now() + clock.aheadMs);
const app = await buildApp(
  { institutions, sessionKeys: [randomBytes(32)] },
  {
    assets: readCardAssets(join(import.meta.dirname, '../../dist/card')),
    store,
    logger: { level: 'info', file: devNull },
  },
);
const address = await app.listen({ host: '127.0.0.1', port: 0 });
let longestPause = () => ({ clockMs: 0, cpuMs: 0 });

serveParent(Number(new URL(address).port), {
  cpuMs: () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1_000;
  },
  watchPauses() {
    longestPause = watchPauses();
  },
  longestPause: () => longestPause(),
  addSessions: (sessions: number) => addSessions(store, sessions),
  /** All of them are over, and the sweep finds them. */
  async endSessions() {
    clock.aheadMs = 3_600_001;
    while ((await store.count()) !== 0) await new Promise((resolve) => setTimeout(resolve, 1_000));
  },
  sessionMemory: (sessions: number) => sessionMemory(sessions),
});
