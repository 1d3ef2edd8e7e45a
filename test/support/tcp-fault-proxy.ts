/** A way to a TCP server that fails as a test says: late, silent, cut. */
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface TcpFaultProxy {
  port: number;
  /** How much later each answer arrives. */
  delayMs: number;
  /** While true nothing passes, and nobody is told. */
  isFrozen: boolean;
  /** Breaks every connection and refuses new ones, until `mend`. */
  cut(): void;
  mend(): void;
  /** Connections that were made so far. */
  connections: number;
  close(): Promise<void>;
}

export async function startTcpFaultProxy(target: { host: string; port: number }): Promise<TcpFaultProxy> {
  const sockets = new Set<Socket>();
  let isCut = false;
  const server = createServer((near) => {
    if (isCut) return void near.resetAndDestroy();
    proxy.connections += 1;
    const far = connect(target);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
    }
    near.on('data', (chunk) => void (proxy.isFrozen || far.write(chunk)));
    far.on('data', (chunk) => {
      const pass = () => void (proxy.isFrozen || near.destroyed || near.write(chunk));
      if (proxy.delayMs > 0) setTimeout(pass, proxy.delayMs);
      else pass();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const proxy: TcpFaultProxy = {
    port: (server.address() as AddressInfo).port,
    delayMs: 0,
    isFrozen: false,
    connections: 0,
    cut() {
      isCut = true;
      for (const socket of sockets) socket.resetAndDestroy();
    },
    mend() {
      isCut = false;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return proxy;
}
