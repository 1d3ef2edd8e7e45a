/** Listens on loopback only, at both of its addresses: some clients take `localhost` for ::1. */
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

const TRIES = 10;

export interface Listening {
  port: number;
  close(): Promise<void>;
}

/** Port 0 takes a port that is free at both addresses. */
export async function listenOnLoopback(handler: RequestListener, port: number): Promise<Listening> {
  for (let triesLeft = TRIES; ; triesLeft -= 1) {
    const first = await listen(handler, port, '127.0.0.1');
    const taken = (first.address() as AddressInfo).port;
    try {
      const second = await listen(handler, taken, '::1');
      return { port: taken, close: () => closeAll([first, second]) };
    } catch (error) {
      // A machine without IPv6 does well with one address; a stranger at the other would get our visitors.
      if (codeOf(error) !== 'EADDRINUSE') return { port: taken, close: () => closeAll([first]) };
      await closeAll([first]);
      if (port !== 0 || triesLeft === 0) throw error;
    }
  }
}

function listen(handler: RequestListener, port: number, host: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer(handler);
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve(server);
    });
  });
}

async function closeAll(servers: Server[]): Promise<void> {
  const closed = servers.map((server) => new Promise((resolve) => server.close(resolve)));
  // Held requests (a long poll, a fault that stays silent) would keep it open.
  for (const server of servers) server.closeAllConnections();
  await Promise.all(closed);
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
