/** Three card servers as processes, the Valkey they share behind a faulty way, and their bank. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Peer, startPeer } from '../bench/peer.ts';
import { CLIENT } from '../hostile/hostile-bank.ts';
import { startTcpFaultProxy, type TcpFaultProxy } from '../support/tcp-fault-proxy.ts';
import { HOST } from '../support/test-card.ts';
import { type OwnValkey, startValkey } from '../support/valkey.ts';
import { type CardInstance, startCardInstance } from './card-instance.ts';

export interface Fleet {
  /** Those that serve now. */
  instances: CardInstance[];
  bank: Peer;
  bankIssuer: string;
  valkey: OwnValkey;
  store: TcpFaultProxy;
  /** Kills one as a power cut would, and starts another in its place. */
  replace(index: number): Promise<void>;
  /** Exit codes of SIGTERM. */
  stop(): Promise<(number | string)[]>;
}

/** `tokenSeconds`: how long an access token lives. `way`: to the store. */
export async function startFleet(
  count: number,
  tokenSeconds: number,
  way: 'direct' | 'faulty',
): Promise<Fleet> {
  const [valkey, bank] = await Promise.all([
    startValkey(),
    startPeer('../load/bank-process.ts', [`${tokenSeconds}`]),
  ]);
  const store = await startTcpFaultProxy({ host: valkey.host, port: valkey.port });
  const folder = mkdtempSync(join(tmpdir(), 'account-card-load-'));
  const bankOrigin = `http://127.0.0.1:${bank.port}`;
  const env = environmentWith(
    join(folder, 'institutions.json'),
    bankOrigin,
    (way === 'direct' ? valkey : store).port,
  );
  const start = () => startCardInstance(env);
  const instances: CardInstance[] = [];
  // Whatever ends this process, no server is left behind.
  // Whoever stops the run stops what it has started: a signal's own way out passes no exit.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
  process.once('exit', () => {
    for (const instance of instances) instance.child.kill('SIGKILL');
    valkey.child.kill('SIGKILL');
  });
  for (let started = 0; started < count; started += 1) instances.push(await start());
  return {
    instances,
    bank,
    bankIssuer: `${bankOrigin}/a/consumer/api/v0/oidc`,
    valkey,
    store,
    async replace(index) {
      const [old] = instances.splice(index, 1);
      await old?.end('SIGKILL');
      instances.splice(index, 0, await start());
    },
    async stop() {
      const codes = await Promise.all(instances.map((instance) => instance.end('SIGTERM')));
      await Promise.all([store.close(), bank.stop(), valkey.close()]);
      rmSync(folder, { recursive: true });
      return codes;
    },
  };
}

/** One address stands for all customers here. */
function environmentWith(file: string, bannoUrl: string, storePort: number): Record<string, string> {
  const limits = { signInsPerMinuteOfAProxy: 1_000_000, apiCallsPerMinute: 600, refreshesPerMinute: 60 };
  const institution = {
    id: 'example-fi',
    name: 'Example Financial',
    publicUrl: `http://${HOST}`,
    bannoUrl,
    clientId: CLIENT.id,
    clientSecretEnv: 'SECRET',
    limits,
  };
  writeFileSync(file, JSON.stringify({ institutions: [institution] }));
  return {
    INSTITUTIONS_FILE: file,
    SECRET: CLIENT.secret,
    SESSION_KEYS: randomBytes(32).toString('base64'),
    OFFLINE_ACCESS: 'true',
    VALKEY_URL: `redis://127.0.0.1:${storePort}`,
    HOST: '127.0.0.1',
    LOG_LEVEL: 'error',
  };
}
