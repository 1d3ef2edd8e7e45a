/** One server for two institutions, each with a scripted bank of its own; the banks know the same customer and accounts. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { onTestFinished } from 'vitest';
import { buildApp } from '../../server/app.ts';
import { readCardAssets } from '../../server/card-page/assets.ts';
import type { CardBoot } from '../../server/contract.ts';
import type { Institution } from '../../server/institution.ts';
import { createMemoryStore } from '../../server/session/memory-store.ts';
import { CLIENT, type HostileBank, startHostileBank } from '../hostile/hostile-bank.ts';
import { institutionWith } from './institution.ts';
import { bootOf, callbackUrl, FRAMED } from './test-card.ts';

export interface Side {
  bank: HostileBank;
  institution: Institution;
  get(path: string, headers?: Record<string, string>): Promise<LightMyRequestResponse>;
  /** Starts a sign-in; `cookie` is what the browser already has. */
  begin(entry?: string, cookie?: string): Promise<{ state: string; cookie: string; url: URL }>;
  signIn(entry?: string): Promise<{
    boot: CardBoot;
    cookie: string;
    callback: LightMyRequestResponse;
    authorized: Record<string, string>;
  }>;
}

export interface TwoInstitutions {
  app: FastifyInstance;
  one: Side;
  two: Side;
  /** Every line logged so far, parsed. */
  logs(): Record<string, unknown>[];
}

export type Sharing = 'a host each' | 'one host by path';

export async function startTwo(
  sharing: Sharing,
  changes: Partial<Institution> = {},
): Promise<TwoInstitutions> {
  const banks = await Promise.all([startHostileBank(), startHostileBank()]);
  const publicUrls =
    sharing === 'a host each'
      ? ['http://one.localhost', 'http://two.localhost']
      : ['http://cards.localhost/one', 'http://cards.localhost/two'];
  const institutions = ['one', 'two'].map((id, index) =>
    institutionWith({
      id,
      publicUrl: publicUrls[index] ?? '',
      bankOrigin: banks[index]?.origin ?? '',
      clientId: CLIENT.id,
      clientSecret: CLIENT.secret,
      ...(index === 0 ? changes : {}),
    }),
  );
  const lines: string[] = [];
  const app = await buildApp(
    {
      institutions,
      sessionKeys: [randomBytes(32)],
    },
    {
      assets: readCardAssets(join(import.meta.dirname, '../../dist/card')),
      store: createMemoryStore(),
      logger: { level: 'trace', stream: into(lines) },
    },
  );
  onTestFinished(async () => {
    await app.close();
    await Promise.all(banks.map((bank) => bank.close()));
  });
  const [one, two] = institutions.map((institution, index) =>
    sideOf(app, institution, banks[index] as HostileBank),
  ) as [Side, Side];
  return { app, one, two, logs: () => lines.map((line) => JSON.parse(line)) };
}

/** How one institution's customer meets the server. */
export function sideOf(app: FastifyInstance, institution: Institution, bank: HostileBank): Side {
  const { host } = new URL(institution.origin);
  const get: Side['get'] = (path, headers = {}) =>
    app.inject({ url: institution.basePath + path, headers: { host, ...headers } });
  const begin: Side['begin'] = async (entry = '/auth', cookie) => {
    const response = await get(entry, { ...FRAMED, ...(cookie === undefined ? {} : { cookie }) });
    const url = new URL(String(response.headers.location));
    bank.nonce = url.searchParams.get('nonce') ?? '';
    const set = String(response.headers['set-cookie'] ?? '').split(';')[0] ?? '';
    return { url, state: url.searchParams.get('state') ?? '', cookie: cookie ?? set };
  };
  return {
    bank,
    institution,
    get,
    begin,
    async signIn(entry) {
      const { state, cookie } = await begin(entry);
      const callback = await get(callbackUrl(state, bank), { ...FRAMED, cookie });
      const boot = bootOf(callback);
      return { boot, cookie, callback, authorized: { authorization: `Bearer ${boot.session}`, cookie } };
    },
  };
}

function into(lines: string[]): Writable {
  return new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
}
