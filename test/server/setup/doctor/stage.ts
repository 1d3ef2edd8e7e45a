/** A sandbox bank and a whole card server behind a proxy, for a doctor to look at. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { buildApp } from '../../../../server/app.ts';
import { readCardAssets } from '../../../../server/card-page/assets.ts';
import { loadConfig } from '../../../../server/config.ts';
import { createDirectory } from '../../../../server/directory.ts';
import type { Institution } from '../../../../server/institution.ts';
import { createMemoryStore } from '../../../../server/session/memory-store.ts';
import type { Finding } from '../../../../server/setup/checks/check.ts';
import { examine } from '../../../../server/setup/doctor-examine.ts';
import { startBank } from '../../../banno/bank.ts';
import { type Bank, type BankClient, quietSwitches } from '../../../banno/options.ts';
import { type Front, startFront } from '../../../support/front.ts';

export const SECRET = 'canary-client-secret';
const PATHS = ['/auth', '/auth/callback', '/expanded'];

export interface Stage {
  bank: Bank;
  /** What stands before the card. */
  front: Front;
  publicUrl: string;
  /** The operator's. */
  env: Record<string, string>;
  institution: Institution;
  /** Everything as it should be again. */
  reset(): void;
  register(client: Partial<BankClient>): void;
  examine(changes?: Partial<Institution>): Promise<Finding[]>;
  /** One line: its status, its message and its mend. */
  line(id: string, changes?: Partial<Institution>): Promise<string>;
  close(): Promise<void>;
}

/** Well below the time a test has, and above what a loopback peer takes. */
const DEADLINES = { eachMs: 2_000, allMs: 4_500 };

export async function startStage(): Promise<Stage> {
  const bank = await startBank({ origin: 'http://bank.localhost:0', clients: [] });
  const front = await startFront();
  const publicUrl = `http://card.localhost:${front.port}`;
  const register: Stage['register'] = (client) =>
    bank.addClient({
      clientId: 'my-card',
      clientSecret: SECRET,
      redirectUris: PATHS.map((path) => publicUrl + path),
      ...client,
    });
  register({});
  const env = {
    PUBLIC_URL: publicUrl,
    BANNO_URL: bank.origin,
    CLIENT_ID: 'my-card',
    CLIENT_SECRET: SECRET,
    SESSION_KEYS: randomBytes(32).toString('base64'),
  };
  const config = loadConfig(env);
  const [institution] = config.institutions;
  if (institution === undefined) throw new Error('no institution');
  const app = await buildApp(config, {
    assets: readCardAssets(join(import.meta.dirname, '../../../../dist/card')),
    store: createMemoryStore(),
    logger: false,
  });
  const target = Number(new URL(await app.listen({ host: '127.0.0.1', port: 0 })).port);
  front.target = target;
  const stage: Stage = {
    bank,
    front,
    publicUrl,
    env,
    institution,
    register,
    reset() {
      Object.assign(bank.switches, quietSwitches('everyday'));
      Object.assign(front, { target, change: () => undefined, changeRequest: () => undefined });
      register({});
    },
    examine(changes = {}) {
      const changed = { ...institution, ...changes };
      const cookieIsFirstParty = createDirectory([changed]).cookieIsFirstParty(changed);
      return examine(changed, { cookieIsFirstParty, isFromFile: false }, DEADLINES);
    },
    async line(id, changes) {
      const found = (await stage.examine(changes)).find((finding) => finding.id === id);
      return `${found?.status}: ${found?.message} ${found?.mend ?? ''}`.trim();
    },
    async close() {
      await app.close();
      await front.close();
      await bank.close();
    },
  };
  return stage;
}
