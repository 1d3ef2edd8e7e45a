/** Finds the port a server shall take: the wanted one, or a free one where somebody else listens already. */
import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/**
 * Below what systems choose themselves for connections and for port 0 (Linux from 32,768, macOS and Windows from
 * 49,152): else a neighbour would now and then get ours before the server that it was meant for has started. A node of
 * a Valkey cluster takes the one 10,000 above, too.
 */
const OURS = [11_000, 22_000] as const;
const given = new Set<number>();

/** @returns `wanted` itself when it is free at every loopback address; 0 wants any, never the same one twice. */
export async function freePort(wanted = 0): Promise<number> {
  // A browser may take a `*.localhost` name for ::1 first: a stranger there would get our visitors.
  for (let port = wanted || anyOfOurs(); ; port = anyOfOurs())
    if ((await isFree(port, '127.0.0.1')) && (await isFree(port, '::1'))) return port;
}

function anyOfOurs(): number {
  const port = randomInt(...OURS);
  if (given.has(port)) return anyOfOurs();
  given.add(port);
  return port;
}

function isFree(port: number, host: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(false);
      // No IPv6 on this machine: nobody else can listen there either.
      else if (host === '::1') resolve(true);
      else reject(error);
    });
    server.listen(port, host, () => server.close(() => resolve(true)));
  });
}
