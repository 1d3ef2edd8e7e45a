/** A card server as a process of its own, for two institutions whose banks' origins are its arguments; prints its port. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { buildApp } from '../../server/app.ts';
import { readCardAssets } from '../../server/card-page/assets.ts';
import { DEFAULT_LIMITS } from '../../server/limits.ts';
import { createMemoryStore } from '../../server/session/memory-store.ts';
import { CLIENT } from '../hostile/hostile-bank.ts';
import { institutionWith } from '../support/institution.ts';

const institutions = process.argv.slice(2).map((bankOrigin, index) =>
  institutionWith({
    id: `fi-${index}`,
    publicUrl: `http://fi-${index}.localhost`,
    bankOrigin,
    clientId: CLIENT.id,
    clientSecret: CLIENT.secret,
    // A few sessions stand for all customers.
    limits: { ...DEFAULT_LIMITS, apiCallsPerMinute: 1_000_000 },
  }),
);
const app = await buildApp(
  { institutions, sessionKeys: [randomBytes(32)] },
  {
    assets: readCardAssets(join(import.meta.dirname, '../../dist/card')),
    store: createMemoryStore(),
    logger: false,
  },
);
const address = await app.listen({ host: '127.0.0.1', port: 0 });
process.stdout.write(new URL(address).port);
