/** The engines' only way out, as their proxy: to the stage's hosts on this machine. Whatever else they want is noted. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { isStageHost } from './names.ts';

export interface WayOut {
  /** `127.0.0.1:<port>` */
  address: string;
  /** Everything asked for that is not of the stage. */
  strays: string[];
  close(): Promise<void>;
}

export async function startWayOut(): Promise<WayOut> {
  const strays: string[] = [];
  const open = new Set<Duplex>();
  const server = createServer((request, response) => {
    strays.push(`${request.method} ${request.url}`);
    response.writeHead(403).end();
  });
  server.on('connect', (request, socket) => {
    const { hostname, port } = new URL(`tcp://${request.url}`);
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    socket.on('error', () => socket.destroy());
    if (!isStageHost(hostname)) {
      strays.push(`CONNECT ${request.url}`);
      return void socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    }
    const onward = connect(Number(port), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      onward.pipe(socket).pipe(onward);
    });
    onward.on('error', () => socket.destroy());
    onward.on('close', () => socket.destroy());
    socket.on('close', () => onward.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    strays,
    async close() {
      for (const socket of open) socket.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
