/** The whole server, built as in production, asked in the process: a card for one scripted bank. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { buildApp } from '../../server/app.ts';
import { readCardAssets } from '../../server/card-page/assets.ts';
import { loadConfig } from '../../server/config.ts';
import type { CardBoot } from '../../server/contract.ts';
import { createMetrics, type Metrics } from '../../server/metrics.ts';
import { createMemoryStore } from '../../server/session/memory-store.ts';
import type { SessionStore } from '../../server/session/store.ts';
import { CLIENT, type HostileBank, startHostileBank } from '../hostile/hostile-bank.ts';

export const HOST = 'card.localhost';
/** What a browser sends with a framed navigation. */
export const FRAMED = {
  'sec-fetch-dest': 'iframe',
  'sec-fetch-mode': 'navigate',
  'sec-fetch-site': 'cross-site',
};

export interface TestCard {
  app: FastifyInstance;
  bank: HostileBank;
  store: SessionStore;
  metrics: Metrics;
  /** Every line logged so far. */
  logs: string[];
  /** Milliseconds added to the real time. */
  clock: { aheadMs: number };
  get(url: string, headers?: Record<string, string>): Promise<LightMyRequestResponse>;
  /** `GET /auth` or `/expanded`: what came back of it. */
  begin(headers?: Record<string, string>, entry?: string): Promise<Begun>;
  /** A whole sign-in, with the binding cookie or without any. */
  signIn(options?: { cookies?: boolean; entry?: string }): Promise<SignedIn>;
  close(): Promise<void>;
}

export interface Begun {
  response: LightMyRequestResponse;
  /** The authorization request. */
  url: URL;
  state: string;
  /** The binding cookie as the browser would send it back. */
  cookie: string;
}

export interface SignedIn extends Begun {
  callback: LightMyRequestResponse;
  boot: CardBoot;
  /** Headers of an API call of this page. */
  authorized: Record<string, string>;
}

/** `around` stands between the server and its store, e.g. to fail. */
export async function startTestCard(
  env: Record<string, string> = {},
  around: (store: SessionStore) => SessionStore = (store) => store,
): Promise<TestCard> {
  const bank = await startHostileBank();
  const logs: string[] = [];
  const clock = { aheadMs: 0 };
  const now = () => Date.now() + clock.aheadMs;
  const store = around(createMemoryStore(now));
  const config = loadConfig({
    PUBLIC_URL: `http://${HOST}`,
    BANNO_URL: bank.origin,
    CLIENT_ID: CLIENT.id,
    CLIENT_SECRET: CLIENT.secret,
    SESSION_KEYS: randomBytes(32).toString('base64'),
    ...env,
  });
  const assets = readCardAssets(join(import.meta.dirname, '../../dist/card'));
  const metrics = createMetrics();
  const logger = { level: 'trace', stream: into(logs) };
  const app = await buildApp(config, { assets, store, logger, metrics, now });
  const get: TestCard['get'] = (url, headers = {}) =>
    app.inject({ url, headers: { host: HOST, ...headers } });
  const begin: TestCard['begin'] = async (headers = FRAMED, entry = '/auth') => {
    const response = await get(entry, headers);
    const url = new URL(String(response.headers.location));
    bank.nonce = url.searchParams.get('nonce') ?? '';
    const cookie = String(response.headers['set-cookie'] ?? '').split(';')[0] ?? '';
    return { response, url, state: url.searchParams.get('state') ?? '', cookie };
  };
  return {
    app,
    bank,
    store,
    metrics,
    logs,
    clock,
    get,
    begin,
    async signIn({ cookies = true, entry = '/auth' } = {}) {
      const begun = await begin(FRAMED, entry);
      const headers = cookies ? { ...FRAMED, cookie: begun.cookie } : FRAMED;
      const callback = await get(callbackUrl(begun.state, bank), headers);
      const boot = bootOf(callback);
      const authorized = {
        authorization: `Bearer ${boot.session}`,
        ...(cookies ? { cookie: begun.cookie } : {}),
      };
      return { ...begun, callback, boot, authorized };
    },
    async close() {
      await app.close();
      await bank.close();
    },
  };
}

/** An honest callback, with changes: undefined leaves a parameter out. */
export function callbackUrl(
  state: string,
  bank: HostileBank,
  changes: Record<string, string | undefined> = {},
): string {
  const parameters = { code: 'code-of-the-bank', state, iss: bank.issuer, ...changes };
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) if (value !== undefined) query.set(name, value);
  return `/auth/callback?${query}`;
}

/** What the page hands its card. */
export function bootOf(response: { body: string }): CardBoot {
  const json = /<script type="application\/json" id="card-boot">(.*?)<\/script>/s.exec(response.body)?.[1];
  if (json === undefined) throw new Error(`no card-boot in: ${response.body.slice(0, 300)}`);
  return JSON.parse(json) as CardBoot;
}

function into(lines: string[]): Writable {
  return new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
}
