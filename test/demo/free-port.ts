/** Finds the port a server shall take: the wanted one, or a free one where somebody else listens already. */
import { type AddressInfo, createServer } from 'node:net';

/** @returns `wanted` itself when it is free at every loopback address; 0 wants any. */
export async function freePort(wanted: number): Promise<number> {
  for (let port = wanted; ; port = 0) {
    const free = await isFree(port, '127.0.0.1');
    // A browser may take a `*.localhost` name for ::1 first: a stranger there would get our visitors.
    if (free !== null && (await isFree(free, '::1')) !== null) return free;
  }
}

/** The port that was tried (the system's choice for 0), or null when it is taken. */
function isFree(port: number, host: string): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(null);
      // No IPv6 on this machine: nobody else can listen there either.
      else if (host === '::1') resolve(port);
      else reject(error);
    });
    server.listen(port, host, () => {
      const taken = (server.address() as AddressInfo).port;
      server.close(() => resolve(taken));
    });
  });
}
