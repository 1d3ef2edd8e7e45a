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
  /** Round trips so far: how often something was asked after an answer had come. */
  roundTrips: number;
  close(): Promise<void>;
}

export async function startTcpFaultProxy(target: { host: string; port: number }): Promise<TcpFaultProxy> {
  const sockets = new Set<Socket>();
  let isCut = false;
  const server = createServer((near) => {
    if (isCut) return void near.resetAndDestroy();
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
    let hasAnswered = true;
    near.on('data', (chunk) => {
      if (hasAnswered) proxy.roundTrips += 1;
      hasAnswered = false;
      if (!proxy.isFrozen) far.write(chunk);
    });
    far.on('data', (chunk) => {
      hasAnswered = true;
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
    roundTrips: 0,
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
