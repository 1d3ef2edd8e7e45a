/** The only door to Valkey: one connection that comes back by itself, and never holds a call up for long. */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { Redis, type RedisOptions } from 'ioredis';
import type { ValkeyAddress } from '../config/valkey-address.ts';
import { VERIFIED_TLS } from '../upstream.ts';
import { faultOf } from './store-guard.ts';

export interface Commands {
  call(command: string, ...args: (string | number)[]): Promise<unknown>;
  /** One atomic step and one round trip. */
  run(script: Script, keys: string[], args: (string | number)[]): Promise<unknown>;
}

export interface Valkey extends Commands {
  /** Calls back at every change: undefined when it is ready, otherwise what is wrong, in a word. */
  watch(onChange: (fault: string | undefined) => void): void;
  close(): Promise<void>;
}

export interface Script {
  lua: string;
  sha1: string;
}

export function defineScript(lua: string): Script {
  return { lua, sha1: createHash('sha1').update(lua).digest('hex') };
}

const CONNECT_TIMEOUT_MS = 1_000;
/** A connection on which an answer is due for so long is dead, or as good as dead. */
const SILENCE_MS = 1_000;
/** Less than a call may take: what waits for a connection has not been sent when it gives up. */
const READY_WITHIN_MS = 250;
const RECONNECT_MS = { first: 25, longest: 500 };

function optionsFor({ host, port, tls, username, password, database }: ValkeyAddress) {
  return {
    host,
    port,
    db: database,
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    ...(tls ? { tls: { ...VERIFIED_TLS } } : {}),
    connectTimeout: CONNECT_TIMEOUT_MS,
    commandTimeout: SILENCE_MS,
    socketTimeout: SILENCE_MS,
    disableClientInfo: true,
    // What was answered 503 must not happen later: nothing is kept for a better time, or sent a second time.
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    retryStrategy: (attempt) =>
      Math.random() * RECONNECT_MS.first +
      Math.min(RECONNECT_MS.first * 2 ** (attempt - 1), RECONNECT_MS.longest),
    // After a fail-over the name may lead to what is a replica now: look it up again.
    reconnectOnError: (error) => /^(READONLY|NOAUTH)/.test(error.message),
  } satisfies RedisOptions;
}

export function connectValkey(address: ValkeyAddress): Valkey {
  const client = new Redis(optionsFor(address));
  // Every call that waits for the connection listens to it.
  client.setMaxListeners(0);
  // Without a listener the library writes errors, whole, on standard error.
  client.on('error', (error) => {
    // It would go on in database 0, and what is there is somebody else's.
    if (isOfSelect(error)) client.disconnect(true);
  });

  async function ready(): Promise<Redis> {
    if (client.status === 'ready') return client;
    const signal = AbortSignal.timeout(READY_WITHIN_MS);
    await once(client, 'ready', { signal }).catch((error: unknown) => {
      throw signal.aborted ? new Error('UNREACHABLE') : error;
    });
    return client;
  }

  return {
    ...commandsOf(ready),
    watch(onChange) {
      let known: string | undefined = 'unknown';
      const tell = (fault: string | undefined) => {
        if (fault !== known) onChange(fault);
        known = fault;
      };
      client.on('ready', () => tell(undefined));
      client.on('error', (error) => tell(faultOf(error)));
      client.on('close', () => tell(known ?? 'connection lost'));
      if (client.status === 'ready') tell(undefined);
    },
    async close() {
      client.disconnect();
    },
  };
}

/** The library tells with an error what it had asked. */
function isOfSelect(error: Error & { command?: { name: string } }): boolean {
  return error.command?.name === 'select';
}

/** One connection for one look. @throws whatever went wrong first, also while connecting. */
export async function lookIntoValkey<T>(
  address: ValkeyAddress,
  look: (commands: Commands) => Promise<T>,
): Promise<T> {
  const options = { ...optionsFor(address), retryStrategy: null, reconnectOnError: null, lazyConnect: true };
  const client = new Redis(options);
  const failed = Promise.withResolvers<never>();
  client.on('error', failed.reject);
  const looked = client.connect().then(() => look(commandsOf(async () => client)));
  try {
    return await Promise.race([looked, failed.promise]);
  } finally {
    looked.catch(() => undefined);
    client.disconnect();
  }
}

function commandsOf(ready: () => Promise<Redis>): Commands {
  return {
    call: async (command, ...args) => (await ready()).call(command, args),
    async run({ lua, sha1 }, keys, args) {
      const client = await ready();
      const values = [keys.length, ...keys, ...args];
      return client.call('EVALSHA', [sha1, ...values]).catch((error: unknown) => {
        if (faultOf(error) !== 'NOSCRIPT') throw error;
        return client.call('EVAL', [lua, ...values]);
      });
    },
  };
}
