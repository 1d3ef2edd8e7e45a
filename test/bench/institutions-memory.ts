/** Bytes that each institution takes of the server's memory: when it is served, when its bank is known, after a sign-in. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { FastifyInstance } from 'fastify';
import { buildApp } from '../../server/app.ts';
import { readCardAssets } from '../../server/card-page/assets.ts';
import type { Institution } from '../../server/institution.ts';
import { createMemoryStore } from '../../server/session/memory-store.ts';
import { CLIENT, type HostileBank } from '../hostile/hostile-bank.ts';
import { institutionWith } from '../support/institution.ts';
import { bootOf, callbackUrl, FRAMED } from '../support/test-card.ts';

/** Bytes of one institution, each with all before it. */
export interface MemoryOfEach {
  served: number;
  prepared: number;
  signedIn: number;
}

/** Of the event loop: more than hundreds of connections take to end. */
const TURNS = 1_000;

export async function measureMemory(bank: HostileBank, count: number): Promise<MemoryOfEach> {
  // The first of everything costs what no further one does.
  const warm = await start(institutionsAt(bank, 2));
  await everyEntry(warm, institutionsAt(bank, 2));
  await everySignIn(warm, institutionsAt(bank, 2), bank);
  const empty = await measured(bank);
  const institutions = institutionsAt(bank, count);
  const app = await start(institutions);
  const served = await measured(bank);
  await everyEntry(app, institutions);
  const prepared = await measured(bank);
  await everySignIn(app, institutions, bank);
  const signedIn = await measured(bank);
  await Promise.all([warm.close(), app.close()]);
  const each = (bytes: number) => (bytes - empty) / count;
  return { served: each(served), prepared: each(prepared), signedIn: each(signedIn) };
}

/** What is reachable, on V8's heap and beside it; the bank's own notes, and its ends of the connections, left out. */
async function measured(bank: HostileBank): Promise<number> {
  bank.rest();
  // Each of our ends has to hear of it, and each is heard in a turn of its own.
  for (let turn = 0; turn < TURNS; turn += 1) await setImmediate();
  bank.requests.length = 0;
  bank.issued.length = 0;
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

function institutionsAt(bank: HostileBank, count: number): Institution[] {
  return Array.from({ length: count }, (_, index) =>
    institutionWith({
      id: `fi-${index}`,
      publicUrl: `http://fi-${index}.localhost`,
      bankOrigin: bank.origin,
      clientId: CLIENT.id,
      clientSecret: CLIENT.secret,
    }),
  );
}

function start(institutions: Institution[]): Promise<FastifyInstance> {
  return buildApp(
    {
      institutions,
      sessionKeys: [randomBytes(32)],
    },
    {
      assets: readCardAssets(join(import.meta.dirname, '../../dist/card')),
      store: createMemoryStore(),
      logger: false,
    },
  );
}

const at = (app: FastifyInstance, { origin }: Institution, url: string, cookie?: string) =>
  app.inject({ url, headers: { host: new URL(origin).host, ...FRAMED, ...(cookie ? { cookie } : {}) } });

async function everyEntry(app: FastifyInstance, institutions: Institution[]): Promise<void> {
  for (const institution of institutions) await at(app, institution, '/auth');
}

async function everySignIn(
  app: FastifyInstance,
  institutions: Institution[],
  bank: HostileBank,
): Promise<void> {
  for (const institution of institutions) {
    const entry = await at(app, institution, '/auth');
    const { searchParams } = new URL(String(entry.headers.location));
    bank.nonce = searchParams.get('nonce') ?? '';
    const cookie = String(entry.headers['set-cookie']).split(';')[0] ?? '';
    const state = searchParams.get('state') ?? '';
    const page = await at(app, institution, callbackUrl(state, bank), cookie);
    if (bootOf(page).session === undefined) throw new Error('a sign-in failed');
  }
}
