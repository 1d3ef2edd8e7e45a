/** The server as a process of its own, with a burden that a signal lays on it. */
import { randomBytes } from 'node:crypto';
import { pathToFileURL } from 'node:url';
import { exchange, type RawAnswer } from '../../hostile/raw-client.ts';
import { freePort } from '../../support/free-port.ts';
import { deadOrigin } from '../../support/loopback-peer.ts';
import { type ServerProcess, startServer } from '../../support/loopback-server.ts';
import { requestBytes } from './listening-card.ts';

export interface CardProcess extends ServerProcess {
  port: number;
  bankOrigin: string;
  get(path: string): Promise<RawAnswer>;
  /** The status of a route of the operations port. */
  health(path: string): Promise<number>;
  /** Lays its burden on it, or takes it off. */
  burden(): void;
}

const BURDEN = pathToFileURL(`${import.meta.dirname}/../../hostile/burden.ts`).href;

export async function startCardProcess(
  burden: 'time' | 'memory' | 'rejection' | 'word' | 'exception',
  env: Record<string, string> = {},
  ...nodeOptions: string[]
): Promise<CardProcess> {
  const [port, operationsPort, bankOrigin] = [await freePort(), await freePort(), await deadOrigin()];
  const server = startServer(
    'main.ts',
    {
      PUBLIC_URL: `http://127.0.0.1:${port}`,
      BANNO_URL: bankOrigin,
      CLIENT_ID: 'client',
      CLIENT_SECRET: 'hush-hush-client-secret',
      SESSION_KEYS: randomBytes(32).toString('base64'),
      HOST: '127.0.0.1',
      PORT: `${port}`,
      OPERATIONS_PORT: `${operationsPort}`,
      ...env,
    },
    `--import=${BURDEN}?${burden}`,
    ...nodeOptions,
  );
  await server.logged('serving');
  const ask = async (at: number, path: string) => {
    const { answers } = await exchange(at, requestBytes('GET', path, { host: `127.0.0.1:${at}` }));
    const [answer] = answers;
    if (answer === undefined) throw new Error(`no answer to ${path}`);
    return answer;
  };
  return {
    ...server,
    port,
    bankOrigin,
    get: (path) => ask(port, path),
    health: async (path) => (await ask(operationsPort, path)).status,
    burden: () => void server.child.kill('SIGUSR2'),
  };
}
