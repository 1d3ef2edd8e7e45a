/** Asks a server for as much as it can answer, as a process of its own. */
import { Pool } from 'undici';
import { bootOf, FRAMED } from '../support/test-card.ts';
import { serveParent } from './peer.ts';
import { median } from './table.ts';

/** One who asks again as soon as there is an answer. */
export interface Client {
  path: string;
  headers: Record<string, string>;
}

export interface ReadOrder {
  port: number;
  clients: Client[];
  count: number;
}

export interface ReadResult {
  elapsedMs: number;
  p50Ms: number;
}

export interface SignInOrder {
  port: number;
  hosts: string[];
  /** Of each customer. */
  accounts: number;
  count: number;
  atATime: number;
}

const pools = new Map<number, Pool>();

function poolOf(port: number): Pool {
  const pool = pools.get(port) ?? new Pool(`http://127.0.0.1:${port}`, { connections: 128 });
  pools.set(port, pool);
  return pool;
}

/** `count` answers in all, by every client as fast as it gets them. @throws unless all are 200. */
async function read({ port, clients, count }: ReadOrder): Promise<ReadResult> {
  const pool = poolOf(port);
  const timesMs: number[] = [];
  let left = count;
  const startedAtMs = performance.now();
  await Promise.all(
    clients.map(async ({ path, headers }) => {
      while (left > 0) {
        left -= 1;
        const askedAtMs = performance.now();
        const { statusCode, body } = await pool.request({ method: 'GET', path, headers });
        await body.dump();
        if (statusCode !== 200) throw new Error(`${path} answered ${statusCode}`);
        timesMs.push(performance.now() - askedAtMs);
      }
    }),
  );
  return { elapsedMs: performance.now() - startedAtMs, p50Ms: median(timesMs) };
}

async function signIn(pool: Pool, host: string, accounts: number): Promise<Client> {
  const get = (path: string, headers: Record<string, string>) =>
    pool.request({ method: 'GET', path, headers: { host, ...FRAMED, ...headers } });
  const entry = await get('/auth', {});
  await entry.body.dump();
  const location = new URL(String(entry.headers['location']));
  const { searchParams } = location;
  const cookie = String(entry.headers['set-cookie']).split(';')[0] ?? '';
  const query = new URLSearchParams({
    code: `${accounts}.${searchParams.get('nonce')}`,
    state: searchParams.get('state') ?? '',
    iss: location.href.slice(0, location.href.indexOf('/auth?')),
  });
  const page = await get(`/auth/callback?${query}`, { cookie });
  const { session, problem } = bootOf({ body: await page.body.text() });
  if (session === undefined) throw new Error(`a sign-in ended in ${problem?.code}`);
  return { path: '/api/accounts', headers: { host, cookie, authorization: `Bearer ${session}` } };
}

async function signIns({ port, hosts, accounts, count, atATime }: SignInOrder): Promise<Client[]> {
  const pool = poolOf(port);
  const clients: Client[] = [];
  let begun = 0;
  const work = async () => {
    while (begun < count) {
      const host = hosts[begun % hosts.length] ?? '';
      begun += 1;
      clients.push(await signIn(pool, host, accounts));
    }
  };
  await Promise.all(Array.from({ length: atATime }, work));
  return clients;
}

serveParent(0, { read, signIns });
