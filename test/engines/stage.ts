/** The engines' stage: the sandbox bank and two card servers, each behind a TLS front, with a throw-away authority. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { startBank } from '../banno/bank.ts';
import type { Bank } from '../banno/options.ts';
import { CardServer } from '../demo/card-server.ts';
import { makeCertificate } from '../support/certificates.ts';
import { freePort } from '../support/free-port.ts';
import { type CardFront, startCardFront } from './card-front.ts';
import { HOSTS } from './names.ts';

export interface StageCard {
  publicUrl: string;
  front: CardFront;
}

export interface Stage {
  bank: Bank;
  bankFront: CardFront;
  cards: { ownSite: StageCard; foreign: StageCard };
  /** The bank and its fronts behave again. */
  calm(): void;
  close(): Promise<void>;
}

const NAMES_MODULE = pathToFileURL(join(import.meta.dirname, 'loopback-names.ts')).href;

export async function startStage(): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'engines-'));
  const authority = makeCertificate('Throw-away authority');
  const authorityFile = join(folder, 'authority.pem');
  await writeFile(authorityFile, authority.cert);
  const { key, cert } = makeCertificate('Stage', { issuer: authority, names: Object.values(HOSTS) });
  const tls = { key: key.export({ type: 'pkcs8', format: 'pem' }), cert };

  const bankFront = await startCardFront(tls);
  bankFront.target = await freePort();
  const origin = `https://${HOSTS.bank}:${bankFront.port}`;
  const bank = await startBank({ origin, clients: [], cards: [], port: bankFront.target });
  const environment = { NODE_EXTRA_CA_CERTS: authorityFile, NODE_OPTIONS: `--import=${NAMES_MODULE}` };
  const open = async (host: string, title: string) => {
    const front = await startCardFront(tls);
    const { publicUrl, server } = await openCard(bank, front, { host, title, environment });
    return { publicUrl, front, server };
  };
  const [ownSite, foreign] = await Promise.all([
    open(HOSTS.ownSite, 'Your accounts'),
    open(HOSTS.foreign, 'Your accounts, from another site'),
  ]);
  return {
    bank,
    bankFront,
    cards: { ownSite, foreign },
    calm() {
      Object.assign(bank.switches, { fault: 'none', latencyMs: 0, signedOut: false });
      for (const front of [bankFront, ownSite.front, foreign.front]) front.calm();
    },
    async close() {
      await Promise.all([ownSite, foreign].map(({ server }) => server.stop()));
      await Promise.all([bankFront, ownSite.front, foreign.front].map((front) => front.close()));
      await bank.close();
      await rm(folder, { recursive: true });
    },
  };
}

interface CardPlace {
  host: string;
  title: string;
  environment: Record<string, string>;
}

async function openCard(bank: Bank, front: CardFront, { host, title, environment }: CardPlace) {
  const publicUrl = `https://${host}:${front.port}`;
  const [port, operationsPort] = [await freePort(), await freePort()];
  const credentials = { clientId: host, clientSecret: randomBytes(32).toString('hex') };
  const redirectUris = ['/auth', '/auth/callback', '/expanded'].map((path) => publicUrl + path);
  bank.addClient({ ...credentials, redirectUris });
  bank.addCard({ title, url: `${publicUrl}/auth`, initialHeight: 300 });
  front.target = port;
  const bankUrl = bank.origin;
  const server = new CardServer({ ...credentials, publicUrl, bankUrl, port, operationsPort, environment });
  await server.start();
  return { publicUrl, server };
}
