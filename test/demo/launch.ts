/** Launches the whole demo: the sandbox bank in this process, and two card servers in processes of their own. */
import { randomBytes } from 'node:crypto';
import { startBank } from '../banno/bank.ts';
import type { Bank } from '../banno/options.ts';
import { freePort } from '../support/free-port.ts';
import { CardServer } from './card-server.ts';

export interface DemoPorts {
  bank: number;
  card: number;
  cardOperations: number;
  foreignCard: number;
  foreignCardOperations: number;
}

export const DEFAULT_PORTS: DemoPorts = {
  bank: 4000,
  card: 4100,
  cardOperations: 4101,
  foreignCard: 4200,
  foreignCardOperations: 4201,
};

/** Any ports: for tests that run beside one another. */
export const ANY_PORTS: DemoPorts = {
  bank: 0,
  card: 0,
  cardOperations: 0,
  foreignCard: 0,
  foreignCardOperations: 0,
};

export interface DemoOptions {
  /** Wanted ports; where one is taken, another is found. */
  ports?: DemoPorts;
  /** Told in one sentence what a person should know. */
  tell?: (sentence: string) => void;
}

export interface Demo {
  dashboardUrl: string;
  bank: Bank;
  /** Of the card on the bank's own site, then of the one on a foreign site. */
  publicUrls: string[];
  /** Resolves with one sentence if a card server ends by itself. */
  failure: Promise<string>;
  /** Resolves once both are ready again. */
  restartCards(): Promise<void>;
  stop(): Promise<void>;
}

export async function launchDemo({
  ports = DEFAULT_PORTS,
  tell = () => {},
}: DemoOptions = {}): Promise<Demo> {
  const taken = await takePorts(ports, tell);
  const bank = await startBank({ origin: `http://bank.localhost:${taken.bank}`, clients: [], cards: [] });
  // `*.localhost` names are sites: the first card shares the bank's, as on an institution's subdomain.
  const servers = [
    configure(bank, {
      clientId: 'card-own-site',
      title: 'Your accounts',
      publicUrl: `http://card.bank.localhost:${taken.card}`,
      port: taken.card,
      operationsPort: taken.cardOperations,
    }),
    configure(bank, {
      clientId: 'card-foreign-site',
      title: 'Your accounts, from another site',
      publicUrl: `http://card.fintech.localhost:${taken.foreignCard}`,
      port: taken.foreignCard,
      operationsPort: taken.foreignCardOperations,
    }),
  ];
  const stop = async () => {
    await Promise.all(servers.map(({ server }) => server.stop()));
    await bank.close();
  };
  const failure = new Promise<string>((resolve) => {
    for (const { server } of servers) server.onDeath = resolve;
  });
  const start = () => Promise.all(servers.map(({ server }) => server.start()));
  try {
    await start();
  } catch (error) {
    await stop();
    throw error;
  }
  const restartCards = async () => {
    await Promise.all(servers.map(({ server }) => server.stop()));
    await start();
  };
  const publicUrls = servers.map(({ publicUrl }) => publicUrl);
  return { dashboardUrl: `${bank.origin}/`, bank, publicUrls, failure, restartCards, stop };
}

interface CardPlace {
  clientId: string;
  title: string;
  publicUrl: string;
  port: number;
  operationsPort: number;
}

/** What an administrator does in Banno People, and what the operator is then given. */
function configure(bank: Bank, { clientId, title, publicUrl, port, operationsPort }: CardPlace) {
  const clientSecret = randomBytes(32).toString('hex');
  const [face = '', ...others] = ['/auth', '/auth/callback', '/expanded'].map((path) => publicUrl + path);
  bank.addClient({ clientId, clientSecret, redirectUris: [face, ...others] });
  const primaryAction = { label: 'Open accounts', url: `${publicUrl}/expanded` };
  bank.addCard({ title, url: face, initialHeight: 300, primaryAction });
  const bankUrl = bank.origin;
  const server = new CardServer({ publicUrl, bankUrl, clientId, clientSecret, port, operationsPort });
  return { publicUrl, server };
}

async function takePorts(wanted: DemoPorts, tell: (sentence: string) => void): Promise<DemoPorts> {
  const taken = { ...wanted };
  for (const name of Object.keys(wanted) as (keyof DemoPorts)[]) {
    taken[name] = await freePort(wanted[name]);
    if (wanted[name] === 0 || taken[name] === wanted[name]) continue;
    tell(`Port ${wanted[name]} is in use, so port ${taken[name]} takes its place.`);
  }
  return taken;
}
